/**
 * The rules of misuse control. Each is one SQL file, and the comment lines at its head state what it asks and why. A rule finds facts that
 * are worth a question. It gives no score and accuses nobody. docs/decisions/0018-misuse-rules-show-facts.md
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Only the rules in this list are run. Lists of rules have the same order. */
export const ruleIds = [
  'own-record',
  'colleague',
  'neighbour',
  'same-family-name',
  'celebrity',
  'after-death',
  'blocked-then-looked',
  'no-contact-afterwards',
  'unusual-hour',
  'unusual-volume',
] as const
export type RuleId = (typeof ruleIds)[number]

interface InLanguages {
  nb: string
  nn: string
  en: string
}

export interface Rule {
  id: RuleId
  title: InLanguages
  /** The question, in words for the person who decides whether to use the rule. */
  asks: string
  source: string
  /** A sentence with the facts of the case in braces, such as `{name}`. */
  why: InLanguages
  /** One query over the tables of kernel/areas/misuse/tables. */
  text: string
}

export const rulesFolder = join(import.meta.dirname, 'rules')

export const rules: readonly Rule[] = ruleIds.map((id) => parseRule(id, readFileSync(join(rulesFolder, `${id}.sql`), 'utf8')))

/** Parses the file of a rule. Throws when its head lacks a line, or names another rule. */
export function parseRule(id: RuleId, text: string): Rule {
  const head = new Map<string, string>()
  let key = ''
  for (const line of text.split('\n')) {
    const [, name, value, more] = /^-- (?:([a-z]+(?:-[a-z]{2})?): (.+)| {2}(.+))$/.exec(line) ?? []
    if (!name && !more) break
    key = name ?? key
    head.set(key, value ?? `${head.get(key)} ${more}`)
  }
  const line = (name: string): string => {
    const value = head.get(name)
    if (!value) throw new Error(`The head of the rule ${id} has no line "-- ${name}: ".`)
    return value
  }
  if (line('id') !== id) throw new Error(`The rule ${id} says it is ${line('id')}.`)
  return {
    id,
    title: { nb: line('nb'), nn: line('nn'), en: line('en') },
    asks: line('asks'),
    source: line('source'),
    why: { nb: line('why-nb'), nn: line('why-nn'), en: line('why-en') },
    text,
  }
}
