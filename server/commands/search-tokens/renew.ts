/**
 * Makes the tokens of what is stored again, by which searches find it: after a service has changed what a search parameter extracts, or a
 * code system has got a new spelling. Goes through the current records by key, so that it can be stopped and resumed anywhere; a record
 * whose tokens are right already is only read. docs/run/search-tokens.md
 */
import type { Codes } from '@helsevev/kernel/codes/codes'
import { indexTokens, metaTokens } from '@helsevev/kernel/fhir/search/index-tokens'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import type { Content } from '@helsevev/kernel/fhir/write/content'
import type { PatientKey, RecordId } from '@helsevev/kernel/store/ids'
import { isMeasured } from '@helsevev/kernel/store/measurements'
import type { Resource } from '@medplum/fhirtypes'
import type { Sql } from 'postgres'

/** A record in the order of the work. */
export interface Place {
  patient: PatientKey
  id: RecordId
}

export interface Renewed {
  read: number
  changed: number
  /** Records of a service or type that this server does not have. */
  unknown: number
  /** The last record that was looked at; undefined when there was none. */
  last: Place | undefined
}

interface Row extends Place {
  version: number
  service: string
  type: string
  content: string
  tokens: string[]
}

/** The next `count` records after a place. Index: record_pkey. */
export async function renewTokens(
  sql: Sql,
  { services, codes }: { services: ReadonlyMap<string, InformationService>; codes: Codes },
  { after, count }: { after: Place | undefined; count: number },
): Promise<Renewed> {
  const rows = await sql<Row[]>`
    select patient, id, version, service, type, content, tokens from record
    where (patient, id) > (${after?.patient ?? '-1'}::bigint, ${after?.id ?? '-1'}::bigint) and superseded is null and not deleted
    order by patient, id limit ${count}`
  const renewed: Renewed = { read: rows.length, changed: 0, unknown: 0, last: rows.at(-1) }
  for (const row of rows) {
    const declaration = services.get(row.service)?.resources[row.type]
    if (!declaration) {
      renewed.unknown += 1
      continue
    }
    const content = JSON.parse(row.content) as Resource & Content
    const made = [...indexTokens(declaration, content, codes), ...metaTokens(content, codes)]
    // The sums by day were made of the numbers as they are: those stay.
    const tokens = [...made.filter(isNumber(false)), ...row.tokens.filter(isNumber(true))]
    if (isSame(tokens, row.tokens)) continue
    // A version that came meanwhile has its own tokens.
    const { count: changed } = await sql`
      update record set tokens = ${tokens}
      where patient = ${row.patient} and id = ${row.id} and version = ${row.version} and superseded is null`
    renewed.changed += changed
  }
  return renewed
}

function isNumber(wanted: boolean): (token: string) => boolean {
  return (token) => isMeasured({ tokens: [token] }) === wanted
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  const known = new Set(others)
  return some.length === others.length && some.every((token) => known.has(token))
}
