/** A secret that development makes at first start and keeps; production takes its secrets from the environment. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type LogKey, logKey, newLogKeyText } from '@helsevev/kernel/audit/log-key'
import type { Environment } from './env.ts'

export async function keptSecret(directory: string, name: string, make: () => string): Promise<string> {
  const path = join(directory, name)
  const kept = await readFile(path, 'utf8').catch(() => undefined)
  if (kept) return kept
  await mkdir(directory, { recursive: true })
  // `wx`: of two first starts at once, one writes and the other reads what was written.
  await writeFile(path, make(), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return await readFile(path, 'utf8')
}

/** The key that signs the access log, when there is one. Makes none. */
export async function logKeyIfAny({
  logKey: text,
  dataDirectory,
}: Pick<Environment, 'logKey' | 'dataDirectory'>): Promise<LogKey | undefined> {
  const kept = text ?? (await readFile(join(dataDirectory, 'log-key'), 'utf8').catch(() => undefined))
  return kept ? logKey(kept) : undefined
}

/** The key that signs the access log: of the environment, or the one that development keeps. */
export async function logKeyOf({ logKey: text, dataDirectory }: Pick<Environment, 'logKey' | 'dataDirectory'>): Promise<LogKey> {
  return logKey(text ?? (await keptSecret(dataDirectory, 'log-key', newLogKeyText)))
}
