/** Where and on what was measured. */
import { execFileSync } from 'node:child_process'
import { cpus, totalmem, type } from 'node:os'

export interface Machine {
  processor: string
  cores: number
  /** GiB */
  memory: number
  system: string
  node: string
  postgres: string
  commit: string
  /** Whether files differed from the commit. */
  changed: boolean
}

export function machine(postgres: string): Machine {
  const [first] = cpus()
  return {
    processor: first?.model ?? 'unknown',
    cores: cpus().length,
    memory: Math.round(totalmem() / 2 ** 30),
    system: type(),
    node: process.version,
    postgres,
    commit: git('rev-parse', '--short', 'HEAD') || 'unknown',
    changed: git('status', '--porcelain') !== '',
  }
}

function git(...parameters: string[]): string {
  try {
    return execFileSync('git', parameters, { cwd: import.meta.dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    // A copy without its history still measures.
    return ''
  }
}
