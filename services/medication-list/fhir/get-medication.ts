/**
 * POST /fhir/medication-list/$getMedication: what is known of the medicines of a person as one document, in the sections of SFM: the list
 * and its lines, who made it, prescriptions without a line, and dispensings. What could not be read is marked as such: it is never shown as
 * nothing. docs/services/medication-list.md
 */
import { comparedPrescriptions, earliestFirst } from '@helsevev/clinical/e-prescription-fhir/drug-codes'
import { identifierValue, MESSAGE_ID, MESSAGE_KIND, PLL_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { uuidOf } from '@helsevev/clinical/kith/remove-identity-numbers'
import { openWithoutLine } from '@helsevev/clinical/medicines/chain'
import { doubleUse } from '@helsevev/clinical/medicines/double-use'
import { MOST_BESIDE } from '@helsevev/clinical/medicines/sending-limits'
import { hl7, LOINC } from '@helsevev/clinical/systems'
import { hasTimeOfDay } from '@helsevev/clinical/time'
import type { Operation, Records, WithheldElsewhere } from '@helsevev/kernel/fhir/service'
import { withheldParameters } from '@helsevev/kernel/fhir/withheld-parameters'
import { DATA_CONTROLLER_URL } from '@helsevev/kernel/fhir/write/content'
import { instant } from '@helsevev/kernel/values/dates'
import type {
  Bundle,
  CompositionSection,
  Identifier,
  List,
  MedicationRequest,
  MedicationStatement,
  Parameters,
  ParametersParameter,
  Reference,
  Resource,
} from '@medplum/fhirtypes'
import { namedBy, newestFirst } from '../model/newest-list.ts'
import { standsInOf } from '../model/standing.ts'
import { handledIn, treatmentOfLine } from '../model/treatment.ts'
import { LIST_CODE } from './systems.ts'

/** Without one, an instant would be read in the time of this country. */
const ZONE = /(?:Z|[+-]\d\d:\d\d)$/
const SECTION = 'http://ehelse.no/fhir/CodeSystem/sfm-section-types'
/** SFM has no section for what was given in hospital. */
const OWN_SECTION = 'http://helsevev.no/fhir/CodeSystem/medication-section'
const LOCKED = 'http://helsevev.no/fhir/StructureDefinition/prescription-locked'
const LOCKED_EXIST = 'http://helsevev.no/fhir/StructureDefinition/prescriptions-locked-exist'
/** The other services that are read. */
const others = ['e-prescriptions', 'critical-information', 'hospital-medicines'] as const
/** All that stand: the lines of a list are limited as it comes in. */
const COUNT = 1000

export const getMedicationOperation: Operation = {
  name: 'getMedication',
  summary: 'The list with its lines, prescriptions and dispensings as one document; what could not be read, and candidates of double use.',
  parameters: [
    {
      name: 'at',
      documentation: 'The list as it stood at that instant. What other services hold is not read then.',
      takes: 'an instant with its zone',
      isTaken: (value) => hasTimeOfDay(value) && ZONE.test(value) && instant(value) !== undefined,
    },
  ],
  async run(records, { now: readAt, elsewhere: ask, withheldElsewhere, parameters, patient }) {
    const asked = parameters.get('at')
    const at = asked === null ? undefined : instant(asked)
    const now = at ?? readAt
    const leftOut = new Set<string>()
    // One more than is shown, to learn whether there are more.
    const elsewhere: typeof ask = async (one) => {
      const found = at ? undefined : await ask({ ...one, count: one.count + 1 })
      if (found && found.length > one.count) leftOut.add(one.type)
      return found?.slice(0, one.count)
    }
    const { records: most, given: mostGiven } = MOST_BESIDE
    const prescribed = async (type: string, tokens = {}) => await elsewhere({ service: 'e-prescriptions', type, tokens, count: most })
    const [own, prescriptions, dispensings, lookUps, allergies, given] = await Promise.all([
      ownOf(records, at),
      prescribed('MedicationRequest') as Promise<MedicationRequest[] | undefined>,
      prescribed('MedicationDispense'),
      prescribed('Communication', { category: [{ system: MESSAGE_KIND, code: 'M9.6' }] }),
      elsewhere({ service: 'critical-information', type: 'AllergyIntolerance', tokens: {}, count: most }),
      elsewhere({ service: 'hospital-medicines', type: 'MedicationAdministration', tokens: {}, count: mostGiven }),
    ])
    const withheld = new Map(others.flatMap((id) => [[id, withheldElsewhere(id)] as const]))
    const read: Read = { ...own, prescriptions, dispensings, allergies, given, withheld }
    const document = documentOf(read, now, patient)
    return {
      resourceType: 'Parameters',
      parameter: [
        { name: 'medication', resource: document },
        { name: 'readAt', valueInstant: readAt.toISOString() },
        ...sources(own, lookUps, prescriptions),
        ...withheldParameters(own.byPatient),
        ...others.flatMap((id) => withheldParameters(withheld.get(id)?.byPatient ?? [], id)),
        ...candidates(own, prescriptions ?? [], now),
        ...[...leftOut].map((valueCode) => ({ name: 'leftOut', valueCode })),
      ],
    } satisfies Parameters
  },
}

interface Own {
  /** The newest M25.1, and of each other kind the newest. */
  lists: List[]
  statements: MedicationStatement[]
  /** Ids of all lines that any list names. */
  named: ReadonlySet<string>
  /** When Reseptformidleren was last asked for lists, by what was sent here. */
  asked: string | undefined
  /** What nothing means, where there is no list. */
  nothing: WithheldElsewhere['nothing']
  /** What the patient withholds from the reader. */
  byPatient: WithheldElsewhere['byPatient']
}

interface Read extends Own {
  prescriptions: MedicationRequest[] | undefined
  dispensings: Resource[] | undefined
  allergies: Resource[] | undefined
  /** What was given in hospital, what was entered in error too. */
  given: Resource[] | undefined
  /** What is withheld of the other services. */
  withheld: ReadonlyMap<string, WithheldElsewhere | undefined>
}

async function ownOf(records: Records, at: Date | undefined): Promise<Own> {
  const read = async (type: string, tokens = {}) =>
    at ? await records.asOf(type, at) : await records.search(type, { count: COUNT, tokens })
  // Lines that a pharmacy packs are no part of the document, and do not stand in the way of those of the list.
  const kinds = ['M25.1', 'M25.2'].map((code) => ({ system: MESSAGE_KIND, code }))
  const [lists, statements, said] = await Promise.all([
    read('List') as Promise<List[]>,
    read('MedicationStatement', { 'stands-in': kinds }) as Promise<MedicationStatement[]>,
    records.search('Communication', { tokens: { category: [{ system: MESSAGE_KIND, code: 'M9.12' }] }, count: 1 }),
  ])
  const [nothing, byPatient] = await Promise.all([records.nothing(), records.withheldByPatient()])
  const named = new Set(lists.flatMap(namedBy))
  const newest = new Map(
    newestFirst(lists)
      .toReversed()
      .map((list) => [kindOf(list), list]),
  )
  const [asked] = said.flatMap((one) => (one.resourceType === 'Communication' && one.sent !== undefined ? [one.sent] : []))
  return { lists: [...newest.values()].sort((a, b) => (kindOf(a) < kindOf(b) ? -1 : 1)), statements, named, asked, nothing, byPatient }
}

function kindOf({ code }: List): string {
  return code?.coding?.find(({ system }) => system === MESSAGE_KIND)?.code ?? ''
}

/**
 * The lines of the newest list, and those that a pharmacy proposes, in the order of their lists. A line that no list names was hidden from
 * the one who sent the newest version: it stays a line, and comes last.
 */
function linesOf({ lists, statements, named: all }: Own): MedicationStatement[] {
  const named = lists.flatMap(namedBy)
  const places = new Map(named.map((id, index) => [id, index]))
  const place = ({ id = '' }: MedicationStatement) => places.get(id) ?? named.length
  const kinds = new Set([undefined, 'M25.2'])
  return statements
    .filter((one) => kinds.has(standsInOf(one)) && (places.has(one.id ?? '') || !all.has(one.id ?? '')))
    .sort((one, other) => place(one) - place(other))
}

/** Open prescriptions that no line of the list names, each once: of those that several report, the earliest with all who have sent it. */
function withoutLine(own: Own, prescriptions: readonly MedicationRequest[], now: Date): MedicationRequest[] {
  const named = linesOf(own).flatMap((one) => treatmentOfLine(one, now).prescriptionIds)
  const records = Map.groupBy(prescriptions, ({ identifier }) => identifierValue(RESEPT_ID, identifier))
  const free = openWithoutLine(named, comparedPrescriptions(prescriptions, now))
  return free.flatMap(({ number }) => ofAllSources(records.get(number) ?? []))
}

function ofAllSources(same: readonly MedicationRequest[]): MedicationRequest[] {
  const [first, ...others] = earliestFirst(same)
  if (!first) return []
  const sources = others.flatMap(({ extension = [] }) => extension.filter(({ url }) => url === DATA_CONTROLLER_URL))
  return [sources.length > 0 ? { ...first, extension: [...(first.extension ?? []), ...sources] } : first]
}

function urlOf({ resourceType, id = '' }: Resource): string {
  return `urn:uuid:${uuidOf(`${resourceType}/${id}`)}`
}

function documentOf(read: Read, now: Date, patient: Identifier): Bundle {
  const { lists, prescriptions, dispensings, allergies, given, withheld } = read
  const lines = linesOf(read)
  const list = lists.find(({ code }) => code?.coding?.some(({ code: one }) => one === LIST_CODE.code))
  // A list that is empty says that nothing is taken; no list says nothing.
  const none = list?.emptyReason ? 'nilknown' : whyNone(read)
  const noPrescriptions = whyNone(withheld.get('e-prescriptions'))
  const unlisted = prescriptions && withoutLine(read, prescriptions, now)
  const section = [
    sectionOf('sectionMedication', 'Medication', lines, none),
    sectionOf('sectionPLLinfo', 'PllInfo', lists, none),
    sectionOf('sectionAllergies', 'Allergies', allergies, whyNone(withheld.get('critical-information'))),
    sectionOf('sectionDispense', 'Dispense', dispensings, noPrescriptions),
    sectionOf('sectionOtherPrescriptions', 'Other prescriptions', unlisted, noPrescriptions),
    sectionOf('given-in-hospital', 'Given in hospital', given, whyNone(withheld.get('hospital-medicines')), OWN_SECTION),
  ]
  const entries = [...lines, ...lists.map(withUrls), ...(allergies ?? []), ...(dispensings ?? []), ...(unlisted ?? []), ...(given ?? [])]
  // Without a list, too: what is sent on this document names the patient.
  const subject = [...lists, ...lines][0]?.subject ?? { identifier: patient }
  const at = now.toISOString()
  const composition: Resource = {
    resourceType: 'Composition',
    status: 'final',
    type: { coding: [{ system: LOINC, code: '11503-0', display: 'Medical records' }] },
    subject,
    date: at,
    author: [{ display: 'Helsevev' }],
    title: 'Medication summary',
    section,
  }
  const id = uuidOf(`${at} ${entries.map(urlOf).join()}`)
  return {
    resourceType: 'Bundle',
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` },
    type: 'document',
    timestamp: at,
    entry: [
      { fullUrl: `urn:uuid:${uuidOf(id)}`, resource: composition },
      ...entries.map((resource) => ({ fullUrl: urlOf(resource), resource })),
    ],
  }
}

/** Why a section is empty, as far as the reader may know: a search of that service says the same. */
function whyNone(withheld: WithheldElsewhere | undefined): 'withheld' | 'unavailable' {
  return withheld?.nothing === 'withheld' || (withheld?.byPatient.length ?? 0) > 0 ? 'withheld' : 'unavailable'
}

/** In a document the lines are entries, and the list refers to them there. */
function withUrls(list: List): List {
  const entry = (list.entry ?? []).map((one) => ({ ...one, item: inDocument(one.item) }))
  return entry.length > 0 ? { ...list, entry } : list
}

function inDocument(item: Reference): Reference {
  return { ...item, ...(item.reference === undefined ? {} : { reference: `urn:uuid:${uuidOf(item.reference)}` }) }
}

/** `resources` is undefined where they could not be read. */
function sectionOf(
  code: string,
  title: string,
  resources: readonly Resource[] | undefined,
  none = 'unavailable',
  system = SECTION,
): CompositionSection {
  const common = { title, code: { coding: [{ system, code }] } }
  if (resources && resources.length > 0) return { ...common, entry: resources.map((one) => ({ reference: urlOf(one) })) }
  return { ...common, emptyReason: { coding: [{ system: hl7('list-empty-reason'), code: none }] } }
}

/** When each source was last asked, whether it could be read here, and whether it has locked prescriptions. */
function sources(
  own: Own,
  lookUps: readonly Resource[] | undefined,
  prescriptions: readonly MedicationRequest[] | undefined,
): ParametersParameter[] {
  const list = own.lists.find((one) => kindOf(one) === 'M25.1')
  const version = list && identifierValue(MESSAGE_ID, list.identifier)
  const looked = lookUps?.flatMap((one) => (one.resourceType === 'Communication' ? [one] : [])) ?? []
  const [latest] = looked.filter((one) => one.extension?.some(({ url }) => url === LOCKED_EXIST))
  const isStated = latest?.extension?.some(({ url, valueBoolean }) => url === LOCKED_EXIST && valueBoolean) === true
  const hasLocked = isStated || (prescriptions ?? []).some(({ extension }) => extension?.some(({ url }) => url === LOCKED))
  const [asked] = [own.asked, looked[0]?.sent].flatMap((time) => time ?? []).sort((a, b) => Date.parse(b) - Date.parse(a))
  return [
    ...(version === undefined ? [] : [{ name: 'listVersion', valueIdentifier: { system: MESSAGE_ID, value: version } }]),
    ...(list?.date === undefined ? [] : [{ name: 'listMade', valueDateTime: list.date }]),
    ...(asked === undefined ? [] : [{ name: 'RFHentetTidspunkt', valueDateTime: asked }]),
    { name: 'prescriptionsRead', valueBoolean: prescriptions !== undefined },
    ...(prescriptions === undefined && lookUps === undefined ? [] : [{ name: 'RFHarLaste', valueBoolean: hasLocked }]),
  ]
}

/** Lines and open prescriptions that may be one drug twice. A pair that a prescriber has marked as intended says so. */
function candidates(own: Own, prescriptions: readonly MedicationRequest[], now: Date): ParametersParameter[] {
  const lines = linesOf(own).filter((one) => standsInOf(one) === undefined)
  const list = own.lists.find((one) => kindOf(one) === 'M25.1')
  const pairs = doubleUse(
    lines.map((one) => treatmentOfLine(one, now)),
    comparedPrescriptions(prescriptions, now),
    handledIn(list),
  )
  return pairs.map(({ medications, grade, shared, standing }) => ({
    name: 'doublePrescription',
    part: [
      ...medications.map(({ lineId, prescriptionIds }) => ({
        name: 'medication',
        valueIdentifier: lineId === undefined ? { system: RESEPT_ID, value: prescriptionIds[0] ?? '' } : { system: PLL_ID, value: lineId },
      })),
      { name: 'grade', valueCode: grade },
      { name: 'shared', valueString: shared },
      { name: 'standing', valueCode: standing },
    ],
  }))
}
