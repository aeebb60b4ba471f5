/**
 * The persons a citizen acts for, and the services that are open for each. It uses the same table as the access pipeline, so that both give
 * the same answer. A person of which nothing is open now is left out, whatever the reason: a protected address, a death, a power of
 * attorney that was withdrawn or has not begun.
 */

import type { Sql } from 'postgres'
import type { Area } from '../../access/area.ts'
import { readCitizen } from '../../access/citizen-facts.ts'
import { type Representation, type RepresentationRefused, representationOf } from '../../access/representation.ts'
import type { PatientKey } from '../../store/ids.ts'
import type { Patient } from '../../store/visibility.ts'
import { representedBy } from './list.ts'
import type { RelationKind, StoredRepresentation } from './representation.ts'

export interface ActsFor {
  isSelf: boolean
  name: string | undefined
  patient: Patient | undefined
  kinds: RelationKind[]
  services: { id: string; access: Representation | RepresentationRefused }[]
}

export interface ActsForQuery {
  /** The identity number and the keys of the citizen who asks. */
  number: string
  self: Patient
  services: readonly Area[]
  now: Date
  /** The person with this key, as the facts of a request have them. */
  personOf: (key: PatientKey) => Promise<Patient | undefined>
}

/** The citizen first, then the others by name. */
export async function actsFor(sql: Sql, query: ActsForQuery): Promise<ActsFor[]> {
  const { self, now } = query
  const relations = await representedBy(sql, [self.key, ...self.linked], 'in-force-or-ahead', now)
  // A consent lets the youth sign in, and does not let the parent act.
  const acting = relations.filter(({ kind }) => kind !== 'parental-consent')
  const others: ActsFor[] = []
  const done = new Set<PatientKey>()
  for (const relation of acting) {
    if (done.has(relation.patient)) continue
    const patient = await query.personOf(relation.patient)
    if (!patient) continue
    const keys = [patient.key, ...patient.linked]
    for (const key of keys) done.add(key)
    const kinds = acting.filter((other) => keys.includes(other.patient)).map(({ kind }) => kind)
    const found = await personFor(sql, query, patient, { relation, kinds: [...new Set(kinds)] })
    if (found) others.push(found)
  }
  const oneself = await personFor(sql, query, self, undefined)
  return [...(oneself ? [oneself] : []), ...others.sort((one, other) => (one.name ?? '').localeCompare(other.name ?? '', 'nb'))]
}

async function personFor(
  sql: Sql,
  { number, services, now }: ActsForQuery,
  patient: Patient,
  related: { relation: StoredRepresentation; kinds: RelationKind[] } | undefined,
): Promise<ActsFor | undefined> {
  const facts = await readCitizen(sql, number, patient, { now })
  const isSelf = related === undefined
  const decided = services.map(({ id, representation }) => ({ id, access: representationOf(representation, patient, facts, isSelf, now) }))
  const isOpen = decided.some(({ access }) => 'basis' in access)
  if (!isSelf && !isOpen) return undefined
  return {
    isSelf,
    name: isSelf ? await nameOf(sql, patient.key) : (related.relation.patientName ?? undefined),
    patient: isOpen ? patient : undefined,
    kinds: related?.kinds ?? [],
    services: decided,
  }
}

/** Index: person_pkey. */
async function nameOf(sql: Sql, key: PatientKey): Promise<string | undefined> {
  const [row] = await sql<{ name: string | null }[]>`
    select nullif(trim(concat_ws(' ', given_name, family_name)), '') as name from person where patient = ${key}`
  return row?.name ?? undefined
}
