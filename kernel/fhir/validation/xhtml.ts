/**
 * The rules of narrative, txt-1 and txt-2 (http://hl7.org/fhir/R4/narrative.html#Narrative.div): a `div` of XHTML with only the elements
 * and attributes of formatting, and with something to read or an image. One pass from left to right.
 */
const ELEMENTS = new Set(
  (
    'a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol p pre q samp ' +
    'small span strong sub sup table tbody td tfoot th thead tr tt ul var'
  ).split(' '),
)
const ATTRIBUTES = new Set(
  (
    'abbr accesskey align alt axis bgcolor border cellhalign cellpadding cellspacing cellvalign char charoff charset cite class ' +
    'colspan compact coords dir frame headers height href hreflang hspace id lang longdesc name nowrap rel rev rowspan rules scope shape ' +
    'span src start style summary tabindex title type valign value vspace width xml:lang xmlns'
  ).split(' '),
)
const ATTRIBUTE = /\s+([A-Za-z][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const TAG_NAME = /<(\/?)([A-Za-z][\w:]*)/y

/** Whether a text is narrative as FHIR allows it. */
export function isNarrative(text: string): boolean {
  const open: string[] = []
  let at = 0
  let hasContent = false
  let isClosed = false
  while (at < text.length) {
    const next = text.indexOf('<', at)
    const between = text.slice(at, next < 0 ? text.length : next)
    if (between.trim() !== '') {
      if (open.length === 0) return false
      hasContent = true
    }
    if (next < 0) break
    if (text.startsWith('<!--', next)) {
      const end = text.indexOf('-->', next + 4)
      if (end < 0) return false
      at = end + 3
      continue
    }
    const tag = tagAt(text, next)
    if (!tag || isClosed || (open.length === 0 && tag.name !== 'div')) return false
    if (tag.closes) {
      if (open.pop() !== tag.name) return false
      isClosed = open.length === 0
    } else {
      if (tag.name === 'img') hasContent = true
      if (!tag.isEmpty) open.push(tag.name)
    }
    at = tag.end
  }
  return isClosed && hasContent
}

/** The tag that begins at `<`; undefined for one that is not well-formed or not allowed. */
function tagAt(text: string, start: number): { name: string; closes: boolean; isEmpty: boolean; end: number } | undefined {
  TAG_NAME.lastIndex = start
  const match = TAG_NAME.exec(text)
  const name = match?.[2] ?? ''
  if (!match || !ELEMENTS.has(name)) return undefined
  let at = TAG_NAME.lastIndex
  for (;;) {
    ATTRIBUTE.lastIndex = at
    const attribute = ATTRIBUTE.exec(text)
    if (!attribute) break
    const [, key = '', double, single] = attribute
    if (!ATTRIBUTES.has(key) || /^\s*(?:javascript|vbscript|data:text)/i.test(double ?? single ?? '')) return undefined
    at = ATTRIBUTE.lastIndex
  }
  while (/\s/.test(text.charAt(at))) at += 1
  const isEmpty = text.startsWith('/>', at)
  if (!isEmpty && text.charAt(at) !== '>') return undefined
  return { name, closes: match[1] === '/', isEmpty, end: at + (isEmpty ? 2 : 1) }
}
