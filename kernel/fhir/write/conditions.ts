/**
 * The conditions of conditional creates and updates (http://hl7.org/fhir/R4/http.html#ccreate, #cond-update). A condition that names no fact would match any record
 * of the person, and what was sent would not be stored; so it is refused.
 */
import { type Problem, problem, type Result } from '../../problem/problem.ts'
import { type TokenFilter, tokenText } from '../../store/read-records.ts'
import type { SearchRequest } from '../search/search-parameters.ts'

/** Names that the patient is asked about by. */
const PATIENT = ['patient.identifier', 'subject.identifier']

/** The condition as a form about the person that the resource is about; a condition about another person, or given twice, is refused. */
export function conditionForm(condition: string, identityNumber: string, as: string): Result<URLSearchParams> {
  const form = new URLSearchParams(condition.replace(/^\?/, ''))
  const persons = PATIENT.flatMap((name) => form.getAll(name))
  if (persons.some((text) => text.split('|').at(-1)?.trim() !== identityNumber))
    return refused(
      as,
      'The condition names another person than the resource. Leave the patient out: the condition is about the same person.',
    )
  const empty = [...form].find(([, value]) => value.trim() === '')
  if (empty) return refused(as, 'A parameter of the condition has no value.')
  for (const name of PATIENT) form.delete(name)
  form.set('patient.identifier', identityNumber)
  return form
}

/** The problem with a condition that names no fact: a time, a page or a format alone. */
export function withoutCriterion({ filter }: SearchRequest, as: string): Problem | undefined {
  const { ids, tokens = [], quantities = [] } = filter
  if (ids !== undefined || quantities.length > 0) return undefined
  // A security label or a flag is common to many records.
  if (tokens.some(({ name }) => !name.startsWith('_'))) return undefined
  return refused(as, 'The condition names no fact. Send identifier={system}|{value}, or a code, with a time where needed.')
}

function refused(as: string, text: string): Problem {
  return problem('invalid-parameter', `${as}: ${text}`)
}

/**
 * Whether a record that is about to be stored by the same Bundle matches. A condition with more than tokens is compared with stored records
 * alone, so it never matches here.
 */
export function matchesPlanned({ filter }: SearchRequest, tokens: readonly string[]): boolean {
  const { tokens: wanted = [], quantities = [], dates = [], missing = [], texts = [], ids, stored = [], present } = filter
  const others = quantities.length + dates.length + missing.length + stored.length + texts.length
  if (wanted.length === 0 || others > 0 || ids || present !== undefined) return false
  return wanted.every((one) => one.negated !== true && tokens.some((token) => isOf(token, one)))
}

function isOf(token: string, { name, anyOf }: TokenFilter): boolean {
  if (!token.startsWith(`${name}=`)) return false
  return anyOf.some(({ system, code }) => {
    if (code === undefined) return token.startsWith(tokenText(name, system, undefined))
    if (system !== undefined) return token === tokenText(name, system, code)
    return token.slice(token.indexOf('|') + 1) === code || token === tokenText(name, undefined, code)
  })
}
