/** What a decision opens of representation: the relations of the one person it is about. */
import { createHash } from 'node:crypto'
import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import { intending } from '../../audit/intents.ts'
import { type Bind, keysOf } from '../../fhir/rows.ts'
import type { Result } from '../../problem/problem.ts'
import type { PatientKey } from '../../store/ids.ts'
import { type ActsFor, type ActsForQuery, actsFor } from './acts-for.ts'
import { representativesOf, representedBy, type Which } from './list.ts'
import type { RelationRequest } from './read-related-person.ts'
import { type Registered, type Registrar, storeEndOfRepresentation, storeRepresentation } from './register.ts'
import { relationById } from './relation-id.ts'
import type { NewRepresentation, StoredRepresentation } from './representation.ts'

type Keys = NewRepresentation['representative']

export interface RepresentationRows {
  /** The relations in which others act for the person, newest first. */
  given(which: Which, now: Date): Promise<StoredRepresentation[]>
  /** The relations in which the person acts for others, newest first. */
  held(which: Which, now: Date): Promise<StoredRepresentation[]>
  /** The relation with this id; undefined when the person has none, or when it belongs to another representative than the one who asks. */
  relation(id: string, by: Registrar): Promise<StoredRepresentation | undefined>
  register(wanted: Omit<NewRepresentation, 'patient'>, by: Registrar): Promise<Result<Registered>>
  end(relation: StoredRepresentation, by: Registrar): Promise<Result<StoredRepresentation[]>>
  actsFor(query: Omit<ActsForQuery, 'self'>): Promise<ActsFor[]>
  /** Whether the person has a protected address (codes 7 and 6). */
  isProtected(): Promise<boolean>
  keysOfActor(actor: Actor): Promise<Keys | undefined>
  /**
   * The person who has the number, when the family name agrees; otherwise a key that belongs to no person, and always the same for the same
   * number and name. What is stored and answered is alike, so that a guessed number reveals no name, age or death.
   */
  keyOfReceiver(named: NonNullable<RelationRequest['receiver']>): Promise<Keys>
}

export const representationRows: Bind<RepresentationRows> = ({ sql, ids, clock }, decision, ledger) => {
  const keys = keysOf(decision)
  const store = { sql, clock, intend: intending(ids, ledger.stored) }
  return {
    given: async (which, now) => await representativesOf(sql, keys, which, now),
    held: async (which, now) => await representedBy(sql, keys, which, now),
    async relation(id, { as, actor }) {
      const relation = await relationById(sql, keys, id, clock())
      const own: readonly PatientKey[] = actor.person ? await linkedKeys(sql, actor.person) : []
      return relation && (as !== 'representative' || own.includes(relation.representative)) ? relation : undefined
    },
    register: async (wanted, by) => await storeRepresentation(store, { ...wanted, patient: keys }, by),
    async end({ kind, representative }, by) {
      const between = { kind, patient: keys, representative: await linkedKeys(sql, representative) }
      return await storeEndOfRepresentation(store, between, by)
    },
    actsFor: async (query) => await actsFor(sql, { ...query, self: decision.patient }),
    isProtected: async () => await isProtected(sql, decision.patient.key),
    keysOfActor: async ({ person }) => person && (await linkedKeys(sql, person)),
    // The key of that number alone: whether two numbers belong to one person is shown to nobody either.
    keyOfReceiver: async (named) => [(await receiverOf(sql, named)) ?? nobodysKey(decision.patient.key, named)],
  }
}

/** Index: person_pkey. */
async function isProtected(sql: Sql, key: PatientKey): Promise<boolean> {
  const rows = await sql`select from person where patient = ${key} and address_confidentiality like '%onfidential'`
  return rows.length > 0
}

/** Index: person_link_pkey. */
async function linkedKeys(sql: Sql, key: PatientKey): Promise<Keys> {
  const rows = await sql<{ key: PatientKey }[]>`select same_as as key from person_link where patient = ${key}`
  return [key, ...rows.map((row) => row.key)]
}

/** Index: person_identifier_pkey. */
async function receiverOf(sql: Sql, { number, familyName }: NonNullable<RelationRequest['receiver']>): Promise<PatientKey | undefined> {
  const [row] = await sql<{ patient: PatientKey; name: string | null }[]>`
    select p.patient, p.family_name as name from person_identifier i join person p on p.patient = i.patient
    where i.system in ('FNR', 'DNR', 'FHN') and i.value = ${number} and p.died is null limit 1`
  return row && plainName(row.name ?? '') !== '' && plainName(row.name ?? '') === plainName(familyName) ? row.patient : undefined
}

/** Keys of persons are positive, so that this one never belongs to any. */
function nobodysKey(giver: PatientKey, { number, familyName }: NonNullable<RelationRequest['receiver']>): PatientKey {
  const digest = createHash('sha256')
    .update(`${giver} ${number} ${plainName(familyName)}`)
    .digest()
  return `-${(digest.readBigUInt64BE() >> 1n) + 1n}` as PatientKey
}

function plainName(name: string): string {
  return name
    .normalize('NFC')
    .toLocaleLowerCase('nb')
    .replaceAll(/[\s-]+/g, ' ')
    .trim()
}
