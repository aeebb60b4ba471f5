/** The words of a page that the server writes, from a table of texts. */
import type { Language } from '@helsevev/ui/format.ts'
import { type Row, rowIn } from '@helsevev/ui/texts.ts'

export type PageWords<Table> = (key: keyof Table & string) => string

export function wordsOf<Key extends string>(table: Readonly<Record<Key, Row>>, language: Language): (key: Key) => string {
  return (key) => rowIn(table[key], language)
}
