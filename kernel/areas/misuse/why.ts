/** Why a case was opened, in one sentence made from its facts: for a reader who knows neither codes nor events of a log. */
import type { RuleId } from './rules.ts'
import { rules } from './rules.ts'

export type Facts = Readonly<Record<string, string | number | null | readonly (string | number | null)[]>>
type Language = 'nb' | 'nn' | 'en'

const columns: Record<Language, 0 | 1 | 2> = { nb: 0, nn: 1, en: 2 }

/** Codes that stand in facts. */
const words: Readonly<Record<string, readonly [nb: string, nn: string, en: string]>> = {
  'something was withheld': ['noe ble holdt tilbake', 'noko blei halde tilbake', 'something was withheld'],
  'no-agreement': ['ingen avtale åpnet', 'ingen avtale opna', 'no agreement opened it'],
  'role-not-open': ['rollen var ikke åpnet', 'rolla var ikkje opna', 'the role was not opened'],
  'access-denied': ['pasienten hadde stengt for det', 'pasienten hadde stengt for det', 'the patient had closed it'],
  TREAT: ['for behandling', 'for behandling', 'for treatment'],
  ETREAT: ['for akutt behandling', 'for akutt behandling', 'for urgent treatment'],
  BTG: ['med nødtilgang', 'med naudtilgang', 'by emergency access'],
  COC: ['for samordning', 'for samordning', 'for coordination'],
  consent: ['med oppgitt samtykke', 'med oppgitt samtykke', 'by a declared consent'],
  'registered-consent': ['med registrert samtykke', 'med registrert samtykke', 'by a registered consent'],
  emergency: ['som nødtilgang', 'som naudtilgang', 'as emergency access'],
  treatment: ['som behandler', 'som behandlar', 'as the one who treats'],
  'emergency-treatment': ['ved øyeblikkelig hjelp', 'ved augeblikkeleg hjelp', 'in urgent help'],
  coordination: ['som den som samordner', 'som den som samordnar', 'as the one who coordinates'],
  'own-data': ['egne opplysninger', 'eigne opplysningar', 'own information'],
}

/** Nouns after a number, of which there may be one. */
const one: Readonly<Record<string, string>> = {
  minutter: 'minutt',
  dager: 'dag',
  dagar: 'dag',
  pasienter: 'pasient',
  pasientar: 'pasient',
}

/** A fact that the case lacks is written as unknown. */
export function whyOf(rule: RuleId, name: string, facts: Facts, language: Language): string {
  const sentence = rules.find(({ id }) => id === rule)?.why[language] ?? ''
  return sentence.replace(/\{([a-z-]+)\}(?: (\p{L}+(?:-\p{L}+)*))?/gu, (_, key: string, noun?: string) => {
    const fact = key === 'name' ? name : factText(facts[key], language)
    if (noun === undefined) return fact
    return `${fact} ${fact === '1' ? singular(noun, language) : noun}`
  })
}

function singular(noun: string, language: Language): string {
  if (language !== 'en') return one[noun] ?? noun
  return noun.endsWith('s') ? noun.slice(0, -1) : noun
}

function factText(fact: Facts[string] | undefined, language: Language): string {
  if (fact === null || fact === undefined) return ['ukjent', 'ukjent', 'unknown'][columns[language]] ?? ''
  if (Array.isArray(fact)) return fact.map((each) => factText(each, language)).join(', ')
  const text = String(fact)
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  if (year) return `${day}.${month}.${year}`
  // Several grounds stand in one fact, with commas between them.
  return text
    .split(', ')
    .map((part) => words[part]?.[columns[language]] ?? part)
    .join(', ')
}
