/**
 * Decodes the octets of an XML message. Laboratories declare encodings wrongly: the octets themselves decide before the declaration, and a
 * disagreement is a flag. XML 1.0 appendix F, https://www.w3.org/TR/xml/#sec-guessing.
 */
import { isAscii, isUtf8 } from 'node:buffer'

export interface Decoded {
  text: string
  /** The name in the Encoding Standard. */
  encoding: string
  /** The encoding that the message declared, when it is wrong. */
  declared: string | undefined
}

const LATIN = 'windows-1252'

export function decodeXml(octets: Buffer): Decoded {
  const unicode = unicodeByFirstOctets(octets)
  const declared = declaredEncoding(octets, unicode)
  const told = labelOf(declared ?? 'utf-8')
  if (unicode && unicode !== 'utf-8') return decoded(octets, unicode, declared, told === unicode || told === 'utf-16')
  // Text in any other encoding is hardly ever valid UTF-8 by chance; plain ASCII is valid in both.
  if (told !== 'utf-8' && isAscii(octets)) return decoded(octets, told ?? LATIN, declared, told !== undefined)
  if (isUtf8(octets)) return decoded(octets, 'utf-8', declared, told === 'utf-8')
  return told === 'utf-8' || told === undefined ? decoded(octets, LATIN, declared, false) : decoded(octets, told, declared, true)
}

function decoded(octets: Buffer, encoding: string, declared: string | undefined, agrees: boolean): Decoded {
  return { text: new TextDecoder(encoding).decode(octets), encoding, declared: agrees ? undefined : (declared ?? 'utf-8') }
}

function unicodeByFirstOctets(octets: Buffer): string | undefined {
  const [a, b, c, d] = octets
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0x3c && b === 0 && d === 0) return 'utf-16le'
  if (a === 0 && b === 0x3c && c === 0) return 'utf-16be'
  return undefined
}

function declaredEncoding(octets: Buffer, unicode: string | undefined): string | undefined {
  const start = octets.subarray(0, 400)
  const text = unicode ? new TextDecoder(unicode).decode(start) : start.toString('latin1')
  return /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z][\w.-]{0,39})["']/.exec(text)?.[1]
}

/** The encoding that a label names; undefined for one that is not known. */
function labelOf(label: string): string | undefined {
  if (/^utf-?16$/i.test(label)) return 'utf-16'
  try {
    return new TextDecoder(label).encoding
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
