/**
 * A member of staff who is a relative of the patient may have written a record. Where she works leads to a place, as in the log
 * (kernel/areas/access-log/look-ups.ts): to anybody but the patient and staff, such a record is served without the organisation that
 * answers for it and without those who wrote, asked for or did what it states. docs/decisions/0052-what-relatives-read-of-each-other.md
 */
import type { PendingQuery, Row, Sql } from 'postgres'
import { parseJson, writeJson } from '../values/json.ts'
import type { ServedVersion } from './record.ts'
import type { Visibility } from './visibility.ts'

type Fragment = PendingQuery<Row[]>
type Members = Record<string, unknown>

/** Elements of FHIR resources that name organisations, places and staff. */
const naming: ReadonlySet<string> = new Set([
  ...[
    'asserter',
    'attester',
    'author',
    'careManager',
    'custodian',
    'informationSource',
    'location',
    'managingOrganization',
    'organization',
  ],
  ...['participant', 'performer', 'practitioner', 'recorder', 'requester', 'resultsInterpreter', 'source', 'team', 'endpoint'],
])
/** Parameters of searches by these elements: to a relative they find nothing in any record, so that what is found shows nothing. */
const searched = ['performer', 'requester', 'organization-identifier', 'organization', 'practitioner', 'author', 'recorder', 'asserter']
/** http://hl7.org/fhir/R4/extension-data-absent-reason.html: it is known here and not shown. An element that must be there stays. */
const MASKED = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }] }

/** Whether this reader is served records of relatives without their employers. */
function isLimited({ relativesWithoutPlaces }: Visibility): boolean {
  return relativesWithoutPlaces === true
}

/** Whether a person with a relation to the patient wrote a version of the record `r`. Index: record_pkey, representation_pkey. */
function writtenByRelative(sql: Sql, { patient }: Visibility): Fragment {
  return sql`exists (
    select from record v join log_actor w on w.id = v.writer
    where v.patient = r.patient and v.id = r.id and w.person is not null and exists (
      select from representation n
      where n.patient = any (${[patient.key, ...patient.linked]}::bigint[])
        and n.representative in (select w.person union all select same_as from person_link where patient = w.person)))`
}

/** The condition that the record `record` of a statement may name its controller to this reader. */
export function mayNameController(sql: Sql, decision: Visibility): Fragment {
  if (!isLimited(decision)) return sql`true`
  return sql`not exists (select from record r where r.patient = record.patient and r.id = record.id and r.version = record.version
    and ${writtenByRelative(sql, decision)})`
}

/** The records as this reader is served them. Decimals stand as they were sent. */
export async function withoutEmployersOfRelatives<Found extends ServedVersion>(
  sql: Sql,
  decision: Visibility,
  found: readonly Found[],
): Promise<Found[]> {
  if (!isLimited(decision) || found.length === 0) return [...found]
  const rows = await sql<{ id: string }[]>`
    select distinct r.id from record r
    where r.patient = any (${[decision.patient.key, ...decision.patient.linked]}::bigint[])
      and r.id = any (${found.map(({ id }) => id)}::bigint[]) and ${writtenByRelative(sql, decision)}`
  const written = new Set(rows.map(({ id }) => id))
  return found.map((record) =>
    record.content !== null && written.has(record.id) ? { ...record, content: maskedText(record.content) } : record,
  )
}

/** The tokens of a search without those that would show who wrote a record by finding it. */
export function tokensOfEmployers<Asked extends { name: string; anyOf: unknown[] }>(decision: Visibility, asked: Asked[]): Asked[] {
  if (!isLimited(decision)) return asked
  return asked.map((token) => (searched.includes(token.name) ? { ...token, anyOf: [] } : token))
}

function maskedText(text: string): string {
  const content = parseJson(text)
  if (!isObject(content)) return text
  // The sender's own numbers have an address of the sender as their system.
  const { contained: _contained, identifier: _identifier, ...rest } = content
  return writeJson(Object.fromEntries(Object.entries(masked(rest)).filter(([, value]) => value !== undefined)))
}

function masked(content: Members): Members {
  return Object.fromEntries(
    Object.entries(content).flatMap(([name, value]): [string, unknown][] => {
      if (name === 'extension') {
        const plain = listOf(value).filter((one) => !namesSomebody(one))
        return plain.length > 0 ? [[name, plain.map(masked)]] : []
      }
      if (naming.has(name) && typeof value === 'object') return [[name, Array.isArray(value) ? [MASKED] : MASKED]]
      if (name === 'authorString' || name === 'authorReference' || (name === 'source' && typeof value === 'string')) return []
      if (Array.isArray(value)) return [[name, value.map((one) => (isObject(one) ? masked(one) : one))]]
      return [[name, isObject(value) ? masked(value) : value]]
    }),
  )
}

/** An extension that refers to somebody, or has a number: the data controller, who changed it, a unit. */
function namesSomebody(extension: Members): boolean {
  return 'valueReference' in extension || 'valueIdentifier' in extension || 'valueContactPoint' in extension
}

function listOf(value: unknown): Members[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
