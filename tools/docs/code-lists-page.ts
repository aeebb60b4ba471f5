/** The page of every code list: where it is from, which version, and how much of it ships. Written from the shipped files. */
import { readRows } from '@helsevev/kernel/codes/read-rows'
import { referenceFiles, shippedFile } from '@helsevev/kernel/codes/reference-files'

export const codeListsFile = 'docs/run/code-lists.md'

const VOLVEN = 'urn:oid:2.16.578.1.12.4.1.1.'

/** Why a list ships without its codes, and what a part leaves out. */
const remarks: Readonly<Record<string, string>> = {
  'http://loinc.org': 'Codes are taken as sent. Those that mean the same as others are in the equivalences',
  'http://snomed.info/sct': 'Needs a licence, which Norway has and each installation must take. Codes are taken as sent',
  'http://unitsofmeasure.org': 'No list but a grammar: units are read and converted by a library',
  [`${VOLVEN}3402`]: 'Ships as municipalities',
  [`${VOLVEN}7010`]: 'Not in the source that the lists were read from. Codes are taken as sent',
  [`${VOLVEN}7110`]: 'Published apart, as a register of its own. Codes are taken as sent',
  [`${VOLVEN}7170`]: 'Published apart, as a register of its own. Codes are taken as sent',
  [`${VOLVEN}7180`]: 'Published apart, and changes each year. Codes are taken as sent',
  [`${VOLVEN}7230`]: 'An older list to which laboratories add codes of their own. Codes are taken as sent',
  [`${VOLVEN}7270`]: 'Published apart, as a register of its own. Codes are taken as sent',
  [`${VOLVEN}7280`]: 'Published apart, and changes each month. Codes are taken as sent; some are in the equivalences',
  [`${VOLVEN}7419`]: 'Without codes 36 and 61, which have no text',
  [`${VOLVEN}7435`]: 'Empty in the source that the lists were read from. Codes are taken as sent',
  [`${VOLVEN}8202`]: 'Expertises of Pasientens prøvesvar, such as MGEN and NUK, are not in the list as it was read',
  [`${VOLVEN}8212`]: 'The codes are those of each laboratory. They are taken as sent',
  [`${VOLVEN}8219`]: 'Laboratories add codes of their own, which are taken as sent',
  [`${VOLVEN}8351`]: 'Not in the source that the lists were read from. Codes are taken as sent',
  [`${VOLVEN}9603`]: 'NORU, and the codes for youths and parents, stand in newer documents and not in the list as it was read',
  'urn:oid:2.16.840.1.113883.1.11.20448': 'The four purposes of the trust framework',
}

export interface CodeList {
  system: string
  name: string
  version: string
  content: string
  source: string
  codes: readonly string[]
  remark: string | undefined
}

/** The shipped lists with their codes. */
export function codeLists(): CodeList[] {
  const systems = readRows(referenceFiles['code-systems'], shippedFile('code-systems'))
  const codes = readRows(referenceFiles.codes, shippedFile('codes'))
  if ('faults' in systems || 'faults' in codes) throw new Error('The shipped code lists have faults: see kernel/codes/codes.test.ts.')
  const bySystem = new Map<string, string[]>()
  for (const { values } of codes.rows) bySystem.set(values.system, [...(bySystem.get(values.system) ?? []), values.code])
  return systems.rows.map(({ values: { system, name, version, content, source } }) => ({
    system,
    name,
    version,
    content,
    source,
    codes: bySystem.get(system) ?? [],
    remark: remarks[system],
  }))
}

const HEAD = `# Code lists

Written by \`npm run docs\` from \`kernel/codes/data\`. Every list that a service, a mapping or a declaration names stands here, and
\`tools/code-lists.test.ts\` fails for one that does not. A list of Volven is known by several spellings:
[reference data](reference-data.md#lists-in-csv). Code systems of HL7 that FHIR R4 binds come with the validator, and are not here.

- **complete**: every code of the list, as it was read. A code that is not in it is flagged or refused, as the page of the service says.
- **fragment**: a part of the list. Codes that are not here are taken as sent.
- **not-present**: no codes ship. Codes are taken as sent, without their names.

The version of a list of Volven is the month in which it was read, since the lists have no versions of their own. These are facts of public
lists; the publishers are named as sources.

| List | Name | Version | Codes | Content | Source |
|---|---|---|---|---|---|
`

export function codeListsPage(): Promise<string> {
  const lists = codeLists()
  const line = ({ system, name, version, codes, content, source, remark }: CodeList) =>
    `| ${system.startsWith(VOLVEN) ? system.slice(VOLVEN.length) : `\`${system}\``} | ${name} | ${version} | ${codes.length || ''} ` +
    `| ${content}${remark ? `. ${remark}` : ''} | ${source} |`
  const total = lists.reduce((sum, { codes }) => sum + codes.length, 0)
  return Promise.resolve(`${HEAD}${lists.map(line).join('\n')}\n\n${lists.length} lists, ${total} codes.\n`)
}
