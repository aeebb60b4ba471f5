/** docs/api/e-prescription-messages.md: which messages are read, and where each element goes, from the declarations of the reader. */
import { type ElementRow, groupTables } from '@helsevev/clinical/e-prescription/element-table'
import { kindRows } from '@helsevev/clinical/e-prescription/kinds'
import { flags } from '@helsevev/clinical/e-prescription/notes'

export const ePrescriptionFile = 'docs/api/e-prescription-messages.md'

const intro = `# Messages of e-prescription

<!-- Written by npm run docs from clinical/e-prescription. Change it there, or the text in tools/docs/e-prescription-page.ts. -->

The messages of the Norwegian e-prescription chain that are read, and what becomes of each element. Sources: the schemas of KITH and Norsk
helsenett as published at Sarepta (MsgHead 1.2, AppRec 1.0 and 1.1, the messages below), by name and date; a test compares the tables with
the schemas where a folder has them (\`HELSEVEV_SCHEMAS\`).

## Rules

- A message stands in MsgHead or bare. It is found by the local name of its element and by the schema and the date in its namespace; a date
  that is not known is read as the newest and flagged.
- One structure reads all versions of a message. The order of elements is not checked.
- Nothing is dropped. What has no place is a note with path, text and flag; what cannot be read at all is a
  [problem](problems.md#unreadable-message). The number of notes, messages and octets has [limits](../run/limits.md).
- A message that lies inside another as base64, with its signature and perhaps compressed, is read in the same way, and kept as sent. The
  signature is not checked.
- An extension comes as an attachment of its message, as base64
  ([Utfylling av hodemeldingen](https://e-resept.atlassian.net/wiki/spaces/ERDOK/pages/2163212309), Norsk helsenett).
- A time without zone is Norwegian time, and flagged. A date is read as it stands, with or without zone.
- A code is read as sent, also when its list does not have it. Numbers keep their decimals as written; a unit is free text.
- A number of health personnel keeps the zeros in front; they are left out where numbers are compared.
`

const kindsTable = `## Messages

| Message | Element | Schemas |
|---|---|---|
${kindRows.map(([name, { element, schema, versions }]) => `| ${name} | \`${element}\` | ${schema} ${versions.join(', ')} |`).join('\n')}
`

const flagsTable = `## Flags

| Flag | Meaning |
|---|---|
${Object.entries(flags)
  .map(([flag, meaning]) => `| \`${flag}\` | ${meaning} |`)
  .join('\n')}
`

const rowText = ({ elements, cardinality, type, field }: ElementRow) =>
  field === undefined
    ? `| \`${elements[0]}\` | | ${elements[0]?.startsWith('@') ? 'an attribute' : 'with all below it'} | a note, \`kept-as-note\` |`
    : `| ${elements.map((element) => `\`${element}\``).join(', ')} | ${cardinality} | ${type} | \`${field}\` |`

/** The page. */
export function ePrescriptionPage(): Promise<string> {
  const tables = groupTables().map(({ name, rows, group: { choices, fields } }) => {
    const ruled = choices.map(({ fields: names, isRequired }) => {
      const elements = names.map((field) => `\`${fields[field]?.elements[0]}\``).join(', ')
      return `\n${isRequired ? 'One of' : 'At most one of'} ${elements}.\n`
    })
    return `### ${name}\n\n| Element | Times | Type | Field |\n|---|---|---|---|\n${rows.map(rowText).join('\n')}\n${ruled.join('')}`
  })
  return Promise.resolve([intro, kindsTable, flagsTable, `## Elements\n\n${tables.join('\n')}`].join('\n'))
}
