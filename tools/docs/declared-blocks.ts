/**
 * Blocks of pages that repeat what a declaration says: who reads, on what legal basis, how it is stored and for how long. They stand
 * between two remarks, so that people write the rest of the page; a page without the remarks is a fault.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codesFromData } from '@helsevev/kernel/codes/data'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { services } from '@helsevev/server/services'

const root = join(import.meta.dirname, '../..')
const PURPOSES = ['TREAT', 'ETREAT', 'COC', 'BTG'] as const
const PROFESSION = 'urn:oid:2.16.578.1.12.4.1.1.9060'

type Declared = Pick<InformationService, 'id' | 'readers' | 'legalBasis' | 'storageMode' | 'retention' | 'representation'>

/** Pages with a block, as rows of tools/docs.ts. */
export const declaredPages = [
  { file: 'docs/privacy.md', generate: () => page('docs/privacy.md', 'declarations', privacyBlock(services)) },
  ...services.map((service) => {
    const file = `docs/services/${service.id}.md`
    return { file, generate: () => page(file, 'readers', readersBlock(service)) }
  }),
]

async function page(file: string, name: string, block: string): Promise<string> {
  return withBlock(readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n'), name, block)
}

/**
 * The text with this content in the block of that name.
 * @throws when the text has no such block, or several
 */
export function withBlock(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name}: written by npm run docs -->`, `<!-- end of ${name} -->`]
  const [before, inside, ...more] = text.split(begin)
  const [, after] = inside?.split(end) ?? []
  if (before === undefined || after === undefined || more.length > 0) throw new Error(`Write the lines ${begin} and ${end} once.`)
  return `${before}${begin}\n\n${content}\n\n${end}${after}`
}

/** Who reads, by profession and purpose. */
export function readersBlock({ readers }: Pick<Declared, 'readers'>): string {
  const rows = Object.entries(readers).map(
    ([code, purposes]) => `| ${nameOf(code)} | \`${code}\` | ${PURPOSES.map((one) => (purposes.includes(one) ? 'yes' : '')).join(' | ')} |`,
  )
  return [`| Reader (list 9060) | | ${PURPOSES.join(' | ')} |`, `|---|---|${PURPOSES.map(() => '---|').join('')}`, ...rows].join('\n')
}

function privacyBlock(declared: readonly Declared[]): string {
  const readers = [...new Set(declared.flatMap((one) => Object.keys(one.readers)))].sort()
  const lines = readers.map((code) => `| ${nameOf(code)} | ${declared.map((one) => one.readers[code]?.join(', ') ?? '').join(' | ')} |`)
  const rows = declared.map(({ id, legalBasis, storageMode, retention, representation }) => {
    const laws = new Map<string, string[]>()
    for (const { law, clause } of legalBasis) laws.set(law, [...new Set([...(laws.get(law) ?? []), clause])])
    const basis = [...laws].map(([law, clauses]) => `${law} ${clauses.join(', ')}`).join('; ')
    return `| ${id} | ${basis} | ${storageMode} | ${retention} | ${agesOf(representation)} |`
  })
  return [
    '| Service | Legal basis | Storage | Retention | Acts for the patient |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    'Staff who read, and for which purposes. A controller can narrow this for its own staff, and not widen it:',
    '',
    `| Reader (list 9060) | ${declared.map(({ id }) => id).join(' | ')} |`,
    `|---|${declared.map(() => '---|').join('')}`,
    ...lines,
  ].join('\n')
}

function agesOf({ parentsOfUnder12, parentsOf12To15, youth, guardian, fosterParents }: Declared['representation']): string {
  return [
    ...(parentsOfUnder12 ? ['parents of a child under 12'] : []),
    ...(parentsOf12To15 ? ['parents of a youth of 12 to 15'] : []),
    ...(youth === 'never' ? [] : ['youths of 13 to 15 themselves with a parent’s consent']),
    ...(guardian ? ['guardians'] : []),
    ...(fosterParents ? ['foster parents'] : []),
  ].join(', ')
}

function nameOf(code: string): string {
  return codesFromData().display(PROFESSION, code) ?? code
}
