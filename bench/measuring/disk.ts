/** Bytes on disk, with all indexes and the table next to the table that holds long values. */
import type { Sql } from 'postgres'

export interface Disk {
  rows: number
  bytes: number
}

export interface ObservationDisk extends Disk {
  bytesPerRow: number
  /** Mean bytes of the stored JSON text. */
  json: number
  heap: number
  long: number
  indexes: { name: string; bytes: number }[]
}

export async function observationDisk(sql: Sql): Promise<ObservationDisk> {
  const [row] = await sql<{ rows: number; bytes: number; json: number; heap: number; long: number }[]>`
    select count(*)::float8 as rows, pg_total_relation_size('record')::float8 as bytes, avg(octet_length(content))::float8 as json,
      pg_relation_size('record')::float8 as heap,
      pg_total_relation_size((select reltoastrelid from pg_class where oid = 'record'::regclass))::float8 as long
    from record`
  if (!row) throw new Error('PostgreSQL did not report the size of record.')
  const indexes = await sql<{ name: string; bytes: number }[]>`
    select c.relname as name, pg_relation_size(c.oid)::float8 as bytes
    from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = 'record'::regclass order by 1`
  return { ...row, bytesPerRow: row.bytes / row.rows, indexes: [...indexes] }
}

/** The log with the nodes of its trees. It holds thousands of rows at most before the look-ups, so its size then is known to a page. */
export async function logDisk(sql: Sql): Promise<Disk> {
  const [row] = await sql<Disk[]>`
    select count(*)::float8 as rows,
      (pg_total_relation_size('access_log') + pg_total_relation_size('log_node'))::float8 as bytes from access_log`
  if (!row) throw new Error('PostgreSQL did not report the size of access_log.')
  return row
}

/** Mean size of the rows that came between. */
export function bytesPerRow(before: Disk, after: Disk): number {
  return (after.bytes - before.bytes) / (after.rows - before.rows)
}
