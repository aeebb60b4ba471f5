/** The records of a service, bound to a decision. There is no other way to a row of `record`. */
import type { Decision } from '../access/decision.ts'
import type { RecordId } from '../store/ids.ts'
import { readMeasuredDays } from '../store/measurements.ts'
import {
  countRecords,
  countWithheld,
  currentRecord,
  type FoundRecord,
  type LinkedRecord,
  type RecordFilter,
  recordsAsOf,
  recordsById,
  recordsWithTokens,
  recordVersions,
  reportersShown,
  searchRecords,
  type TokenFilter,
  visibleIds,
} from '../store/read-records.ts'
import type { StoredRecord } from '../store/record.ts'
import { holdsUnopenedCodes, openedAmong, whyUnseen } from '../store/unseen.ts'
import type { Unseen } from '../store/visibility.ts'
import type { RegisteredNames } from './messages/described-patient.ts'
import type { Withheld } from './outcome.ts'
import type { Bind, Disclosure, Ledger, Source } from './rows.ts'
import type { InformationService, Records } from './service.ts'
import { readableText } from './validation/readable.ts'
import { spliceIdentifier } from './write/content.ts'

/** Statements under one decision. The records that `disclose` names are listed in the row of the access log. */
export interface BoundRecords {
  current(type: string, id: RecordId): Promise<StoredRecord | undefined>
  /** Newest first; empty when the current version is not open to the caller. */
  versions(type: string, id: RecordId, only: { version?: number; count: number; since?: Date }): Promise<StoredRecord[]>
  find(filter: RecordFilter, options?: { withTokens?: boolean }): Promise<FoundRecord[]>
  count(filter: Omit<RecordFilter, 'count' | 'skip'>): Promise<number>
  ids(limit: number): Promise<Pick<StoredRecord, 'id' | 'version' | 'controller'>[]>
  byId(ids: readonly RecordId[], limit: number): Promise<LinkedRecord[]>
  withTokens(type: string, tokens: readonly string[], limit: number): Promise<LinkedRecord[]>
  /** What the patient's choices hide, by cause. Counted once, and noted in the access log together with what no agreement opens. */
  withheld(): Promise<Withheld[]>
  /** What nothing means here, where nothing is found. */
  nothing(): Promise<NothingFound>
  disclose(shown: readonly Disclosure[]): void
  /** The names and the sex of the person in the register. */
  patientNames(): Promise<RegisteredNames | undefined>
  /** The records as an operation of the service sees them: parsed, and logged as disclosed when they are read. */
  ofService(service: InformationService): Records
}

/** `own-only`: nothing is stated about others. For a citizen, `unknown` when nothing is shown of what is there, too. */
type NothingFound = 'none' | 'unknown' | 'withheld' | 'own-only'

export const records: Bind<BoundRecords> = (source, decision, ledger) => {
  const { sql } = source
  let counted: ReturnType<typeof countWithheld> | undefined
  const disclose: BoundRecords['disclose'] = (shown) => {
    ledger.disclosed.push(...shown.map(({ id, version, controller }) => ({ id, version, controller })))
  }
  const withheld = async () => {
    counted ??= countWithheld(sql, decision)
    const { told, unseen } = await counted
    ledger.withheld = decision.withheld || told.length > 0
    ledger.met.unseen = [...unseen, ...notAgreed(decision)]
    return told
  }
  const note = noting(source, decision, ledger)
  const nothing = async (): Promise<NothingFound> => {
    if (decision.ownOnly) return 'own-only'
    if (decision.withheld) return 'withheld'
    if (!decision.anyContributor && !isPartOf(decision)) return 'unknown'
    const isTold = decision.anyContributor && !decision.releasedOnly
    return isTold || (await visibleIds(sql, decision, 1)).length > 0 ? 'none' : 'unknown'
  }
  return {
    current: async (type, id) => note.byId(id, await currentRecord(sql, decision, type, id)),
    versions: async (type, id, only) => note.byId(id, await recordVersions(sql, decision, type, id, only)),
    find: async (filter, options) => note.found(await searchRecords(sql, decision, filter, options), filter),
    count: async (filter) => note.counted(await countRecords(sql, decision, filter), filter),
    ids: async (limit) => note.found(await visibleIds(sql, decision, limit)),
    byId: async (ids, limit) => await recordsById(sql, decision, ids, limit),
    withTokens: async (type, tokens, limit) => await recordsWithTokens(sql, decision, type, tokens, limit),
    withheld,
    nothing,
    disclose,
    patientNames: async () => {
      const [row] = await sql<RegisteredNames[]>`
        select given_name as given, family_name as family, gender from person where patient = ${decision.patient.key}`
      return row
    },
    ofService: (service) => recordsOfService(source, service, decision, { disclose, withheld, nothing, note }),
  }
}

function recordsOfService(
  { sql }: Source,
  service: InformationService,
  decision: Decision,
  { disclose, withheld, nothing, note }: Pick<BoundRecords, 'disclose' | 'withheld' | 'nothing'> & { note: Noting },
): Records {
  let unreadable = 0
  const parsed = (type: string, found: readonly FoundRecord[]) => {
    disclose(found)
    const element = service.resources[type]?.patientElement ?? 'subject'
    return found.flatMap(({ content }) => {
      const record = readableText(spliceIdentifier(content ?? '{}', element, decision.patient.identifier))
      if (!record) unreadable += 1
      return record ?? []
    })
  }
  return {
    unreadable: () => unreadable,
    async search(type, filter = {}) {
      const query = { type, ...asked(filter), count: filter.count ?? 1000 }
      return parsed(type, note.found(await searchRecords(sql, decision, query)))
    },
    async asOf(type, at) {
      return parsed(type, note.found(await recordsAsOf(sql, decision, type, at)))
    },
    async count(type, filter = {}) {
      const query = { type, ...asked(filter) }
      return note.counted(await countRecords(sql, decision, query), query)
    },
    async measuredDays(type, filter) {
      const { series, newest } = await readMeasuredDays(sql, decision, { type, ...filter })
      // The series count records that no row names.
      note.counted(series.length, { type })
      disclose(newest)
      return series
    },
    async contributors() {
      // A citizen, and a private provider by its contract, is shown no controller of which no record is shown.
      if (decision.releasedOnly || isPartOf(decision)) return await reportersShown(sql, decision)
      return await sql<{ organization: string; name: string; phone: string | undefined; since: Date }[]>`
        select c.controller as organization, o.name, o.phone, min(c.since) as since
        from patient_controller c join organization o on o.number = c.controller
        where c.patient = any (${[decision.patient.key, ...decision.patient.linked]}::bigint[])
          and c.service = ${decision.service} and c.controller = any (${decision.visibleContributors})
        group by c.controller, o.name, o.phone order by o.name`
    },
    async somethingWithheld() {
      return decision.withheld
    },
    withheldByPatient: withheld,
    nothing,
    ownOnly: decision.ownOnly?.text,
    async settings(organizations) {
      return await sql<{ organization: string; key: string; language: string; value: string }[]>`
        select organization, key, language, value from controller_setting
        where service = ${decision.service} and organization = any (${organizations})`
    },
  }
}

/** Whether a contract opens a part of the records of some controller. */
function isPartOf({ contracted = [] }: Decision): boolean {
  return contracted.length > 0
}

/** Who may read some of the others meets what others have not agreed to; a system asks for its own alone. */
function notAgreed({ withheld, ownOnly }: Decision): Unseen[] {
  return withheld || (ownOnly !== undefined && ownOnly.reason !== 'system') ? ['not-agreed'] : []
}

interface Noting {
  byId<Found extends object | undefined>(id: RecordId, found: Found): Found
  found<Found>(found: Found[], page?: Pick<RecordFilter, 'after' | 'skip'>): Found[]
  counted(count: number, filter: Omit<RecordFilter, 'count' | 'skip'>): number
}

/** Notes in the ledger what the statements find, and how the rest is asked for when the row of the log is made. */
function noting({ sql }: Source, decision: Decision, { met, disclosed }: Ledger): Noting {
  const filters: Omit<RecordFilter, 'count' | 'skip'>[] = []
  const { openedRestrictions: restrictions, openedSource, openedSensitiveCodes } = decision
  if (openedSensitiveCodes !== undefined && !decision.ownRecords) met.lacksCodes = async () => await holdsUnopenedCodes(sql, decision)
  if (restrictions.length > 0 || openedSource)
    met.whatOpened = async () =>
      await openedAmong(sql, decision, { restrictions, source: openedSource }, { ids: disclosed.map(({ id }) => id), counted: filters })
  return {
    byId(id, found) {
      if (!found || (Array.isArray(found) && found.length === 0)) met.whyMissed = async () => await whyUnseen(sql, decision, id)
      return found
    },
    found(found, { after, skip = 0 } = {}) {
      // An empty page is not an empty service.
      if (found.length > 0 || (after === undefined && skip === 0)) met.found = met.found === true || found.length > 0
      return found
    },
    counted(count, filter) {
      met.found = met.found === true || count > 0
      if (count > 0) filters.push(filter)
      return count
    },
  }
}

function asked({ tokens = {}, present }: { tokens?: Record<string, TokenFilter['anyOf']>; present?: true }) {
  return { tokens: Object.entries(tokens).map(([name, anyOf]) => ({ name, anyOf })), ...(present ? { present } : {}) }
}
