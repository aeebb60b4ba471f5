/**
 * What a choice about one record covers. The patient means a fact, and not a row: the same fact deleted and registered again is the same
 * fact, and a report is its results. So the choice covers
 *
 * - every version of the record, and every record of the same business key, earlier and later;
 * - all records that came in the same set as a *whole* (a report or its requisition), in every version of the set;
 * - what the record consists of: the results, specimens and requisition of a report, the members of a panel;
 * - what was made from it: values derived from it, issues found in it, results of a specimen and reports of a requisition.
 *
 * A result that is covered does not cover the report it stands in. What would show it there is cut out (cut.ts).
 *
 * Index: record_pkey. The records of the patient are read, in these few look-ups alone.
 */
import type { PendingQuery, Row, Sql } from 'postgres'

type Fragment = PendingQuery<Row[]>

/** Types that cover all records of their set. http://hl7.org/fhir/R4/diagnosticreport.html, read 2026-11-30. */
const wholes = ['DiagnosticReport', 'ServiceRequest']

/** The search parameters of a type by which a record points to its parts, as their tokens are named. */
// biome-ignore format: a table, one row to a line
const parts: readonly { type: string; names: readonly string[]; source: string }[] = [
  { type: 'DiagnosticReport', names: ['result', 'specimen', 'based-on'], source: 'http://hl7.org/fhir/R4/diagnosticreport-definitions.html, result, specimen, basedOn' },
  { type: 'Observation',      names: ['has-member'],                     source: 'http://hl7.org/fhir/R4/observation-definitions.html, hasMember' },
]

/** The parameters by which a record points to what it was made from, whatever it was made from. */
const madeFrom = ['derived-from', 'implicated']

/** The parameters by which records point to a specimen or a requisition; what is made of these is covered when they are restricted. */
// biome-ignore format: a table, one row to a line
const madeOf: readonly { type: string; by: string; names: readonly string[] }[] = [
  { type: 'Specimen',       by: 'Observation',      names: ['specimen'] },
  { type: 'ServiceRequest', by: 'DiagnosticReport', names: ['based-on'] },
  { type: 'ServiceRequest', by: 'Observation',      names: ['based-on'] },
]

/** The place of a record as SQL, the same as `placeText` of ids.ts. `row` is the alias of a row of `record`. */
export function placeOf(sql: Sql, row: string): Fragment {
  const letters = (column: string) => `translate(to_hex(${row}.${column}), '0123456789', 'ghijklmnop')`
  return sql.unsafe(`(${letters('patient')} || '-' || ${letters('id')})`)
}

/** What a choice names, as SQL. `keys` are the patient's keys. A choice that names a controller is about a record of that controller. */
interface Named {
  keys: Fragment
  service: Fragment
  root: Fragment
  controller: Fragment
}

/** The ids that a choice about the record `root` covers, as an array. */
export function covered(sql: Sql, { keys, service, root, controller }: Named): Fragment {
  const literal = (text: string) => sql.unsafe(`'${text}'`)
  const tokensTo = (names: readonly string[], row: string) => {
    const token = (name: string) => sql`${literal(`${name}=|`)} || ${sql.unsafe(row)}.type || '/' || ${placeOf(sql, row)}`
    return names.map(token).reduce((all, one) => sql`${all}, ${one}`)
  }
  const partOf = parts.map(({ type, names }) => sql`v.type = ${literal(type)} and v.tokens && array[${tokensTo(names, 'o')}]`)
  const ofRoot = madeOf.map(
    ({ type, by, names }) =>
      sql`v.id = ${root} and v.type = ${literal(type)} and o.type = ${literal(by)} and o.tokens && array[${tokensTo(names, 'v')}]`,
  )
  const links = [...partOf, ...ofRoot].reduce((all, one) => sql`${all} or (${one})`, sql`o.tokens && array[${tokensTo(madeFrom, 'v')}]`)
  return sql`array(
      with recursive covered (id) as (
        select ${root}
        where ${controller} is null or exists (
          select from record r where r.patient = any (${keys}) and r.id = ${root} and r.controller = ${controller})
        union
        select o.id
        from covered c
        join record v on v.patient = any (${keys}) and v.service = ${service} and v.id = c.id
        join record o on o.patient = any (${keys}) and o.service = ${service} and (
          o.business_key = v.business_key
          or (v.type in (${sql.unsafe(wholes.map((type) => `'${type}'`).join(', '))}) and o.set_key = v.set_key)
          or ${links})
      ) select id from covered)`
}
