/** The rows that came of messages, inserted once more as they are: one statement to a message, and nothing else around it. */
import type { Row, Sql } from 'postgres'

/** Rows by message: those of one patient that were recorded at one instant. */
export async function rowsSince(sql: Sql, service: string, since: Date): Promise<Row[][]> {
  const rows = await sql`
    select * from record where service = ${service} and recorded >= ${since} order by patient, recorded, id`
  return [...Map.groupBy(rows, ({ patient, recorded }) => `${patient} ${recorded.toISOString()}`).values()]
}

let copies = 0

/** Seconds, on as many connections as the pool has. Under patients that nobody else has, so that nothing of what is there is in the way. */
export async function insertAgain(sql: Sql, messages: readonly Row[][]): Promise<number> {
  copies += 1
  const mask = BigInt(copies) << 40n
  const prepared = messages.map((rows) =>
    rows.map((row) => ({
      ...row,
      patient: (BigInt(row['patient']) ^ mask).toString(),
      business_key: row['business_key'] && crypto.randomUUID(),
    })),
  )
  const queue = prepared.values()
  const began = performance.now()
  await Promise.all(
    Array.from({ length: sql.options.max }, async () => {
      for (const rows of queue) await insert(sql, rows)
    }),
  )
  return (performance.now() - began) / 1000
}

async function insert(sql: Sql, rows: Row[]): Promise<void> {
  const column = (name: string) => rows.map((row) => row[name])
  const times = (name: string) => rows.map((row) => row[name]?.toISOString() ?? null)
  const lists = (name: string) => rows.map((row) => row[name]?.join('\u001f') ?? null)
  await sql`
    insert into record (patient, id, version, service, type, controller, effective, recorded, business_key, set_key, sensitive_codes,
      release_at, release_codes, tokens, writer, content)
    select patient, id, version, service, type, controller, effective, recorded, business_key, set_key,
      string_to_array(sensitive_codes, ${'\u001f'}), release_at::timestamptz,
      string_to_array(release_codes, ${'\u001f'}), string_to_array(tokens, ${'\u001f'}), writer, content
    from unnest(${column('patient')}::bigint[], ${column('id')}::bigint[], ${column('version')}::integer[], ${column('service')}::text[],
      ${column('type')}::text[], ${column('controller')}::text[], ${times('effective')}::timestamptz[], ${times('recorded')}::timestamptz[],
      ${column('business_key')}::uuid[], ${column('set_key')}::uuid[], ${lists('sensitive_codes')}::text[], ${times('release_at')}::text[],
      ${lists('release_codes')}::text[], ${lists('tokens')}::text[], ${column('writer')}::bigint[], ${column('content')}::text[])
      as r (patient, id, version, service, type, controller, effective, recorded, business_key, set_key, sensitive_codes, release_at,
        release_codes, tokens, writer, content)`
}
