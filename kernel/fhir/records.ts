/** The `Records` of an operation: made for one decision, and the only way to a row. */
import type { Resource } from '@medplum/fhirtypes'
import type { Sql } from 'postgres'
import type { Decision } from '../access/decision.ts'
import { readMeasuredDays } from '../store/measurements.ts'
import { countRecords, countWithheld, searchRecords, type TokenFilter } from '../store/read-records.ts'
import type { Disclosure } from './exchange.ts'
import type { Withheld } from './outcome.ts'
import type { InformationService, Records } from './service.ts'
import { spliceIdentifier } from './write/content.ts'

export interface LoggedRecords {
  records: Records
  /** What has been read through `records` so far. */
  disclosed: Disclosure[]
  /** What the patient's choices hide, by cause; counted once. */
  withheld(): Promise<Withheld[]>
}

export function recordsFor(sql: Sql, service: InformationService, decision: Decision): LoggedRecords {
  const disclosed: Disclosure[] = []
  let counted: Promise<Withheld[]> | undefined
  const withheld = () => {
    counted ??= countWithheld(sql, decision)
    return counted
  }
  const records: Records = {
    async search(type, filter = {}) {
      const found = await searchRecords(sql, decision, { type, tokens: tokensOf(filter.tokens), count: filter.count ?? 1000 })
      disclosed.push(...found.map(({ id, version }) => ({ id, version })))
      const element = service.resources[type]?.patientElement ?? 'subject'
      return found.map(({ content }) => JSON.parse(spliceIdentifier(content ?? '{}', element, decision.patient.identifier)) as Resource)
    },
    async count(type, filter = {}) {
      return await countRecords(sql, decision, { type, tokens: tokensOf(filter.tokens) })
    },
    async measuredDays(type, filter) {
      const { series, newest } = await readMeasuredDays(sql, decision, { type, ...filter })
      disclosed.push(...newest)
      return series
    },
    async contributors() {
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
    async settings(organizations) {
      return await sql<{ organization: string; key: string; language: string; value: string }[]>`
        select organization, key, language, value from controller_setting
        where service = ${decision.service} and organization = any (${organizations})`
    },
  }
  return { records, disclosed, withheld }
}

function tokensOf(tokens: Record<string, TokenFilter['anyOf']> = {}): TokenFilter[] {
  return Object.entries(tokens).map(([name, anyOf]) => ({ name, anyOf }))
}
