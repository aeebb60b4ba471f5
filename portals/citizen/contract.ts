/** What this portal's server and client exchange, in addition to what every portal does. No answer holds an identity number. */
import { file, get, nothing, post, put } from '@helsevev/kernel/wire/contract'
import { type CommonProblem, panelMembers, sessionRows } from '@helsevev/portal/contract'
import { languages } from '@helsevev/ui/format.ts'
import * as z from 'zod/mini'

/** A header of every request: the id of the Person that the page is about. */
export const aboutHeader = 'helsevev-about'
/** The id of the signed-in person. Other people get random ids that are valid for one session. */
export const oneself = 'me'

const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))
const organizationNumber = z.string().check(z.regex(/^\d{9}$/))
const hprNumber = z.string().check(z.regex(/^\d{1,9}$/))
/** An id of the API: letters without digits. */
const logicalId = z.string().check(z.regex(/^[a-z-]{1,64}$/))
const named = z.strictObject({ number: z.string(), name: z.string() })

/** What the session reports to the page: which person the pages were about last. */
const remembered = { about: z.string() }
export type Remembered = z.infer<z.ZodMiniObject<typeof remembered>>

/** Why a service is closed, as far as the reason may be shown. */
const closedReasons = [
  'child-turned-12',
  'not-for-parents',
  'not-for-foster-parents',
  'not-for-guardians',
  'guardianship-of-money',
  'other-area',
  'too-young',
  'no-consent',
  'acting-too-young',
  'birth-date-unknown',
  'nothing-registered',
] as const
export type ClosedReason = (typeof closedReasons)[number]

/** What the reader may see of a person in one service, or why not. */
export const serviceAccess = z.strictObject({
  id: z.string(),
  open: z.boolean(),
  /** The API's own sentence, in English; the page words `reason` where it knows it. */
  why: z.exactOptional(z.string()),
  reason: z.exactOptional(z.enum(closedReasons)),
})
export type ServiceAccess = z.infer<typeof serviceAccess>

/** A person whose information the reader sees, or is registered as acting for. */
export const person = z.strictObject({
  id: z.string(),
  isSelf: z.boolean(),
  /** Absent where either of the two has a protected address. */
  name: z.exactOptional(z.string()),
  /** Whole years; absent where the age is not known. */
  age: z.exactOptional(z.int()),
  /** How the two are related: codes of the API. */
  relations: z.array(z.string()),
  /** One entry for each information service. */
  services: z.array(serviceAccess),
  /** What the reader may do in addition: see the log, see and make choices, see who acts for the person. */
  log: serviceAccess,
  choices: serviceAccess,
  representation: serviceAccess,
})
export type Person = z.infer<typeof person>

/** `about` is the id of the person that the pages are about. */
const people = z.strictObject({ people: z.array(person), about: z.string() })
export type People = z.infer<typeof people>

export type CitizenProblem =
  | CommonProblem
  /** The session does not know the person that the page is about: another window signed in again, or the access ended. */
  | { code: 'person-changed' }
  | { code: 'practitioner-unknown' }
  | { code: 'identity-number-invalid' }

/** An organisation that shares here, with the services it reports to and the services it looks up in. */
export const organization = z.strictObject({
  number: z.string(),
  name: z.string(),
  phone: z.exactOptional(z.string()),
  produces: z.array(z.string()),
  consumes: z.array(z.string()),
})
export type Organization = z.infer<typeof organization>

/** A person in the register of health personnel. */
export const practitioner = z.strictObject({
  hprNumber: z.string(),
  name: z.string(),
  /** The code of Volven 9060 that is valid now. */
  authorization: z.exactOptional(z.string()),
})
export type Practitioner = z.infer<typeof practitioner>

export const noticeTopics = ['emergency', 'look-ups', 'new-records', 'changes', 'answers'] as const
/** An address that is absent gets nothing. */
export const noticeSettings = z.strictObject({
  sms: z.optional(z.string().check(z.maxLength(40))),
  email: z.optional(z.string().check(z.maxLength(254))),
  topics: z.array(z.enum(noticeTopics)),
  language: z.enum(languages),
})
export type NoticeSettings = z.infer<typeof noticeSettings>

const did = [
  'looked',
  'identified',
  'checked',
  'listed',
  'list-changed',
  'wrote',
  'sent',
  'changed',
  'deleted',
  'tried',
  'choice-made',
  'choice-ended',
  'lift-asked',
  'representation-registered',
  'representation-ended',
  'question-asked',
  'question-answered',
  'questions-seen',
  'notices-seen',
  'notice-settings-seen',
  'notice-settings-changed',
  'visited',
  'reviewed',
  'log-read',
  'access-explained',
  'message-read',
  'message-discarded',
  'number-linked',
  'role-granted',
  'delivery-begun',
  'delivery-ended',
  'read-register',
  'other',
] as const
export type Did = (typeof did)[number]

const actorKinds = ['staff', 'system', 'self', 'representative'] as const
export type ActorKind = (typeof actorKinds)[number]

/** One line of the access log. */
export const logLine = z.strictObject({
  /** Id of the AuditEvent; it reveals nothing about any person. */
  id: z.string(),
  /** The opening that the line is part of, the same in all its lines. */
  episode: z.exactOptional(z.string()),
  /** Instant, ISO 8601. */
  at: z.string(),
  actor: z.strictObject({
    kind: z.enum(actorKinds),
    name: z.exactOptional(z.string()),
    /** Volven 9060. */
    authorization: z.exactOptional(z.string()),
    hprNumber: z.exactOptional(z.string()),
    organization: z.exactOptional(named),
    /** Department or point of care. */
    unit: z.exactOptional(z.string()),
  }),
  did: z.enum(did),
  service: z.exactOptional(z.string()),
  /** The type of the records that were asked for; absent for an operation. */
  resource: z.exactOptional(z.string()),
  /** How many records were shown or written. */
  /** Absent where it is not shown: to a person who acts for the patient. */
  count: z.exactOptional(z.number()),
  /** Code of HL7 v3 PurposeOfUse. */
  purpose: z.exactOptional(z.string()),
  /** The ground for access, where the purpose does not state it. */
  basis: z.exactOptional(z.string()),
  /** The reason that was written for emergency access. */
  reason: z.exactOptional(z.string()),
  outcome: z.enum(['ok', 'refused', 'failed']),
  /** The problem code of what was refused or failed. */
  problem: z.exactOptional(z.string()),
  withheld: z.boolean(),
  /** What in fact opened something that the patient has restricted. */
  openedBy: z.exactOptional(z.string()),
  /** The choice that was made or ended. */
  choice: z.exactOptional(z.strictObject({ kind: z.string(), service: z.exactOptional(z.string()), oneRecord: z.boolean() })),
})
export type LogLine = z.infer<typeof logLine>

/**
 * Whether the newest lines agree with the newest signed checkpoint of the log (docs/api/log.md): `checked`, with how many wait for the next
 * one, which comes within so many minutes; `differs`; `unavailable`.
 */
const logProof = z.strictObject({
  state: z.enum(['checked', 'waiting', 'differs', 'unavailable']),
  /** The oldest of the checkpoints that the lines were checked against. */
  at: z.exactOptional(z.string()),
  checked: z.number(),
  waiting: z.number(),
  differs: z.number(),
  withinMinutes: z.number(),
})
export type LogProof = z.infer<typeof logProof>

/** `more`: the period has more lines than were fetched; these are the newest. `proof`: absent without lines, and where it is not wanted. */
const log = z.strictObject({ lines: z.array(logLine), more: z.boolean(), proof: z.exactOptional(logProof) })
export type Log = z.infer<typeof log>

/** The maximum number of characters in a question, as the API counts them. */
export const questionLength = 2000

/** A question about a line of the log, and its answer. */
export const question = z.strictObject({
  id: z.string(),
  line: z.string(),
  organization: named,
  text: z.string(),
  asked: z.string(),
  /** Id of the answer that this question follows. */
  follows: z.exactOptional(z.string()),
  answer: z.exactOptional(z.strictObject({ id: z.string(), text: z.string(), answered: z.string(), as: z.exactOptional(z.string()) })),
})
export type Question = z.infer<typeof question>

const newQuestion = z.strictObject({
  line: logicalId,
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(questionLength)),
  /** The organisation that gets the question, when it follows an answer. */
  organization: z.optional(organizationNumber),
  follows: z.optional(logicalId),
})

export const notice = z.strictObject({
  id: z.string(),
  cause: z.string(),
  at: z.string(),
  who: z.exactOptional(z.string()),
  organization: z.exactOptional(z.string()),
})
export type Notice = z.infer<typeof notice>

export const choiceKinds = ['restriction', 'block', 'opt-out', 'consent'] as const
export type ChoiceKind = (typeof choiceKinds)[number]

/** A member that is absent means all. */
const newChoice = z
  .strictObject({
    kind: z.enum(choiceKinds),
    service: z.optional(z.string().check(z.regex(/^[a-z][a-z0-9-]{1,62}$/))),
    /** The organisation whose records the choice is about. */
    controller: z.optional(organizationNumber),
    /** The organisation that may not see them; for a consent, the one that may. */
    receiver: z.optional(organizationNumber),
    hprNumber: z.optional(hprNumber),
    /** Reference of a record. */
    record: z.optional(z.string().check(z.regex(/^[a-z0-9-]{2,63}\/[A-Za-z]{3,60}\/[a-z-]{1,64}$/))),
    /** The last day, for a choice that ends. */
    until: z.optional(day),
  })
  // The form has no such choices, and the API would refuse them.
  .check(
    z.refine(({ kind, hprNumber: blocked }) => (kind === 'block') === (blocked !== undefined)),
    z.refine(({ kind, receiver }) => kind !== 'consent' || receiver !== undefined),
  )
export type NewChoice = z.infer<typeof newChoice>

export const choice = z.strictObject({
  id: z.string(),
  kind: z.enum(choiceKinds),
  active: z.boolean(),
  service: z.exactOptional(z.string()),
  controller: z.exactOptional(named),
  receiver: z.exactOptional(named),
  practitioner: z.exactOptional(practitioner),
  /** Whether the choice is about one record alone. */
  record: z.boolean(),
  made: z.string(),
  until: z.exactOptional(z.string()),
  ended: z.exactOptional(z.string()),
  madeBy: z.enum(['self', 'representative', 'staff']),
  madeByName: z.exactOptional(z.string()),
  note: z.exactOptional(z.string()),
})
export type Choice = z.infer<typeof choice>

/** A record that can be restricted by itself, in the words that it was registered with. */
export const recordName = z.strictObject({
  reference: z.string(),
  service: z.string(),
  type: z.string(),
  /** Empty when it was registered with codes alone. */
  label: z.string(),
  code: z.exactOptional(z.string()),
  date: z.exactOptional(z.string()),
  /** When it was stored here. */
  registered: z.exactOptional(z.string()),
  controller: z.exactOptional(z.string()),
})
export type RecordName = z.infer<typeof recordName>

/** A relation between the reader and another person. */
export const relation = z.strictObject({
  id: z.string(),
  kind: z.string(),
  /** `acts-for-me`, or `mine`: I act for the other person; for a consent, I gave it. */
  direction: z.enum(['acts-for-me', 'mine']),
  name: z.exactOptional(z.string()),
  active: z.boolean(),
  areas: z.array(z.string()),
  from: z.string(),
  until: z.exactOptional(z.string()),
  /** Whether the reader may withdraw it. */
  mayEnd: z.boolean(),
})
export type Relation = z.infer<typeof relation>

const newPower = z.strictObject({
  /** Identity number of the person who is to act, as typed: with or without spaces. */
  identityNumber: z.string().check(z.maxLength(20)),
  familyName: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  areas: z.array(z.string().check(z.regex(/^\d{1,2}$/))).check(z.minLength(1), z.maxLength(20)),
  until: z.optional(day),
})
const handle = z.string().check(z.minLength(1), z.maxLength(64))

const panelAnswer = z.strictObject(panelMembers)
export type PanelAnswer = z.infer<typeof panelAnswer>

/** End of the visit before this one, ISO 8601; absent at the first. */
const lastVisit = z.strictObject({ at: z.exactOptional(z.string()) })
export type LastVisit = z.infer<typeof lastVisit>

/** A summary to read, the same for a system, and everything for a system. */
export const downloadFormats = ['pdf', 'summary', 'fhir'] as const
export type DownloadFormat = (typeof downloadFormats)[number]
/** A header of a file that is not complete. */
export const incompleteHeader = 'helsevev-incomplete'

const headers = [aboutHeader] as const

export const session = sessionRows(remembered)

export const contract = {
  people: get('/people', { about: 'The signed-in person and the people they act for, with what is open about each.', answer: people }),
  choosePerson: put('/about', {
    about: 'Chooses the person that the pages are about from now on.',
    body: z.strictObject({ person: handle }),
    answer: z.strictObject(remembered),
  }),
  log: post('/log', {
    about: 'Who has looked, over a period of days, the last included: 3000 lines at most. With `unchecked` there is no `proof`.',
    headers,
    body: z.strictObject({ from: day, to: day, unchecked: z.optional(z.boolean()) }),
    answer: log,
  }),
  questions: get('/questions', {
    about: 'What was asked about lines of the log, and the answers.',
    headers,
    answer: z.strictObject({ questions: z.array(question) }),
  }),
  ask: post('/questions', {
    about: 'Asks about a line of the log, or on after an answer.',
    headers,
    body: newQuestion,
    answer: z.strictObject({ question }),
  }),
  notices: get('/notices', {
    about: 'The notices to the signed-in person that are not yet seen. They are the same whichever person the pages are about.',
    answer: z.strictObject({ notices: z.array(notice) }),
  }),
  noticesSeen: post('/notices/seen', {
    about: 'Marks notices as seen.',
    body: z.strictObject({ ids: z.array(logicalId).check(z.minLength(1), z.maxLength(200)) }),
    answer: nothing,
  }),
  noticeSettings: get('/notice-settings', {
    about: 'Where the signed-in person wants notices outside the portal, and about what.',
    answer: noticeSettings,
  }),
  setNoticeSettings: post('/notice-settings', {
    about: 'Replaces these settings.',
    body: noticeSettings,
    answer: noticeSettings,
  }),
  choices: get('/choices', {
    about: 'What the person has decided about who sees.',
    headers,
    answer: z.strictObject({ choices: z.array(choice) }),
  }),
  choose: post('/choices', {
    about: 'Makes a choice. A block names health personnel; a consent names a receiver.',
    headers,
    body: newChoice,
    answer: z.strictObject({ choice }),
  }),
  endChoice: put('/choices/:id/end', {
    about: 'Ends a choice.',
    parameters: { id: logicalId },
    answer: z.strictObject({ choice }),
  }),
  organizations: get('/organizations', {
    about: 'The organisations that share information here.',
    answer: z.strictObject({ organizations: z.array(organization) }),
  }),
  practitioner: post('/practitioner', {
    about: 'Who has a number in the register of health personnel.',
    body: z.strictObject({ hprNumber }),
    answer: z.strictObject({ practitioner }),
  }),
  records: get('/records', {
    about: 'The records there are, by name only.',
    headers,
    answer: z.strictObject({ records: z.array(recordName) }),
  }),
  relations: get('/relations', {
    about: 'The relations of representation: who acts for which person.',
    answer: z.strictObject({ relations: z.array(relation) }),
  }),
  givePower: post('/powers', {
    about: 'Gives somebody a power of attorney.',
    body: newPower,
    answer: z.strictObject({ relation }),
  }),
  giveConsent: post('/parental-consents', {
    about: 'Consents as a parent, for a youth.',
    body: z.strictObject({ person: handle, until: z.optional(day) }),
    answer: z.strictObject({ relation }),
  }),
  endRelation: put('/relations/:id/end', {
    about: 'Withdraws a power or a consent.',
    parameters: { id: z.string().check(z.regex(/^[a-z0-9.-]{1,128}$/)) },
    answer: nothing,
  }),
  panel: get('/panels/:service', { about: 'What is registered in one service.', headers, answer: panelAnswer }),
  lastVisit: get('/last-visit', { about: 'When the person was here last.', headers, answer: lastVisit }),
  download: post('/download', {
    about: "One's own copy, as a PDF or as FHIR. The header `helsevev-incomplete` stands on a file that is not the whole.",
    headers,
    /** `withNumber` applies to the PDF alone; the other two formats are made for systems, which need the number. */
    body: z.strictObject({ format: z.enum(downloadFormats), language: z.enum(languages), withNumber: z.boolean() }),
    answer: file,
  }),
} as const
