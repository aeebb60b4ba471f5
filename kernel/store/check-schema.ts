/**
 * The rules that let the schema be spread over many machines (architecture decision 2), checked on a migrated database: every table states
 * how it is distributed, and a table that is distributed by patient is searched, kept unique and joined by patient.
 */
import type postgres from 'postgres'

interface Table {
  name: string
  comment: string | null
  primaryKey: string[] | null
}

/** One sentence for each breach: what is wrong and what to write instead. Empty when the schema follows the rules. */
export async function checkSchema(sql: postgres.Sql): Promise<string[]> {
  const tables = await sql<Table[]>`
    select c.relname as name, obj_description(c.oid, 'pg_class') as comment,
      (select array_agg(a.attname::text order by k.place)
        from pg_index i, unnest(i.indkey) with ordinality k (number, place), pg_attribute a
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.number) as "primaryKey"
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    order by c.relname
  `
  const distribution = new Map(tables.map((table) => [table.name, distributionOf(table.comment)]))
  return [
    ...tables.flatMap((table) => checkTable(table, distribution.get(table.name))),
    ...(await checkUniqueIndexes(sql, distribution)),
    ...(await checkForeignKeys(sql, distribution)),
  ]
}

/** `segment`, `unit` and `controller` name the column, as `patient` does. */
type Distribution = 'patient' | 'segment' | 'unit' | 'controller' | 'reference' | 'local'

function distributionOf(comment: string | null): Distribution | undefined {
  return /^distribution: (patient|segment|unit|controller|reference|local)\. /.exec(comment ?? '')?.[1] as Distribution | undefined
}

function checkTable({ name, primaryKey }: Table, distribution: Distribution | undefined): string[] {
  const faults: string[] = []
  if (!distribution) {
    faults.push(
      `Table ${name} states no distribution. Write: comment on table ${name} is ` +
        "'distribution: patient. …' (or segment, unit, controller, reference, local)",
    )
  }
  if (!primaryKey) faults.push(`Table ${name} has no primary key. Every table has one.`)
  else if (isSpread(distribution) && primaryKey[0] !== distribution) {
    faults.push(
      `Table ${name} is distributed by ${distribution}, but its primary key is (${primaryKey.join(', ')}). ` +
        `Make ${distribution} its first column.`,
    )
  }
  return faults
}

/** Whether rows are spread by a column, which the distribution then names. */
function isSpread(distribution: Distribution | undefined): distribution is 'patient' | 'segment' | 'unit' | 'controller' {
  return distribution !== undefined && distribution !== 'reference' && distribution !== 'local'
}

/** An engine that spreads rows by a column can keep values unique only within one value of it. */
async function checkUniqueIndexes(sql: postgres.Sql, distribution: Map<string, Distribution | undefined>): Promise<string[]> {
  const indexes = await sql<{ table: string; index: string; first: string | null }[]>`
    select c.relname as "table", i.indexrelid::regclass::text as index, a.attname as first
    from pg_index i
    join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
    left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] and a.attnum > 0
    where i.indisunique and not i.indisprimary
    order by 1, 2
  `
  return indexes
    .filter(({ table, first }) => isSpread(distribution.get(table)) && first !== distribution.get(table))
    .map(({ table, index }) => {
      const column = distribution.get(table) ?? ''
      return `Index ${index} makes ${table} unique across ${plural[column]}. Make ${column} its first column.`
    })
}

const plural: Record<string, string> = { patient: 'patients', segment: 'segments', unit: 'units', controller: 'controllers' }

/** Foreign keys point only to tables that are copied to every node. */
async function checkForeignKeys(sql: postgres.Sql, distribution: Map<string, Distribution | undefined>): Promise<string[]> {
  const keys = await sql<{ table: string; constraint: string; target: string }[]>`
    select c.relname as "table", k.conname as constraint, t.relname as target
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    where k.contype = 'f' and c.relnamespace = 'public'::regnamespace
    order by 1, 2
  `
  return keys
    .filter(({ target }) => distribution.get(target) !== 'reference')
    .map(
      ({ table, constraint, target }) =>
        `Foreign key ${constraint} of ${table} points to ${target}, which is no reference table. Remove the constraint.`,
    )
}
