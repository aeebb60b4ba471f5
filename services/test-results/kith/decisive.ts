/** Reads an element whose code decides what a result means: by the code of its list, or by the exact name of one, and by nothing else. */
import { codeOf, type Element, markRead, textOf } from '@helsevev/clinical/kith/read-xml'
import { codeNamed, type DecisiveList, isListed } from '../model/decisive-codes.ts'

export interface Decisive {
  /** A code of the list; what was sent in its place when that is none, which no table has. */
  code: string
  /** The code was left out, and its name is that of the list. */
  byName?: true
  /** What was sent when it is no code and no name of the list, or both and they differ. */
  words?: string
}

/** Undefined when the element is absent or says nothing. `known`: what is read as a code in addition to those of the list. */
export function decisiveOf(element: Element | undefined, list: DecisiveList, known?: (code: string) => boolean): Decisive | undefined {
  if (!element) return undefined
  const { DN, OT } = element.attributes
  const names = [DN, OT].flatMap((name) => (name?.trim() && name.trim() !== 'NULL' ? [name.trim()] : []))
  const written = codeOf(element) ?? (names.length === 0 ? textOf(element) : undefined)
  const [first] = written === undefined ? names : [written]
  if (first === undefined) return undefined
  const isCode = written !== undefined && (isListed(list, written) || known?.(written) === true)
  const code = isCode ? written : codeNamed(list, first)
  const others = names.flatMap((name) => codeNamed(list, name) ?? [])
  if (code !== undefined && !others.some((other) => isListed(list, code.toUpperCase()) && other !== code.toUpperCase())) {
    if (first === OT?.trim()) markRead(element, 'OT')
    return isCode ? { code } : { code, byName: true }
  }
  markRead(element, 'OT')
  const words = [...new Set([...(written === undefined ? [] : [written]), ...names])].join(' ')
  return { code: words, words }
}
