/** Why a case was opened, in one sentence made from its facts. */
import type { RuleId } from './rules.ts'
import { rules } from './rules.ts'

export type Facts = Readonly<Record<string, string | number | null | readonly (string | number | null)[]>>

/** A fact that the case lacks is written as unknown. */
export function whyOf(rule: RuleId, name: string, facts: Facts, language: 'nb' | 'en'): string {
  const sentence = rules.find(({ id }) => id === rule)?.why[language] ?? ''
  return sentence.replace(/\{([a-z-]+)\}(?: ([a-z-]+)s\b)?/g, (_, key: string, noun?: string) => {
    const fact = key === 'name' ? name : factText(facts[key], language)
    if (noun === undefined) return fact
    // In English one thing is written without the s; the nouns of the Norwegian sentences do not end in one.
    return `${fact} ${noun}${fact === '1' && language === 'en' ? '' : 's'}`
  })
}

function factText(fact: Facts[string] | undefined, language: 'nb' | 'en'): string {
  if (fact === null || fact === undefined) return language === 'nb' ? 'ukjent' : 'unknown'
  return Array.isArray(fact) ? fact.map((one) => factText(one, language)).join(', ') : String(fact)
}
