/** What the commands share: the environment that the server reads, and the database it uses, whether the server runs or not. */
import { type Database, openDatabase } from '@helsevev/kernel/store/database'
import { silent } from '@helsevev/kernel/store/log'
import { type Environment, parseEnvironment } from '../env.ts'

/** Exit codes of the commands. */
export const DONE = 0
export const REFUSED = 1
export const WRONG_USE = 2
/** EX_CONFIG of sysexits.h, as the server itself ends. */
export const WRONG_ENVIRONMENT = 78

/** Opens the database of the environment, joins the embedded one of a running server, and closes what it opened. */
export async function withDatabase(environment: Environment, work: (database: Database) => Promise<number>): Promise<number> {
  const { databaseUrl, migrationUrl, dataDirectory } = environment
  const database = await openDatabase({ databaseUrl, migrationUrl, dataDirectory, log: silent, poolSize: 2, brief: true })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/** The environment, or its faults printed and an exit code. */
export function environmentOr(source: Record<string, string | undefined>, print: (text: string) => void): Environment | number {
  const environment = parseEnvironment(source)
  if (!('sentences' in environment)) return environment
  print(`${environment.sentences.join('\n')}\n`)
  return WRONG_ENVIRONMENT
}
