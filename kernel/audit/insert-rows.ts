/**
 * Stores rows of the access log, and the nodes of the tree that are complete with them, in one statement. The intents of what the rows say
 * was stored go in the same statement (intents.ts).
 */
import type { Sql } from 'postgres'
import { controllersText, type Hash, idsBytes, type LogRow } from './chain.ts'

export interface NewNode {
  segment: string
  level: number
  index: number
  hash: Hash
}

/** What must still be stored for a row: it is kept in the same statement, and removed when it is (kernel/areas/after-access.ts). */
export interface Following {
  patient: string
  id: string
  at: Date
  /** JSON. */
  access: string
}

/** What was stored, and has its row with these: the first record of each intent, or the only thing. */
export interface Settled {
  patient: string
  id: string
  version: number
}

export async function insertRows(
  sql: Sql,
  rows: readonly { row: LogRow; hash: Hash }[],
  nodes: readonly NewNode[],
  settled: readonly Settled[],
  following: readonly Following[] = [],
): Promise<void> {
  await sql`
    ${together(sql, nodes, settled, following)}
    insert into access_log (segment, seq, at, patient, actor, attestation, names_digest, citizen, episode, toa, event_id, withheld,
      automatic,
      event, outcome, service, type, purpose, problem, basis, opened_by, opened, unseen, organization, controllers, decision_ref, reason,
      disclosed, disclosed_versions, hash)
    select segment, seq, at, patient, actor, attestation, "namesDigest", citizen, episode, toa, "eventId", withheld,
      automatic,
      event, outcome, service, type, purpose, problem, basis, "openedBy", opened, unseen, organization, controllers, "decisionRef", reason,
      decode(disclosed, 'hex'), "disclosedVersions", decode(hash, 'hex')
    from json_to_recordset(${jsonOf(rows.map(sentRow))}::text::json) as r (
      segment bigint, seq bigint, at timestamptz, patient bigint, actor bigint, attestation bigint, "namesDigest" bigint, citizen bigint,
      episode bigint, toa timestamptz, "eventId" uuid, withheld boolean, automatic boolean,
      event text, outcome text, service text, type text, purpose text, problem text, basis text, "openedBy" text, opened text[],
      unseen text[], organization text, controllers text, "decisionRef" text, reason text,
      disclosed text, "disclosedVersions" integer[], hash text)`
}

/** JSON that PostgreSQL takes: half of a surrogate pair becomes the sign for what cannot be read, as where it is hashed. */
function jsonOf(values: readonly unknown[]): string {
  const text = JSON.stringify(values)
  return text.includes('\\ud')
    ? JSON.stringify(values, (_name, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value))
    : text
}

/** A row as one value of the statement: thirty arrays, one for each column, took twice the time. */
function sentRow({ row, hash }: { row: LogRow; hash: Hash }) {
  return { ...row, controllers: controllersText(row), disclosed: row.disclosed && idsBytes(row.disclosed).toString('hex'), hash }
}

/** The statements that go with the rows, as a `with`; nothing where there are none. */
function together(sql: Sql, nodes: readonly NewNode[], settled: readonly Settled[], following: readonly Following[]) {
  const parts = [
    ...(nodes.length > 0 ? [withNodes(sql, nodes)] : []),
    ...(settled.length > 0 ? [settling(sql, settled)] : []),
    ...(following.length > 0 ? [withFollowing(sql, following)] : []),
  ]
  const [first, ...rest] = parts
  return first === undefined ? sql`` : rest.reduce((before, part) => sql`${before}, ${part}`, sql`with ${first}`)
}

function withFollowing(sql: Sql, following: readonly Following[]) {
  return sql`
    following as (
      insert into after_access (patient, id, at, access)
      select patient, id, at, access::jsonb
      from unnest(${following.map(({ patient }) => patient)}::bigint[], ${following.map(({ id }) => id)}::bigint[],
        ${following.map(({ at }) => at.toISOString())}::timestamptz[], ${following.map(({ access }) => access)}::text[])
        as f (patient, id, at, access)
    )`
}

function withNodes(sql: Sql, nodes: readonly NewNode[]) {
  return sql`
    nodes as (
      insert into log_node (segment, level, index, hash)
      select segment, level, index, decode(hash, 'hex')
      from unnest(${nodes.map(({ segment }) => segment)}::bigint[], ${nodes.map(({ level }) => level)}::smallint[],
        ${nodes.map(({ index }) => index)}::bigint[], ${nodes.map(({ hash }) => hash)}::text[]) as n (segment, level, index, hash)
    )`
}

/** The record may stand under a key that is linked to the one that was asked for. Index: log_intent_pkey, person_link_pkey. */
function settling(sql: Sql, settled: readonly Settled[]) {
  return sql`
    settled as (
      delete from log_intent i
      using unnest(${settled.map(({ patient }) => patient)}::bigint[], ${settled.map(({ id }) => id)}::bigint[],
        ${settled.map(({ version }) => version)}::integer[]) as s (patient, id, version)
      where i.id = s.id and i.version = s.version
        and i.patient in (select s.patient union all select same_as from person_link l where l.patient = s.patient)
    )`
}
