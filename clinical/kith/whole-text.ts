/**
 * The text of an element with that of all its descendants, as a reader of XHTML would see it: a superscript stays one, what is struck out
 * is marked in words, and no two words grow together. What is not text is left unread, and becomes a note (`unreadIn`).
 */
import { type Element, markRead } from './read-xml.ts'

/** Elements that stand within a line. Every other one, known or not, begins a line and ends it. */
// biome-ignore format: a list, as it is read
const INLINE: ReadonlySet<string> = new Set([
  'a', 'abbr', 'acronym', 'b', 'bdi', 'bdo', 'big', 'cite', 'code', 'data', 'del', 'dfn', 'em', 'font', 'i', 'img', 'input', 'ins', 'kbd',
  'label', 'mark', 'q', 's', 'samp', 'small', 'span', 'strike', 'strong', 'sub', 'sup', 'time', 'tt', 'u', 'var', 'wbr',
])
const CELLS: ReadonlySet<string> = new Set(['td', 'th'])
/** No text for a reader. */
const PROGRAMS: ReadonlySet<string> = new Set(['script', 'style', 'template'])
const STRUCK: ReadonlySet<string> = new Set(['del', 's', 'strike'])
/** Attributes about the look of an element. What any other says is kept. */
// biome-ignore format: a list, as it is read
const LOOK: ReadonlySet<string> = new Set([
  'align', 'bgcolor', 'border', 'cellpadding', 'cellspacing', 'class', 'color', 'cols', 'colspan', 'dir', 'face', 'frame', 'height', 'id',
  'lang', 'name', 'nowrap', 'rel', 'rows', 'rowspan', 'rules', 'scope', 'size', 'style', 'target', 'type', 'valign', 'width',
])

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ'
const LOWERED = '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢ'
const PLAIN = '0123456789+-=()ni'

/** Undefined when there is none. */
export function wholeTextOf(element: Element | undefined): string | undefined {
  if (!element) return undefined
  const shown = contentOf(element)
  const lines = shown.split('\n').map((line) => line.trim())
  const text = (element.children.length > 0 ? lines.filter((line) => line !== '').join('\n') : element.text).trim()
  return text === '' || text === 'NULL' ? undefined : text
}

/** `number`: of the item of a list that is numbered. */
function contentOf(element: Element): string {
  markRead(element)
  markRead(element, ...Object.keys(element.attributes).filter((name) => LOOK.has(name.toLowerCase())))
  const isNumbered = element.name.toLowerCase() === 'ol'
  let number = isNumbered ? integerOf(element, 'start') : 1
  return element.content
    .map((part) => {
      if (typeof part === 'string') return part
      if (!isNumbered || part.name.toLowerCase() !== 'li') return shownOf(part)
      number = integerOf(part, 'value', number)
      return shownOf(part, `${number++}. `)
    })
    .join('')
}

function shownOf(element: Element, before = ''): string {
  const name = element.name.toLowerCase()
  if (PROGRAMS.has(name)) return '\n'
  const text = `${before}${markedUp(name, element, contentOf(element))}`
  if (CELLS.has(name)) return `${text}  `
  return INLINE.has(name) ? text : `\n${text}\n`
}

/** The text with what its element means, and the attributes that a reader sees or follows. */
function markedUp(name: string, element: Element, inner: string): string {
  const style = element.attributes['style'] ?? ''
  const text = inner.trim()
  const isStruck = STRUCK.has(name) || /line-through/i.test(style)
  const raised = name === 'sup' || /vertical-align\s*:\s*super/i.test(style)
  const lowered = name === 'sub' || /vertical-align\s*:\s*sub/i.test(style)
  const shown = raised ? shifted(text, RAISED, '^') : lowered ? shifted(text, LOWERED, '_') : name === 'q' ? `«${text}»` : inner
  const marked =
    isStruck && text !== '' ? `${/^\s/.test(inner) ? ' ' : ''}[strøket: ${shown.trim()}]${/\s$/.test(inner) ? ' ' : ''}` : shown
  const beside = ['title', 'href', 'cite'].map((attribute) => attributeOf(element, attribute)).filter((one) => one && !text.includes(one))
  const instead = [attributeOf(element, 'alt'), name === 'li' ? undefined : attributeOf(element, 'value')].filter(Boolean)
  return [marked, ...instead, ...beside.map((one) => (marked === '' ? one : `(${one})`))].filter(Boolean).join(' ')
}

function attributeOf(element: Element, name: string): string | undefined {
  const value = element.attributes[name]?.trim()
  if (value !== undefined) markRead(element, name)
  return value || undefined
}

/** A whole number in an attribute; another text stays unread. */
function integerOf(element: Element, name: string, otherwise = 1): number {
  const text = element.attributes[name]?.trim() ?? ''
  if (!/^-?\d{1,6}$/.test(text)) return otherwise
  markRead(element, name)
  return Number(text)
}

/** Raised or lowered, in characters that are so where all exist, and otherwise after a sign. */
function shifted(text: string, signs: string, sign: '^' | '_'): string {
  if (text === '') return ''
  const characters = [...text.replaceAll('\u2212', '-')].map((one) => [...signs][PLAIN.indexOf(one)])
  if (characters.every((one) => one !== undefined)) return characters.join('')
  return /^[\p{L}\p{N}+-]+$/u.test(text) ? `${sign}${text}` : `${sign}(${text})`
}
