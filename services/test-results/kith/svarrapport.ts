/**
 * KITH Svarrapport 1.3 (2008-12-01) and 1.4 (2012-02-15) as plain data: what the message states, in its own words, before it is translated
 * to FHIR. Names are those of the schema. What real senders do differently is handled here: identifiers as text, types left out, flat
 * nesting by RefIdResultItem.
 */

import { fhirDateTime } from '@helsevev/clinical/kith/date'
import { at, child, childrenOf, codeOf, type Element, markRead, textOf, unitOf, unreadIn } from '@helsevev/clinical/kith/read-xml'
import { wholeTextOf } from '@helsevev/clinical/kith/whole-text'
import { problem, type Result } from '@helsevev/kernel/problem/problem'
import { parseIdentityNumber } from '@helsevev/kernel/values/identity-number'
import type { DecisiveList } from '../model/decisive-codes.ts'
import { decisiveOf } from './decisive.ts'
import { isLeftOut, keptText } from './elements.ts'
import { isComparator } from './quantity.ts'

const namespaces: Readonly<Record<string, '1.3' | '1.4'>> = {
  'http://www.kith.no/xmlstds/labsvar/2008-12-01': '1.3',
  'http://www.kith.no/xmlstds/labsvar/2012-02-15': '1.4',
}

/** KITH's CV and CS: code V of the list S, with the list's name DN and the sender's name OT. */
export interface Coded {
  code: string | undefined
  /** OID. */
  system: string | undefined
  display: string | undefined
  original: string | undefined
}

/** A person or place with the identifier that the message states. */
export interface Party {
  name: string | undefined
  id: string | undefined
  /** HER, ENH, RSH, HPR, FNR, LOK, LAV, LOP … (list 8116 and 9051). */
  type: string | undefined
}

export interface HealthcareParty {
  institution: Party[]
  department: Party[]
  person: Party[]
  /** Profession (list 9060), such as LE. */
  profession: Coded | undefined
  relation: Coded | undefined
}

/** Elements that decide the meaning (model/decisive-codes.ts) and came without their code: read by its name, or not at all. */
interface Decided {
  byName: string[]
  unknown: string[]
}

export interface ResultItem {
  serviceType: string | undefined
  status: string | undefined
  /** Unique within the message only. */
  id: string | undefined
  parentId: string | undefined
  investigations: Coded[]
  specification: Coded[]
  number: { comparator: string | undefined; value: string | undefined; unit: string | undefined } | undefined
  heading: Coded | undefined
  textCodes: Coded[]
  text: string | undefined
  textUnit: string | undefined
  date: string | undefined
  structured: {
    type: Coded
    coded?: Coded
    integer?: string
    text?: string
    flag?: boolean
    quantity?: { value: string | undefined; unit: string | undefined }
  }[]
  /** Low and high of an interval result. */
  interval: { value: string | undefined; unit: string | undefined }[]
  deviation: Coded | undefined
  referenceInterval: string | undefined
  comments: string[]
  /** What no element of FHIR has a place for, as text. */
  kept: string[]
  decided: Decided
  investigationDate: string | undefined
  statusChangeDate: string | undefined
  medicalValidationDate: string | undefined
  counterSignDate: string | undefined
  descriptionDate: string | undefined
  subjectId: string | undefined
  accredited: boolean | undefined
  performers: HealthcareParty[]
  items: ResultItem[]
}

export interface AnalysedSubject {
  id: string | undefined
  requesterId: string | undefined
  collected: string | undefined
  type: Coded | undefined
  typeText: string | undefined
  origin: string | undefined
  comment: string | undefined
  kept: string[]
}

export interface Svarrapport {
  /** `TEST` for a message that is about no treatment. */
  kind: string | undefined
  version: '1.3' | '1.4'
  generated: string | undefined
  messageId: string | undefined
  serviceType: string | undefined
  status: string | undefined
  issued: string | undefined
  approved: string | undefined
  discipline: Coded | undefined
  reportId: string | undefined
  comments: string[]
  kept: string[]
  decided: Decided
  /** Attachments are not stored: they may name the patient. */
  attachments: number
  request: {
    id: string | undefined
    providerId: string | undefined
    issued: string | undefined
    received: string | undefined
    reasons: { heading: Coded | undefined; text: string | undefined }[]
    comments: string[]
    kept: string[]
  }
  /** Name and `birthDate` as sent; `sex` of list 3101: 1 male, 2 female. */
  patient: Record<'identityNumber' | 'type' | 'name' | 'birthDate' | 'sex', string | undefined> & {
    /** The message names somebody else too: a number of another person, or a second name, birth date or sex. */
    another: boolean
  }
  subjects: AnalysedSubject[]
  clinicalInformation: { type: Coded | undefined; text: string }[]
  items: ResultItem[]
  provider: HealthcareParty | undefined
  requester: HealthcareParty | undefined
  responsible: HealthcareParty | undefined
  performers: HealthcareParty[]
  copies: HealthcareParty[]
}

/** Whether an element is the document of an attachment, which is not read: it may contain anything. Elsewhere the name says nothing. */
export function isDocument(name: string, parents: readonly { name: string }[]): boolean {
  return name === 'Content' && parents.length === 3 && parents.map((parent) => parent.name).join('/') === 'Message/ServReport/RefDoc'
}

/** The content of the message; `invalid-resource` when it is not a Svarrapport. */
export function readSvarrapport(root: Element): Result<Svarrapport> {
  const version = namespaces[root.namespace]
  const report = child(root, 'ServReport')
  if (root.name !== 'Message' || !version || !report)
    return problem(
      'invalid-resource',
      `Expected a Message with a ServReport in the namespace of Svarrapport 1.3 or 1.4 (${Object.keys(namespaces).join(', ')}).`,
      { expression: 'Message' },
    )
  const request = child(report, 'ServReq')
  const patient = child(report, 'Patient')
  const doubled =
    childrenOf(root, 'ServReport').length > 1 ? 'ServReport' : childrenOf(report, 'Patient').length > 1 ? 'Patient' : undefined
  if (doubled)
    return problem('invalid-resource', `The message has more than one ${doubled}. Send a message for each: none is chosen here.`, {
      expression: doubled === 'Patient' ? 'ServReport.Patient' : 'Message.ServReport',
    })
  const person = identityOf(patient)
  const decided: Decided = { byName: [], unknown: [] }
  const unknown: string[] = []
  const read: Svarrapport = {
    kind: kindOf(child(root, 'Status')),
    version,
    generated: codeOf(child(root, 'GenDate')),
    messageId: textOf(child(root, 'MsgId')),
    serviceType: decidedIn(report, 'ServType', 7309, decided, unknown),
    status: decidedIn(report, 'Status', 7306, decided, unknown),
    issued: codeOf(child(report, 'IssueDate')),
    approved: codeOf(child(report, 'ApprDate')),
    discipline: disciplineIn(report, decided),
    reportId: textOf(child(report, 'ServProvId')),
    comments: childrenOf(report, 'Comment').flatMap(commentOf),
    kept: [],
    decided,
    attachments: childrenOf(report, 'RefDoc').length,
    request: {
      id: textOf(child(request, 'Id')),
      providerId: textOf(child(request, 'IdByServProvider')),
      issued: codeOf(child(request, 'IssueDate')),
      received: codeOf(child(request, 'ReceiptDate')),
      reasons: childrenOf(request, 'ReasonAsText').map((reason) => ({
        heading: codedOf(child(reason, 'Heading')),
        text: wholeTextOf(child(reason, 'TextResultValue')),
      })),
      comments: childrenOf(request, 'Comment').flatMap(commentOf),
      kept: [],
    },
    patient: person,
    subjects: childrenOf(patient, 'AnalysedSubject').map(subjectOf),
    clinicalInformation: childrenOf(patient, 'InfItem').flatMap((item) =>
      childrenOf(item, 'Observation').flatMap((observation) => {
        const text = wholeTextOf(child(observation, 'Description'))
        return text ? [{ type: codedOf(child(item, 'Type')), text }] : []
      }),
    ),
    items: nested(childrenOf(patient, 'ResultItem').map(itemOf)),
    provider: partyOf(child(report, 'ServProvider')),
    requester: partyOf(child(report, 'Requester')),
    responsible: partyOf(childrenOf(patient, 'ResponsibleHcp')[0]),
    performers: childrenOf(report, 'RelServProv').flatMap((element) => partyOf(element) ?? []),
    copies: childrenOf(report, 'CopyDest').flatMap((element) => partyOf(element) ?? []),
  }
  read.request.kept = childrenOf(report, 'ServReq').flatMap((one) => unreadIn(one, isLeftOut('ServReq')).map(keptText))
  const unread = [...unreadIn(report, isLeftOut('ServReport')), ...unreadIn(root, isLeftOut('Message'))]
  read.kept = [...unknown, ...unread.map(keptText)]
  return read
}

/** OffId, or an additional identifier that is a national one. */
function identityOf(patient: Element | undefined): Svarrapport['patient'] {
  const all = { name: childrenOf(patient, 'Name').map(textOf), birthDate: codesIn(patient, 'DateOfBirth'), sex: codesIn(patient, 'Sex') }
  const about = { name: all.name[0], birthDate: all.birthDate[0], sex: all.sex[0] }
  const types = codesIn(patient, 'TypeOffId')
  const main = childrenOf(patient, 'OffId').map((element, at) => ({ identityNumber: textOf(element), type: types[at] }))
  const additional = childrenOf(patient, 'AdditionalId').map((element) => ({
    identityNumber: textOf(child(element, 'Id')),
    type: codeOf(child(element, 'Type')),
  }))
  const national = additional.filter(({ type }) => type === 'FNR' || type === 'DNR' || type === 'FHN')
  const [first] = main.filter(({ identityNumber }) => identityNumber)
  const chosen = first ?? national[0] ?? main[0] ?? { identityNumber: undefined, type: types[0] }
  const numbers = [...main, ...national].flatMap(({ identityNumber }) => identityNumber ?? [])
  const isDoubled = Object.values(all).some((values) => new Set(values.filter((value) => value !== undefined)).size > 1)
  return { ...chosen, ...about, another: isDoubled || numbers.some((one) => isAnothers(one, chosen.identityNumber ?? '')) }
}

const codesIn = (element: Element | undefined, name: string) => childrenOf(element, name).map(codeOf)

/** Whether two numbers are of two persons. One person has a D-number and then a national number, of one birth date, or a help number. */
function isAnothers(one: string, other: string): boolean {
  if (one === other) return false
  const [a, b] = [parseIdentityNumber(one), parseIdentityNumber(other)]
  if (!a || !b || a.kind === b.kind) return true
  if (a.kind === 'FHN' || b.kind === 'FHN') return false
  const day = (number: string) => `${Number(number[0]) % 4}${number.slice(1, 6)}`
  return day(one) !== day(other)
}

function itemOf(element: Element): ResultItem {
  const number = child(child(element, 'NumResult'), 'NumResultValue')
  const text = child(element, 'TextResult')
  const investigation = child(element, 'Investigation')
  const decided: Decided = { byName: [], unknown: [] }
  const unknown: string[] = []
  const item: ResultItem = {
    serviceType: decidedIn(element, 'ServType', 8270, decided, unknown),
    status: decidedIn(element, 'StatusInvestigation', 8245, decided, unknown),
    id: textOf(child(element, 'IdResultItem')),
    parentId: textOf(child(element, 'RefIdResultItem')),
    investigations: childrenOf(investigation, 'Id').flatMap((id) => codedOf(id) ?? []),
    specification: childrenOf(investigation, 'Spec').flatMap((spec) => codedOf(spec) ?? []),
    number: number && {
      comparator: comparatorOf(at(element, 'NumResult', 'ArithmeticComp'), decided),
      value: codeOf(number),
      unit: unitOf(number),
    },
    heading: codedOf(child(text, 'Heading')),
    textCodes: childrenOf(text, 'TextCode').flatMap((code) => codedOf(code) ?? []),
    text:
      childrenOf(text, 'TextResultValue')
        .flatMap((value) => wholeTextOf(value) ?? [])
        .join('\n') || undefined,
    textUnit: textOf(child(text, 'Unit')),
    date: dateOf(at(element, 'DateResult', 'DateResultValue')),
    structured: childrenOf(element, 'StructuredInfo').flatMap(structuredOf),
    deviation: deviationOf(element, decided, unknown),
    referenceInterval: textOf(at(element, 'RefInterval', 'Descr')),
    comments: [...childrenOf(investigation, 'Comment').flatMap(commentOf), ...childrenOf(element, 'Comment').flatMap(commentOf)],
    kept: [],
    decided,
    interval: intervalOf(child(element, 'Interval')),
    investigationDate: dateOf(child(element, 'InvDate')),
    statusChangeDate: dateOf(child(element, 'StatusChangeDate')),
    medicalValidationDate: dateOf(child(element, 'MedicalValidationDate')),
    counterSignDate: dateOf(child(element, 'CounterSignDate')),
    descriptionDate: dateOf(child(element, 'DescrDate')),
    subjectId: textOf(child(element, 'RefAnalysedSubject')),
    accredited: booleanOf(child(element, 'Accredited')),
    performers: childrenOf(element, 'RelServProv').flatMap((party) => partyOf(party) ?? []),
    items: childrenOf(element, 'ResultItem').map(itemOf),
  }
  item.kept = [...unknown, ...unreadIn(element, isLeftOut('ResultItem')).map(keptText)]
  return item
}

function intervalOf(element: Element | undefined): ResultItem['interval'] {
  if (!element) return []
  return ['Low', 'High'].map((name) => {
    const limit = child(element, name)
    return { value: codeOf(limit), unit: unitOf(limit) }
  })
}

/** Items that name another item of the message as their parent are put under it; a cycle stays flat. */
function nested(items: ResultItem[]): ResultItem[] {
  const byId = new Map<string, ResultItem>()
  const visit = (item: ResultItem): void => {
    if (item.id !== undefined && !byId.has(item.id)) byId.set(item.id, item)
    item.items.forEach(visit)
  }
  items.forEach(visit)
  const holds = (item: ResultItem, wanted: ResultItem): boolean => item === wanted || item.items.some((inner) => holds(inner, wanted))
  const top: ResultItem[] = []
  for (const item of items) {
    const parent = item.parentId === undefined ? undefined : byId.get(item.parentId)
    if (parent && !holds(item, parent)) parent.items.push(item)
    else top.push(item)
  }
  return top
}

function subjectOf(element: Element): AnalysedSubject {
  const subject: AnalysedSubject = {
    id: textOf(child(element, 'IdByServProvider')),
    requesterId: textOf(child(element, 'IdByRequester')),
    collected: dateOf(at(element, 'CollectedSample', 'CollectedDate')),
    type: codedOf(child(element, 'TypeCoded')),
    typeText: textOf(child(element, 'Type')),
    origin: textOf(child(element, 'AnatomicalOrigin')),
    comment: wholeTextOf(child(element, 'Comment')),
    kept: [],
  }
  subject.kept = unreadIn(element, isLeftOut('AnalysedSubject')).map(keptText)
  return subject
}

function structuredOf(element: Element): ResultItem['structured'] {
  const type = codedOf(child(element, 'Type'))
  if (!type) return []
  const coded = codedOf(at(element, 'CodedInfo', 'Code'))
  const integer = textOf(at(element, 'IntegerInfo', 'Integer'))
  const quantity = at(element, 'PhysicalInfo', 'Quantity')
  const text = at(element, 'TextInfo', 'Text') ?? child(element, 'TextInfo')
  const answer = at(element, 'BooleanInfo', 'Flag')
  const flag = booleanOf(answer)
  const written = flag === undefined ? (codeOf(answer) ?? textOf(answer)) : undefined
  const words = [wholeTextOf(text), written].filter(Boolean).join(' ')
  return [
    {
      type,
      ...(coded ? { coded } : {}),
      ...(integer ? { integer } : {}),
      ...(words ? { text: words } : {}),
      ...(flag === undefined ? {} : { flag }),
      ...(quantity ? { quantity: { value: codeOf(quantity), unit: unitOf(quantity) } } : {}),
    },
  ]
}

function partyOf(element: Element | undefined): HealthcareParty | undefined {
  const hcp = child(element, 'HCP')
  if (!hcp) return undefined
  const institution = child(hcp, 'Inst')
  const department = child(institution, 'Dept')
  const professional = child(hcp, 'HCProf') ?? child(institution, 'HCPerson') ?? child(department, 'HCPerson')
  return {
    institution: identifiersOf(institution),
    department: identifiersOf(department),
    person: identifiersOf(professional),
    profession: codedOf(child(professional, 'Type')),
    relation: codedOf(child(element, 'Relation')),
  }
}

/** The name with its first identifier, then further identifiers. */
function identifiersOf(element: Element | undefined): Party[] {
  if (!element) return []
  const name = textOf(child(element, 'Name'))
  const main = { name, id: textOf(child(element, 'Id')), type: codeOf(child(element, 'TypeId')) }
  const additional = childrenOf(element, 'AdditionalId').flatMap((other) => {
    const id = textOf(child(other, 'Id'))
    return id ? [{ name, id, type: codeOf(child(other, 'Type')) }] : []
  })
  return main.id || main.name ? [main, ...additional] : additional
}

function codedOf(element: Element | undefined): Coded | undefined {
  if (!element) return undefined
  markRead(element, 'V', 'S', 'DN', 'OT')
  const { S: system, DN: display, OT: original } = element.attributes
  const coded = { code: codeOf(element), system: system || undefined, display: display || undefined, original: original || undefined }
  return coded.code || coded.display || coded.original ? coded : undefined
}

/** A comment is text, or in some places a heading with text. */
function commentOf(element: Element): string[] {
  const inner = wholeTextOf(child(element, 'TextResultValue')) ?? wholeTextOf(child(element, 'Text'))
  const title = codedOf(child(element, 'Heading'))
  const codes = childrenOf(element, 'TextCode').flatMap((code) => codedOf(code) ?? [])
  const coded = codes.map(({ display, original, code }) => display ?? original ?? code).join(', ')
  const told = [coded, inner].filter(Boolean).join('. ')
  const words = told || wholeTextOf(element)
  const text = [title && (title.display ?? title.original ?? title.code), words].filter(Boolean).join(': ')
  return text ? [text] : []
}

/** `true` and `false` of XML Schema; undefined for another text, which stays unread. */
function booleanOf(element: Element | undefined): boolean | undefined {
  const text = (element?.attributes['V'] ?? element?.text)?.trim().toLowerCase()
  const value = new Map([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ]).get(text ?? '')
  if (element && value !== undefined) {
    if (element.attributes['V'] === undefined) markRead(element)
    else markRead(element, 'V')
  }
  return value
}

/** A date that can be read; another text stays unread, and is kept as a note. */
function dateOf(element: Element | undefined): string | undefined {
  return fhirDateTime(element?.attributes['V']) === undefined ? undefined : codeOf(element)
}

/** The code of a comparison; its words where there is no code, and both where nobody knows the code. */
function comparatorOf(element: Element | undefined, decided: Decided): string | undefined {
  const read = decisiveOf(element, 8239, isComparator)
  if (read?.byName) decided.byName.push('ArithmeticComp')
  return read?.code
}

/** What a clinician calls the elements that decide the meaning. */
const decisiveWords = { ServType: 'Type svar', Status: 'Status', StatusInvestigation: 'Status', DevResultInd: 'Avvik' } as const

/** The code of an element that decides the meaning. What is none is in `kept` as it was sent, and answers no row of any table. */
function decidedIn(
  parent: Element,
  name: keyof typeof decisiveWords,
  list: DecisiveList,
  decided: Decided,
  kept: string[],
): string | undefined {
  const read = decisiveOf(child(parent, name), list)
  if (read?.byName) decided.byName.push(name)
  if (read?.words === undefined) return read?.code
  decided.unknown.push(name)
  kept.push(`${decisiveWords[name]}: ${read.words}`)
  return read.code
}

/** Outside the limits of reference; in words alone where it is no code of the list. */
function deviationOf(item: Element, decided: Decided, kept: string[]): Coded | undefined {
  const before = decided.unknown.length
  const code = decidedIn(item, 'DevResultInd', 8244, decided, kept)
  const coded = codedOf(child(item, 'DevResultInd'))
  if (code === undefined || decided.unknown.length === before) return coded && { ...coded, code }
  return { code: undefined, system: undefined, display: code, original: undefined }
}

function disciplineIn(report: Element, decided: Decided): Coded | undefined {
  const element = child(report, 'MsgDescr')
  const coded = codedOf(element)
  const read = coded?.code === undefined ? decisiveOf(element, 8202) : undefined
  if (!read?.byName) return coded
  decided.byName.push('MsgDescr')
  return { code: read.code, system: coded?.system, display: coded?.display, original: coded?.original }
}

/** `TEST` is a word that is understood wherever it stands. */
function kindOf(element: Element | undefined): string | undefined {
  return codeOf(element) ?? textOf(element) ?? codedOf(element)?.display ?? codedOf(element)?.original
}
