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

/** Joins the texts of one row to one parameter, since inner arrays of SQL must have the same length. No code holds this character. */
const SEPARATOR = '\u001f'

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
  const column = <K extends keyof LogRow>(name: K) => rows.map(({ row }) => row[name])
  const times = (name: 'at' | 'toa') => rows.map(({ row }) => row[name]?.toISOString() ?? null)
  const flags = (name: 'withheld' | 'automatic') => rows.map(({ row }) => String(row[name]))
  const joined = (name: 'opened' | 'unseen') => rows.map(({ row }) => row[name]?.join(SEPARATOR) ?? null)
  await sql`
    ${together(sql, nodes, settled, following)}
    insert into access_log (segment, seq, at, patient, actor, attestation, names_digest, citizen, episode, toa, event_id, withheld,
      automatic,
      event, outcome, service, type, purpose, problem, basis, opened_by, opened, unseen, organization, controllers, decision_ref, reason,
      disclosed, disclosed_versions, hash)
    select segment, seq, at, patient, actor, attestation, names_digest, citizen, episode, toa, event_id, withheld::boolean,
      automatic::boolean,
      event, outcome, service, type, purpose, problem, basis, opened_by, string_to_array(opened, ${SEPARATOR}),
      string_to_array(unseen, ${SEPARATOR}), organization, controllers, decision_ref, reason,
      decode(disclosed, 'hex'), disclosed_versions::integer[], decode(hash, 'hex')
    from unnest(
      ${column('segment')}::bigint[], ${column('seq')}::bigint[], ${times('at')}::timestamptz[], ${column('patient')}::bigint[],
      ${column('actor')}::bigint[], ${column('attestation')}::bigint[], ${column('namesDigest')}::bigint[], ${column('citizen')}::bigint[],
      ${column('episode')}::bigint[], ${times('toa')}::timestamptz[], ${column('eventId')}::uuid[],
      ${flags('withheld')}::text[], ${flags('automatic')}::text[], ${column('event')}::text[], ${column('outcome')}::text[],
      ${column('service')}::text[], ${column('type')}::text[], ${column('purpose')}::text[], ${column('problem')}::text[],
      ${column('basis')}::text[], ${column('openedBy')}::text[], ${joined('opened')}::text[], ${joined('unseen')}::text[],
      ${column('organization')}::text[], ${rows.map(({ row }) => controllersText(row))}::text[],
      ${column('decisionRef')}::text[], ${column('reason')}::text[],
      ${rows.map(({ row }) => row.disclosed && idsBytes(row.disclosed).toString('hex'))}::text[],
      ${rows.map(({ row }) => row.disclosedVersions && `{${row.disclosedVersions.join(',')}}`)}::text[],
      ${rows.map(({ hash }) => hash)}::text[]
    ) as s (segment, seq, at, patient, actor, attestation, names_digest, citizen, episode, toa, event_id, withheld, automatic,
      event, outcome, service, type, purpose, problem, basis, opened_by, opened, unseen, organization, controllers, decision_ref, reason,
      disclosed, disclosed_versions, hash)`
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
