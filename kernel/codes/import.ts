/**
 * Imports reference data into the database. A file is imported whole or not at all: rows that exist are updated, rows that are missing from
 * the file stay, and a single faulty row refuses the file.
 */
import type { Sql } from 'postgres'
import { type FileKind, type Row, type RowFault, readRows } from './read-rows.ts'
import { importOrder, type ReferenceFile, referenceFiles, shippedFile } from './reference-files.ts'

export type Imported = { rows: number } | { faults: RowFault[] }

async function importCounties(sql: Sql, text: string): Promise<Imported> {
  return await importRows(sql, referenceFiles.counties, text, async (tx, rows) => {
    await tx`insert into county ${tx(rows, 'number', 'name')} on conflict (number) do update set name = excluded.name`
  })
}

export async function importMunicipalities(sql: Sql, text: string): Promise<Imported> {
  return await importRows(
    sql,
    referenceFiles.municipalities,
    text,
    async (tx, rows) => {
      const inserted = rows.map((row) => ({ ...row, language: row.language || null }))
      await tx`
        insert into municipality ${tx(inserted, 'number', 'name', 'county', 'language')}
        on conflict (number) do update set name = excluded.name, county = excluded.county, language = excluded.language`
    },
    { column: 'county', known: async (tx) => await tx`select number as value from county`, remedy: 'Import the counties first.' },
  )
}

/** Imports populations. Those of earlier days stay, and the newest is used. */
export async function importPopulation(sql: Sql, text: string): Promise<Imported> {
  return await importRows(
    sql,
    referenceFiles.population,
    text,
    async (tx, rows) => {
      const inserted = rows.map((row) => ({ ...row, population: Number(row.population) }))
      await tx`
        insert into municipality_population ${tx(inserted, 'municipality', 'counted', 'population', 'source')}
        on conflict (municipality, counted) do update set population = excluded.population, source = excluded.source`
    },
    {
      column: 'municipality',
      known: async (tx) => await tx`select number as value from municipality`,
      remedy: 'Import the municipalities first.',
    },
  )
}

/**
 * Imports organisations. Their membership of Helsenettet is not in the file and stays as it is; so do the values that the file leaves
 * empty.
 */
export async function importOrganizations(sql: Sql, text: string): Promise<Imported> {
  return await importRows(sql, referenceFiles.organizations, text, async (tx, rows) => {
    const inserted = rows.map((row) => ({
      ...row,
      part_of: row.part_of || null,
      municipality: row.municipality || null,
      phone: row.phone || null,
    }))
    await tx`
      insert into organization ${tx(inserted, 'number', 'name', 'type', 'part_of', 'municipality', 'phone')}
      on conflict (number) do update set
        name = excluded.name, type = excluded.type,
        part_of = coalesce(excluded.part_of, organization.part_of),
        municipality = coalesce(excluded.municipality, organization.municipality),
        phone = coalesce(excluded.phone, organization.phone)`
  })
}

async function importCodeSystems(sql: Sql, text: string): Promise<Imported> {
  return await importRows(sql, referenceFiles['code-systems'], text, async (tx, rows) => {
    const inserted = rows.map((row) => ({ ...row, version: row.version || null, content: row.content || null }))
    await tx`
      insert into code_system ${tx(inserted, 'system', 'name', 'version', 'content', 'source')}
      on conflict (system) do update
        set name = excluded.name, version = excluded.version, source = excluded.source,
          content = coalesce(excluded.content, code_system.content)`
  })
}

async function importCodes(sql: Sql, text: string): Promise<Imported> {
  return await importRows(
    sql,
    referenceFiles.codes,
    text,
    async (tx, rows) => {
      await tx`
        insert into code ${tx(rows, 'system', 'code', 'display')}
        on conflict (system, code) do update set display = excluded.display`
    },
    systemsKnown,
  )
}

async function importAliases(sql: Sql, text: string): Promise<Imported> {
  return await importRows(sql, referenceFiles.aliases, text, async (tx, rows) => {
    await tx`insert into code_system_alias ${tx(rows, 'alias', 'system')} on conflict (alias) do update set system = excluded.system`
  })
}

async function importEquivalences(sql: Sql, text: string): Promise<Imported> {
  return await importRows(
    sql,
    referenceFiles.equivalences,
    text,
    async (tx, rows) => {
      await tx`
        insert into code_equivalence ${tx(rows, 'concept', 'system', 'code', 'source')}
        on conflict (concept, system, code) do update set source = excluded.source`
    },
    systemsKnown,
  )
}

export const importers: Record<ReferenceFile, (sql: Sql, text: string) => Promise<Imported>> = {
  counties: importCounties,
  municipalities: importMunicipalities,
  population: importPopulation,
  organizations: importOrganizations,
  'code-systems': importCodeSystems,
  codes: importCodes,
  aliases: importAliases,
  equivalences: importEquivalences,
}

/** Imports all reference data that ships with Helsevev, in order. Returns the number of rows by kind. */
export async function importShipped(sql: Sql): Promise<Record<ReferenceFile, number>> {
  const counts: Partial<Record<ReferenceFile, number>> = {}
  for (const kind of importOrder) {
    const imported = await importers[kind](sql, shippedFile(kind))
    if ('faults' in imported)
      throw new Error(`The shipped file of ${referenceFiles[kind].name} is refused: ${JSON.stringify(imported.faults)}`)
    counts[kind] = imported.rows
  }
  return counts as Record<ReferenceFile, number>
}

/** A column whose values must be in another table. */
interface MustExist<Name extends string> {
  column: Name
  known: (tx: Sql) => Promise<readonly { value?: string }[]>
  remedy: string
}

const systemsKnown: MustExist<'system'> = {
  column: 'system',
  known: async (tx) => await tx`select system as value from code_system`,
  remedy: 'Import the code systems first, and use the canonical URI.',
}

/** The number of rows in a statement: with six values each they stay far below the 65,535 parameters that PostgreSQL takes. */
const CHUNK = 1_000

async function importRows<Name extends string>(
  sql: Sql,
  kind: FileKind<Name>,
  text: string,
  insert: (tx: Sql, rows: Record<Name, string>[]) => Promise<void>,
  mustExist?: MustExist<Name>,
): Promise<Imported> {
  const read = readRows(kind, text)
  if ('faults' in read) return read
  return await sql.begin(async (transaction) => {
    // A transaction is called in the same way as the pool; only the types of the driver separate the two.
    const tx = transaction as unknown as Sql
    const faults = mustExist ? await missing(tx, read.rows, mustExist) : []
    if (faults.length > 0) return { faults }
    for (let from = 0; from < read.rows.length; from += CHUNK) {
      await insert(
        tx,
        read.rows.slice(from, from + CHUNK).map(({ values }) => values),
      )
    }
    return { rows: read.rows.length }
  })
}

async function missing<Name extends string>(tx: Sql, rows: Row<Name>[], { column, known, remedy }: MustExist<Name>): Promise<RowFault[]> {
  const values = new Set((await known(tx)).map(({ value }) => value))
  return rows
    .filter((row) => !values.has(row.values[column]))
    .map((row) => ({ line: row.line, column, rule: `"${row.values[column]}" is not known here.`, remedy }))
}
