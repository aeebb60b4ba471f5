/** Copies of an XML message, each with one element or attribute of another shape: absent, empty, doubled, misspelt, or of a wrong kind. */

export interface XmlMutant {
  what: string
  make(): string
}

const values: readonly string[] = [
  '',
  ' ',
  '\u200b',
  'x',
  '-1',
  '1e999',
  '2026-02-30',
  '2026-02-30T25:00:00',
  'a'.repeat(5000),
  '&#1;',
  '<x/>',
]

export function xmlMutantsOf(text: string): XmlMutant[] {
  return [
    ...elementsIn(text).flatMap((element) => ofElement(text, element)),
    ...attributesIn(text).flatMap((one) => ofAttribute(text, one)),
  ]
}

interface Place {
  name: string
  start: number
  end: number
}

/** Every element, from its first to after its last sign. */
function elementsIn(text: string): Place[] {
  const open: { name: string; start: number }[] = []
  const found: Place[] = []
  for (const { 0: tag, 1: isEnd, 2: name = '', index } of text.matchAll(/<(\/?)([A-Za-z][\w:.-]*)[^<>]*>/g)) {
    const end = index + tag.length
    if (tag.endsWith('/>')) found.push({ name, start: index, end })
    else if (!isEnd) open.push({ name, start: index })
    else found.push({ name, start: open.pop()?.start ?? index, end })
  }
  return found
}

function ofElement(text: string, { name, start, end }: Place): XmlMutant[] {
  const whole = text.slice(start, end)
  const put = (what: string, changed: string): XmlMutant => ({
    what: `${name} ${what}`,
    make: () => text.slice(0, start) + changed + text.slice(end),
  })
  return [
    put('missing', ''),
    put('doubled', whole + whole),
    put('empty', `<${name}/>`),
    put('misspelt', whole.replaceAll(name, `${name}s`)),
    put('in itself', `<${name}>${whole}</${name}>`),
    put('as text', `<${name}>text</${name}>`),
  ]
}

/** Every value of an attribute, without its quotation marks. */
function attributesIn(text: string): Place[] {
  return [...text.matchAll(/ ([A-Z]\w*)="([^"<]*)"/g)].map(({ 0: whole, 1: name = '', 2: value = '', index }) => {
    const end = index + whole.length - 1
    return { name, start: end - value.length, end }
  })
}

function ofAttribute(text: string, { name, start, end }: Place): XmlMutant[] {
  const before = text.slice(0, start)
  const element = before.slice(before.lastIndexOf('<') + 1).split(' ')[0]
  return values.map((value) => ({
    what: `${element} ${name}="${value.slice(0, 20)}"`,
    make: () => before + value + text.slice(end),
  }))
}
