/**
 * What the acts on agreements share. Each act is one transaction, then one row of the access log, and only then an answer: an act that has
 * been acknowledged is always in the log. docs/decisions/0016-agreements-in-versions.md
 */
import type { Sql } from 'postgres'
import type { Area } from '../../access/area.ts'
import type { Actor } from '../../audit/actors.ts'
import type { Change, ChangeLog } from '../../audit/change-log.ts'
import { isProblem, type Problem, type Result } from '../../problem/problem.ts'
import type { Ids } from '../../store/ids.ts'
import { holdsIdentityNumber } from '../../values/identity-number.ts'
import { saysSomething } from '../../values/reason.ts'
import { type Rule, refusal } from './refusal.ts'

export interface Acts {
  sql: Sql
  ids: Ids
  clock: () => Date
  changes: ChangeLog
  /** The information services that exist here; an agreement about any other is refused. */
  services: readonly KnownService[]
}

type KnownService = Pick<Area, 'id' | 'readers' | 'contractCodes'>

export interface Done<T> {
  done: T
  change: Omit<Change, 'actor'>
}

/**
 * Runs `work` in one transaction on behalf of a named person, and logs what it did. When `work` returns a Problem, nothing is changed or
 * logged.
 */
export async function act<T>(acts: Acts, actor: Actor, work: (tx: Sql, now: Date) => Promise<Done<T> | Problem>): Promise<Result<T>> {
  const wrong = nameFault(actor.name)
  if (wrong) return wrong
  const outcome = await acts.sql.begin(async (tx) => await work(tx as unknown as Sql, acts.clock()))
  if (isProblem(outcome)) return outcome
  await acts.changes({ ...outcome.change, actor })
  return outcome.done
}

/** Control characters except line breaks and tabs. PostgreSQL stores no NUL, and a terminal obeys the others. */
const CONTROL = /[^\P{Cc}\n\t]/u

export function nameFault(name: string): Problem | undefined {
  if (name.trim().length < 2 || CONTROL.test(name)) return refusal('name-missing')
  return holdsIdentityNumber(name) ? refusal('identity-number-in-text') : undefined
}

/** A text that people read must be long enough to say something, short enough to read, and without identity numbers. */
export function textRule(text: string, rule: Rule, least: number, most: number): Rule | undefined {
  const { length } = text.trim()
  if (length < least || length > most || CONTROL.test(text)) return rule
  return holdsIdentityNumber(text) ? 'identity-number-in-text' : undefined
}

export function reasonFault(reason: string): Problem | undefined {
  const rule = textRule(reason, 'reason-missing', 1, 500) ?? (saysSomething(reason) ? undefined : 'reason-missing')
  return rule && refusal(rule)
}

export function serviceFault(acts: Acts, service: string): Problem | undefined {
  return acts.services.some(({ id }) => id === service) ? undefined : refusal('service-unknown', `${service}:`)
}

/** Whether two names are the same person's. Differences in capitals, in spaces and in the Unicode form of letters do not count. */
export function sameName(one: string, other: string): boolean {
  const plain = (name: string) => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('nb')
  return plain(one) === plain(other)
}
