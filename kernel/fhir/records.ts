/** The records of a service, bound to a decision. There is no other way to a row of `record`. */
import type { Resource } from '@medplum/fhirtypes'
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
  recordsById,
  recordsWithTokens,
  recordVersions,
  reportersShown,
  searchRecords,
  type TokenFilter,
  visibleIds,
} from '../store/read-records.ts'
import type { StoredRecord } from '../store/record.ts'
import type { Withheld } from './outcome.ts'
import type { Bind, Disclosure, Source } from './rows.ts'
import type { InformationService, Records } from './service.ts'
import { spliceIdentifier } from './write/content.ts'

/** Statements under one decision. The records that `disclose` names are listed in the row of the access log. */
export interface BoundRecords {
  current(type: string, id: RecordId): Promise<StoredRecord | undefined>
  /** Newest first; empty when the current version is not open to the caller. */
  versions(type: string, id: RecordId, only: { version?: number; count: number }): Promise<StoredRecord[]>
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
  /** The records as an operation of the service sees them: parsed, and logged as disclosed when they are read. */
  ofService(service: InformationService): Records
}

/** `own-only`: nothing is stated about others. For a citizen, `unknown` when nothing is shown of what is there, too. */
type NothingFound = 'none' | 'unknown' | 'withheld' | 'own-only'

export const records: Bind<BoundRecords> = (source, decision, ledger) => {
  const { sql } = source
  let counted: Promise<Withheld[]> | undefined
  const disclose: BoundRecords['disclose'] = (shown) => {
    ledger.disclosed.push(...shown.map(({ id, version, controller }) => ({ id, version, controller })))
  }
  const withheld = async () => {
    counted ??= countWithheld(sql, decision)
    const found = await counted
    ledger.withheld = decision.withheld || found.length > 0
    return found
  }
  const nothing = async (): Promise<NothingFound> => {
    if (decision.ownOnly) return 'own-only'
    if (decision.withheld) return 'withheld'
    if (!decision.anyContributor && !isPartOf(decision)) return 'unknown'
    const isTold = decision.anyContributor && !decision.releasedOnly
    return isTold || (await visibleIds(sql, decision, 1)).length > 0 ? 'none' : 'unknown'
  }
  return {
    current: async (type, id) => await currentRecord(sql, decision, type, id),
    versions: async (type, id, only) => await recordVersions(sql, decision, type, id, only),
    find: async (filter, options) => await searchRecords(sql, decision, filter, options),
    count: async (filter) => await countRecords(sql, decision, filter),
    ids: async (limit) => await visibleIds(sql, decision, limit),
    byId: async (ids, limit) => await recordsById(sql, decision, ids, limit),
    withTokens: async (type, tokens, limit) => await recordsWithTokens(sql, decision, type, tokens, limit),
    withheld,
    nothing,
    disclose,
    ofService: (service) => recordsOfService(source, service, decision, { disclose, withheld, nothing }),
  }
}

function recordsOfService(
  { sql }: Source,
  service: InformationService,
  decision: Decision,
  { disclose, withheld, nothing }: Pick<BoundRecords, 'disclose' | 'withheld' | 'nothing'>,
): Records {
  return {
    async search(type, filter = {}) {
      const found = await searchRecords(sql, decision, { type, tokens: tokensOf(filter.tokens), count: filter.count ?? 1000 })
      disclose(found)
      const element = service.resources[type]?.patientElement ?? 'subject'
      return found.map(({ content }) => JSON.parse(spliceIdentifier(content ?? '{}', element, decision.patient.identifier)) as Resource)
    },
    async count(type, filter = {}) {
      return await countRecords(sql, decision, { type, tokens: tokensOf(filter.tokens) })
    },
    async measuredDays(type, filter) {
      const { series, newest } = await readMeasuredDays(sql, decision, { type, ...filter })
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

function tokensOf(tokens: Record<string, TokenFilter['anyOf']> = {}): TokenFilter[] {
  return Object.entries(tokens).map(([name, anyOf]) => ({ name, anyOf }))
}
