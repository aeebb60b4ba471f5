/**
 * The conditions of conditional creates, updates and references (http://hl7.org/fhir/R4/http.html#ccreate, #cond-update, #trules). A
 * condition that does not identify could match another record of the person, and what was sent would not be stored, or would replace it; so
 * it is refused.
 */
import { isProblem, type Problem, problem, type Result } from '../../problem/problem.ts'
import { type TokenFilter, tokenText } from '../../store/read-records.ts'
import { controls, parseSearch, type SearchRequest, type SearchTerms } from '../search/search-parameters.ts'
import type { ResourceDeclaration } from '../service.ts'

/** Names that the patient is asked about by. */
const PATIENT = ['patient.identifier', 'subject.identifier']

/** The condition as a form about the person that the resource is about; a condition about another person, or given twice, is refused. */
function conditionForm(condition: string, identityNumber: string, as: string): Result<URLSearchParams> {
  const form = new URLSearchParams(condition.replace(/^\?/, ''))
  const persons = PATIENT.flatMap((name) => form.getAll(name))
  if (persons.some((text) => text.split('|').at(-1)?.trim() !== identityNumber))
    return refused(
      as,
      'The condition names another person than the resource. Leave the patient out: the condition is about the same person.',
    )
  const empty = [...form].find(([, value]) => value.trim() === '')
  if (empty) return refused(as, 'A parameter of the condition has no value.')
  const control = controls.find((name) => form.has(name))
  if (control)
    return refused(as, `${control} says which part of an answer is shown, and a condition is about all that match. Leave it out.`)
  for (const name of PATIENT) form.delete(name)
  form.set('patient.identifier', identityNumber)
  return form
}

/** The condition as a search about the person of the resource. `as`: where it stood, for the refusal. */
export function conditionSearch(
  { condition, identityNumber, as }: { condition: string; identityNumber: string; as: string },
  terms: SearchTerms,
): Result<SearchRequest> {
  const form = conditionForm(condition, identityNumber, as)
  if (isProblem(form)) return form
  const search = parseSearch(form, terms)
  return isProblem(search) || identifies(search) ? search : withoutIdentification(terms.declaration, as)
}

/**
 * Whether a condition says which record is meant: by the id, or by an identifier with system and value. A number without its system may be
 * another source's; what is only common to some records, such as a code, a status, a time or a value, matches one that is none of what was
 * sent. http://hl7.org/fhir/R4/http.html#ccreate leaves the parameters open.
 */
function identifies({ filter: { ids, tokens = [] } }: SearchRequest): boolean {
  if (ids !== undefined) return true
  return tokens.some(
    ({ name, anyOf, negated }) =>
      name === 'identifier' && negated !== true && anyOf.every(({ system, code }) => system !== undefined && code !== undefined),
  )
}

function withoutIdentification({ searchParameters }: ResourceDeclaration, as: string): Problem {
  const isKnown = searchParameters.some(({ name }) => name === 'identifier')
  const remedy = isKnown
    ? 'Send identifier={system}|{value}, or identifier=|{value} where it has no system; other parameters may stand with it.'
    : 'Records of this type are not found by identifier: send _id, or no condition. The same fact is stored once.'
  return refused(as, `The condition does not say which record is meant, and could match another than yours. ${remedy}`)
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

/** A condition is a look-up without an attestation: it would show a person what a search refuses to that person. */
export function conditionNeedsSystem(type: string, what = 'If-None-Exist'): Problem {
  const rule = `${what} on ${type} is for systems. A person searches first, with an attestation, and then writes.`
  return problem('access-denied', `${rule} A fact that is sent again with the same identifier is stored only once.`)
}
