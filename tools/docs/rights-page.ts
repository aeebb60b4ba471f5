/** The page of what the server's role may do to each table, read from a migrated database. */
import { evidence, reasons, rightsOf } from '@helsevev/kernel/store/rights'
import { testDatabase } from '@helsevev/kernel/testing/database'

export const rightsFile = 'docs/run/rights.md'

const HEAD = `# Rights of the server's role

Written by \`npm run docs\` from the database that the migrations make, with the reasons of \`kernel/store/rights.ts\`.

The server's role (\`helsevev_runtime\`) may read every table and add to it, but for \`schema_migration\` and \`logical_id_key\`, which it
only reads. It may
change or remove what stands below, and truncate nothing. Tables marked *evidence* are added to and closed: closing writes columns that
were empty, once, and a trigger refuses anything else, to the owner of the database too. Tables of evidence that are not below are never
changed.
[Decision 0040](../decisions/0040-intents-and-rights.md)

| Table | Evidence | May change | May remove | Reason |
|---|---|---|---|---|
`

export async function rightsPage(): Promise<string> {
  const database = await testDatabase()
  try {
    const known: readonly string[] = evidence
    const rows = (await rightsOf(database.owner)).filter(
      ({ update, delete: remove }) => remove || update === undefined || update.length > 0,
    )
    const line = ({ table, update, delete: remove }: (typeof rows)[number]) =>
      `| \`${table}\` | ${known.includes(table) ? 'yes' : ''} | ${update?.map((name) => `\`${name}\``).join(', ') ?? 'every column'} ` +
      `| ${remove ? 'yes' : ''} | ${reasons[table] ?? ''} |`
    return `${HEAD}${rows.map(line).join('\n')}\n`
  } finally {
    await database.close()
  }
}
