/** Files to replay: JSON and XML as they stand, and what a Binary wraps taken out of it. */
import { isUtf8 } from 'node:buffer'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'

export interface SentFile {
  /** Its path below the folder that was given, or its own name. */
  name: string
  folder: string
  /** What is sent: the text as it stands, so that no number loses its decimals. */
  text: string
  /** The same parsed; undefined when it is no JSON. */
  content: unknown
  /** For an XML message, what is sent in the place of the text: its encoding is for the server to find out. */
  octets?: Buffer<ArrayBuffer>
  /** JSON that is not UTF-8, as it stands: as a text it would be another file, which the server would take. */
  notUtf8?: Buffer<ArrayBuffer>
}

/** The .json and .xml files of folders and of the folders in them, in order of their paths, and the files named themselves. Throws when one
 * cannot be read. */
export async function readFiles(paths: readonly string[]): Promise<SentFile[]> {
  const files: { path: string; name: string }[] = []
  for (const path of paths) {
    if (!(await stat(path)).isDirectory()) files.push({ path, name: basename(path) })
    else files.push(...(await filesIn(path)).map((name) => ({ path: join(path, name), name })))
  }
  return await Promise.all(
    files.map(async ({ path, name }) => {
      const octets = await readFile(path)
      return { ...(/\.xml$/i.test(path) ? xmlFile(path, octets) : jsonFile(path, octets)), name }
    }),
  )
}

/** Paths below the folder, with `/`. A link to another folder is not followed. */
async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found
    .filter((one) => !one.isDirectory() && /\.(json|xml)$/i.test(one.name))
    .map((one) => relative(folder, join(one.parentPath, one.name)).replaceAll('\\', '/'))
    .sort()
}

function jsonFile(path: string, octets: Buffer<ArrayBuffer>): SentFile {
  const file = sentFile(path, octets.toString('utf8'))
  return isUtf8(octets) ? file : { ...file, notUtf8: octets }
}

/** `text` is for looking into: names of elements are ASCII in whatever encoding the message has, but for UTF-16. */
export function xmlFile(path: string, octets: Buffer<ArrayBuffer>): SentFile {
  return { name: basename(path), folder: dirname(path), text: octets.toString('latin1'), content: undefined, octets }
}

export function sentFile(path: string, text: string): SentFile {
  const [folder, name] = [dirname(path), basename(path)]
  const content = parsed(text)
  const inner = wrappedJson(content)
  return inner === undefined ? { name, folder, text, content } : { name, folder, text: inner, content: parsed(inner) }
}

/** The JSON in a Binary (http://hl7.org/fhir/R4/binary.html), whose data is base64; undefined when it is something else. */
function wrappedJson(content: unknown): string | undefined {
  if (!isObject(content) || content['resourceType'] !== 'Binary' || typeof content['data'] !== 'string') return undefined
  const text = Buffer.from(content['data'], 'base64').toString('utf8')
  return parsed(text) === undefined ? undefined : text
}

/** A byte order mark is no part of the JSON (RFC 8259 section 8.1), and the server takes it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    // Not JSON: sent as it is, so that the server says so.
    return undefined
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
