/** What `$getMedication` answers, as the basis of a reconciliation, and as the page draws it. Runs on the portal's server. */
import { MESSAGE_KIND, PLL_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { instant } from '@helsevev/kernel/values/dates'
import type { PatientApi } from '@helsevev/panel/loader.ts'
import { ownRecordsOnly, withheldByAgreement, withheldByPatient } from '@helsevev/panel/withheld.ts'
import type {
  Bundle,
  Extension,
  List,
  MedicationRequest,
  MedicationStatement,
  Parameters,
  ParametersParameter,
  PractitionerRole,
  Resource,
} from '@medplum/fhirtypes'
import { extensionsOf, isWithdrawn, LIST_CODE, partOf } from '../../fhir/systems.ts'
import { reconciliationRows } from '../../model/reconciliation.ts'
import type { ReconciliationRow } from '../../model/reconciliation-act.ts'
import { linesOf, noteIn, type ReconciliationBasis } from '../../model/reconciliation-request.ts'
import { standingOf, standsInOf } from '../../model/standing.ts'
import type { Gap, Pair, ReconciliationData } from './data.ts'

const SERVICE = 'medication-list'
const PRESCRIPTIONS = 'e-prescriptions'

export interface Read {
  data: ReconciliationData
  basis: ReconciliationBasis
}

export { mayEverSend } from '../../send/policy.ts'

/** Prescriptions are asked for as well: the document has those alone that no line names, and the others are recalled with their line. */
export async function readFor(api: PatientApi, now: Date): Promise<Read> {
  const [answer, lists] = await Promise.all([
    api.operation(SERVICE, 'getMedication'),
    api.search(SERVICE, 'List', { code: LIST_CODE.code, _count: '1' }),
  ])
  const mayRead = parameterOf(answer, 'prescriptionsRead')?.valueBoolean === true
  const prescriptions = mayRead ? await tried(api.search(PRESCRIPTIONS, 'MedicationRequest', { _count: '200' })) : undefined
  return readOf({ answer, lists, prescriptions }, now)
}

/** Undefined where it does not answer: the page says so, and shows the rest. */
async function tried(asked: Promise<Bundle>): Promise<Bundle | undefined> {
  return await asked.catch((error: unknown) => {
    if (error instanceof Error && 'kind' in error && (error.kind === 'unavailable' || error.kind === 'refused')) return undefined
    throw error
  })
}

interface Answers {
  answer: Parameters
  /** The search of lists, which says whether something is withheld. */
  lists: Bundle
  prescriptions: Bundle | undefined
}

function readOf({ answer, lists, prescriptions }: Answers, now: Date): Read {
  const document = parameterOf(answer, 'medication')?.resource
  const resources = document?.resourceType === 'Bundle' ? resourcesIn(document) : []
  const statements = resources.filter((one) => one.resourceType === 'MedicationStatement')
  const listed = resources.filter((one) => one.resourceType === 'List')
  const list = listed.find((one) => kindOf(one) === 'M25.1')
  const version = parameterOf(answer, 'listVersion')?.valueIdentifier
  const readAt = parameterOf(answer, 'readAt')?.valueInstant ?? timestampOf(document) ?? now.toISOString()
  const by = list && senderOf(list)
  const basis: ReconciliationBasis = {
    lines: statements.filter((one) => standsInOf(one) === undefined),
    proposed: proposedIn(statements, listed),
    ...(list ? { list: { made: list.date ?? '', ...(by === undefined ? {} : { by }) } } : {}),
    prescriptions: prescriptions
      ? resourcesIn(prescriptions).filter((one): one is MedicationRequest => one.resourceType === 'MedicationRequest')
      : [],
    dispensings: resources.filter((one) => one.resourceType === 'MedicationDispense'),
    given: resources.filter((one) => one.resourceType === 'MedicationAdministration'),
    ...(version ? { version } : {}),
    readAt,
    subject: [...listed, ...statements][0]?.subject ?? {},
    handled: list ? extensionsOf(list, 'handledWarning') : [],
  }
  const rows = reconciliationRows(basis, now)
  const data: ReconciliationData = {
    rows,
    ...(version?.value === undefined ? {} : { version: version.value }),
    ...(list?.date === undefined ? {} : { made: list.date }),
    ...(by === undefined ? {} : { by }),
    readAt,
    gaps: gapsOf({ answer, lists, prescriptions }, list !== undefined),
    pairs: pairsOf(answer, rows, basis.handled),
    isGivenKnown: basis.given.length > 0,
    stopped: basis.lines.filter((one) => standingOf(one, now) === 'stopped').length,
  }
  return { data, basis }
}

/** What a pharmacy proposes counts while it is newer than the list (published rule 9 of M25). */
function proposedIn(statements: readonly MedicationStatement[], lists: readonly List[]): MedicationStatement[] {
  const [list, proposal] = ['M25.1', 'M25.2'].map((kind) => lists.find((one) => kindOf(one) === kind))
  const at = (one: List | undefined) => instant(one?.date ?? '')?.getTime() ?? 0
  return proposal && (!list || at(proposal) > at(list)) ? statements.filter((one) => standsInOf(one) === 'M25.2') : []
}

function gapsOf({ answer, lists, prescriptions }: Answers, hasList: boolean): Gap[] {
  const byPatient = withheldByPatient(lists).length > 0
  const isPartial = withheldByAgreement(lists) || ownRecordsOnly(lists)
  const mayRead = parameterOf(answer, 'prescriptionsRead')?.valueBoolean === true
  const ofPrescriptions: Gap[] = !mayRead
    ? [{ source: 'prescriptions', why: 'withheld' }]
    : prescriptions === undefined
      ? [{ source: 'prescriptions', why: 'unavailable' }]
      : [
          ...(withheldByPatient(prescriptions).length > 0 ? [{ source: 'prescriptions', why: 'withheld-by-patient' } as const] : []),
          ...(withheldByAgreement(prescriptions) ? [{ source: 'prescriptions', why: 'withheld' } as const] : []),
        ]
  return [
    ...(byPatient ? [{ source: 'list', why: 'withheld-by-patient' } as const] : []),
    ...(isPartial ? [{ source: 'list', why: 'withheld' } as const] : []),
    ...(hasList || byPatient || isPartial ? [] : [{ source: 'list', why: 'unknown' } as const]),
    ...ofPrescriptions,
    ...(parameterOf(answer, 'RFHarLaste')?.valueBoolean === true ? [{ source: 'prescriptions', why: 'locked' } as const] : []),
  ]
}

const grades = ['product', 'substance', 'group'] as const
const standings = ['candidate', 'information', 'intended'] as const

function pairsOf(answer: Parameters, rows: readonly ReconciliationRow[], handled: readonly Extension[]): Pair[] {
  const found = (answer.parameter ?? []).filter(({ name }) => name === 'doublePrescription')
  return found.flatMap(({ part = [] }): Pair[] => {
    const codeOf = (name: string) => part.find((one) => one.name === name)?.valueCode
    const [one, other] = part.flatMap(({ name, valueIdentifier }) =>
      name === 'medication' && valueIdentifier ? (rowOf(rows, valueIdentifier)?.key ?? []) : [],
    )
    const grade = grades.find((each) => each === codeOf('grade'))
    const standing = standings.find((each) => each === codeOf('standing'))
    if (one === undefined || other === undefined || one === other || !grade || !standing) return []
    return [{ rows: [one, other], grade, standing, ...(standing === 'intended' ? markOf([one, other], rows, handled) : {}) }]
  })
}

function rowOf(rows: readonly ReconciliationRow[], { system, value }: { system?: string; value?: string }): ReconciliationRow | undefined {
  if (system === PLL_ID) return rows.find(({ lineId }) => lineId === value)
  return rows.find(({ prescriptions }) => prescriptions.some(({ id }) => id === value))
}

/** The latest VarselHandtert that names both. */
function markOf(keys: readonly string[], rows: readonly ReconciliationRow[], handled: readonly Extension[]): Partial<Pair> {
  const lines = keys.map((key) => rows.find((row) => row.key === key)?.lineId)
  const about = handled.filter((one) => !isWithdrawn(one) && lines.every((line) => line !== undefined && linesOf(one).includes(line)))
  const timeOf = (one: Extension) => partOf(one, 'time')?.valueDateTime ?? ''
  const latest = about.sort((one, other) => Date.parse(timeOf(other)) - Date.parse(timeOf(one)))[0]
  if (!latest) return {}
  const [by, time, note] = [partOf(latest, 'author')?.valueReference?.display, timeOf(latest), noteIn(latest)]
  return { ...(by === undefined ? {} : { by }), ...(time === '' ? {} : { time }), ...(note === undefined ? {} : { note }) }
}

/** For a person with a protected address: who prescribes is mostly where the person lives. */
export function withoutPlaces({ by: _by, rows, pairs, ...data }: ReconciliationData): ReconciliationData {
  return {
    ...data,
    rows: rows.map((row) => ({ ...row, sources: row.sources.map(({ by: _who, ...source }) => source) })),
    pairs: pairs.map(({ by: _who, note: _note, ...pair }) => pair),
  }
}

function parameterOf({ parameter = [] }: Parameters, name: string): ParametersParameter | undefined {
  return parameter.find((one) => one.name === name)
}

function resourcesIn({ entry = [] }: Bundle): Resource[] {
  return entry.flatMap(({ resource }) => resource ?? [])
}

function timestampOf(document: Resource | undefined): string | undefined {
  return document?.resourceType === 'Bundle' ? document.timestamp : undefined
}

function kindOf({ code }: List): string | undefined {
  return code?.coding?.find(({ system }) => system === MESSAGE_KIND)?.code
}

/** Who sent the list, and where, as the sender writes it. */
function senderOf({ contained = [] }: List): string | undefined {
  const role = contained.find((one): one is PractitionerRole => one.resourceType === 'PractitionerRole' && one.id === 'sender')
  const words = [role?.practitioner?.display, role?.organization?.display].filter(Boolean).join(', ')
  return words === '' ? undefined : words
}
