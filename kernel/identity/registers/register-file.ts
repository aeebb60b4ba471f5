/**
 * Files of the national registers: JSON Lines in UTF-8, with one practitioner or organisation to a line. A file is read once, in constant
 * memory, and imported whole or not at all; every line that breaks a rule is reported.
 */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Sql } from 'postgres'
import type { z } from 'zod'
import type { RowFault } from '../../codes/read-rows.ts'
import { faultsOf } from './line-faults.ts'
import { type Line, linesOf } from './lines.ts'

export interface Refused {
  /** The first faults, in the order of the lines; at most `FAULTS_REPORTED`. */
  faults: RowFault[]
  /** The number of further faults. */
  more: number
}

export interface RegisterFile<T> {
  /** The schema of one line; it transforms the line to what is stored in `register_file.content`. */
  schema: z.ZodType<T>
  key: (content: T) => string
  keyName: string
}

/** The greatest number of faults that are reported, since a file may have a fault on each of its lines. */
export const FAULTS_REPORTED = 1_000

class RefusedFile extends Error {
  readonly refused: Refused
  constructor(refused: Refused) {
    super('The file is refused.')
    this.refused = refused
  }
}

/**
 * Reads the file into the temporary table `register_file (line, key, content)` and lets `merge` compare it with the register, in one
 * transaction. Faults of the lines, and faults that `check` finds, roll it back. Throws when the database does.
 */
export async function importRegisterFile<T, R>(
  sql: Sql,
  bytes: AsyncIterable<Uint8Array>,
  file: RegisterFile<T>,
  check: (tx: Sql) => Promise<RowFault[]>,
  merge: (tx: Sql) => Promise<R>,
): Promise<(R & { rows: number }) | Refused> {
  try {
    const { merged, rows } = await sql.begin(async (transaction) => {
      // A transaction is called in the same way as the pool; only the types of the driver separate the two.
      const tx = transaction as unknown as Sql
      const faults = collector()
      const rows = await load(tx, bytes, file, faults.add)
      refuseIf(faults)
      for (const fault of [...(await repeated(tx, file.keyName)), ...(await check(tx))]) faults.add(fault)
      refuseIf(faults)
      return { merged: await merge(tx), rows }
    })
    return { ...merged, rows }
  } catch (error) {
    if (error instanceof RefusedFile) return error.refused
    throw error
  }
}

function collector() {
  const faults: RowFault[] = []
  let more = 0
  const add = (fault: RowFault): void => {
    if (faults.length < FAULTS_REPORTED) faults.push(fault)
    else more += 1
  }
  return { add, found: (): Refused => ({ faults, more }) }
}

function refuseIf({ found }: ReturnType<typeof collector>): void {
  const refused = found()
  if (refused.faults.length > 0) throw new RefusedFile(refused)
}

/** The number of characters that are sent to the connection at once. */
const CHUNK = 1 << 16

async function load<T>(
  tx: Sql,
  bytes: AsyncIterable<Uint8Array>,
  file: RegisterFile<T>,
  fault: (fault: RowFault) => void,
): Promise<number> {
  await tx`create temporary table register_file (line integer, key text, content jsonb) on commit drop`
  let lines = 0
  let rows = 0
  async function* copied(): AsyncGenerator<string> {
    let chunk = ''
    for await (const line of linesOf(bytes)) {
      lines += 1
      const content = contentOf(line, file, fault)
      if (!content) continue
      rows += 1
      chunk += `${line.number}\t${file.key(content)}\t${escaped(JSON.stringify(content))}\n`
      if (chunk.length < CHUNK) continue
      yield chunk
      chunk = ''
    }
    if (chunk) yield chunk
  }
  await pipeline(Readable.from(copied()), await tx`copy register_file (line, key, content) from stdin`.writable())
  if (lines === 0) fault({ line: 1, rule: 'The file holds no rows.', remedy: 'Write one JSON object to a line.' })
  await tx`analyze register_file`
  return rows
}

function contentOf<T>({ number, text, fault }: Line, { schema }: RegisterFile<T>, report: (fault: RowFault) => void): T | undefined {
  if (fault) {
    report({ line: number, ...fault })
    return undefined
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The message of the parser repeats the text, which may hold an identity number.
    report({ line: number, rule: 'The line is not JSON.', remedy: 'Write one JSON object to a line, without a comma after it.' })
    return undefined
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  for (const fault of faultsOf(parsed.error, value)) report({ line: number, ...fault })
  return undefined
}

/** Escapes JSON for the text format of COPY; JSON.stringify writes no tabs or line ends. */
function escaped(json: string): string {
  return json.replaceAll('\\', '\\\\')
}

async function repeated(tx: Sql, keyName: string): Promise<RowFault[]> {
  const rows = await tx<{ line: number; first: number }[]>`
    select line, first
    from (select line, min(line) over (partition by key) as first from register_file) as f
    where line <> first order by line limit ${FAULTS_REPORTED}`
  return rows.map(({ line, first }) => ({
    line,
    column: keyName,
    rule: `The same ${keyName} stands on line ${first}.`,
    remedy: 'Keep one of the two lines.',
  }))
}
