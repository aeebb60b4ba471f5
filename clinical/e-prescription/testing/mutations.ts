/**
 * Variants of a message that a sender could send by mistake: cut, an element doubled, emptied, or with a value of another type; the
 * same of what lies inside as base64.
 */
import { Buffer } from 'node:buffer'

/** The same for the same octets: a small generator of numbers, seeded by their length. */
function numbers(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) ^ (state >>> 12)) >>> 0
    return state % Math.max(1, below)
  }
}

const wrongValues = ['', 'x', '-1', '2021-13-40', '2021-03-28T02:30:00', 'true', '99999999999999999999', 'Ø', '&lt;', 'NULL']

export function* mutationsOf(octets: Buffer, count: number): Generator<Buffer> {
  const next = numbers(octets.length)
  const text = octets.toString('utf8')
  const tags = [...text.matchAll(/<([\w:]{1,60})(?:\s[^<>]{0,400})?>[^<>]{0,4000}<\/\1>|<[\w:]{1,60}(?:\s[^<>]{0,400})?\/>/g)]
  const values = [...text.matchAll(/>[^<>]+<|="[^"]*"/g)]
  const inside = [...text.matchAll(/>[A-Za-z0-9+/=\s]{200,}</g)]
  for (let made = 0; made < count; made += 1) {
    const tag = tags[next(tags.length)]
    const value = values[next(values.length)]
    const wrong = wrongValues[next(wrongValues.length)] ?? ''
    const from = next(text.length)
    const inner = inside[next(inside.length)]
    if (made % 6 === 5 && inner) yield replaced(text, inner.index + 1, inner[0].length - 2, innerMutant(inner[0], next(1000)))
    else if (made % 5 === 0 || !tag || !value) yield octets.subarray(0, next(octets.length))
    else if (made % 5 === 1) yield replaced(text, tag.index, tag[0].length, tag[0] + tag[0])
    else if (made % 5 === 2) yield replaced(text, tag.index, tag[0].length, '')
    else if (made % 5 === 3) yield replaced(text, value.index, value[0].length, value[0].startsWith('=') ? `="${wrong}"` : `>${wrong}<`)
    else yield replaced(text, from, next(60), '')
  }
}

/** Base64 of a variant of what lies inside. */
function innerMutant(content: string, seed: number): string {
  const octets = Buffer.from(content, 'base64')
  const variants = [...mutationsOf(Buffer.concat([octets, Buffer.alloc(seed, 0x20)]), 2 + (seed % 4))]
  return (variants.at(-1) ?? octets).toString('base64')
}

function replaced(text: string, start: number, length: number, by: string): Buffer {
  return Buffer.from(text.slice(0, start) + by + text.slice(start + length), 'utf8')
}
