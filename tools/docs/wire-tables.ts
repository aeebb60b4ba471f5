/** Tables and shapes of a wire for its page of docs. */
import type { Contract, Row } from '@helsevev/kernel/wire/contract'
import type * as z from 'zod/mini'
import { declaration, type Names, notation, shapesIn } from './notation.ts'

export interface Column {
  title: string
  cell(row: Row): string
}

/** Code in a cell; a bar would end it. */
export const code = (text: string) => (text ? `\`${text.replaceAll('|', String.raw`\|`)}\`` : '')

/** `GET /control/use?from=&until=` */
export function address(prefix: string, row: Row): string {
  const path = row.path.replaceAll(/:(\w+)/g, '{$1}')
  const query = Object.entries(row.query?.shape ?? {}).map(([name, form]) => `${name}=${choices(form)}`)
  return `${row.method} ${prefix}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

function choices(form: z.core.$ZodType): string {
  const { def } = (form as z.core.$ZodTypes)._zod
  if (def.type === 'optional') return choices(def.innerType)
  return def.type === 'enum' ? Object.values(def.entries).join('|') : ''
}

export function table(rows: Contract, columns: readonly Column[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`.replaceAll(/ {2,}/g, ' ')
  return [
    line(columns.map(({ title }) => title)),
    `|${columns.map(() => '---').join('|')}|`,
    ...Object.values(rows).map((row) => line(columns.map(({ cell }) => cell(row)))),
  ].join('\n')
}

export const columns = (prefix: string, names: Names): Record<'route' | 'body' | 'answer' | 'about' | 'headers', Column> => ({
  route: { title: 'Route', cell: (row) => code(address(prefix, row)) },
  headers: { title: 'Headers', cell: ({ headers = [] }) => headers.map(code).join(', ') },
  body: { title: 'Body', cell: ({ body }) => (body ? code(notation(body, names)) : '') },
  answer: { title: 'Answer', cell: ({ answer }) => code(notation(answer, names)) },
  about: { title: '', cell: ({ about }) => about },
})

/** Every shape that the rows name, in the order of their first use. */
export function shapes(rows: Contract, names: Names): string {
  const used = new Set(
    Object.values(rows).flatMap(({ body, answer }) => [...(body ? shapesIn(body, names) : []), ...shapesIn(answer, names)]),
  )
  const text = [...used].map((schema) => declaration(names.get(schema) ?? '', schema, names))
  return ['```ts', text.join('\n\n'), '```'].join('\n')
}

/** Replaces what stands between the marks of each name, in a page that people write too. @throws when marks are missing or unknown. */
export function between(page: string, parts: Readonly<Record<string, string>>): string {
  const marks = /<!-- contract: (\w+) -->\n[\s\S]*?<!-- end -->/g
  const found = [...page.matchAll(marks)].map(([, name]) => name)
  const missing = Object.keys(parts).filter((name) => !found.includes(name))
  if (missing.length > 0) throw new Error(`The page has no place for ${missing.join(', ')}: <!-- contract: name --> and <!-- end -->.`)
  return page.replace(marks, (_, name: string) => {
    const part = parts[name]
    if (part === undefined) throw new Error(`Nothing is called ${name}.`)
    return `<!-- contract: ${name} -->\n${part}\n<!-- end -->`
  })
}
