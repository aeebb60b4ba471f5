/** The patient that a request names, or the refusal `patient-required`. */
import type { AccessRequest } from '../access/request.ts'
import { isProblem, problem, type Result } from '../problem/problem.ts'
import { identityNumberSystems, kindOfSystem, parseIdentityNumber } from '../values/identity-number.ts'
import type { Done, Exchange } from './exchange.ts'

type AskedPatient = Result<Extract<AccessRequest['patient'], { identityNumber: string }>>

/**
 * The patient of a form parameter that is written as a token, `system|value`: by default as in a search (`numberIn`), or the citizen who
 * asks. A second person is refused.
 */
export function patientIn(exchange: Exchange, form: URLSearchParams, parameter?: string): AskedPatient {
  const own = parameter === undefined ? aboutOneself(exchange, form) : form
  const number = numberIn(own, parameter === undefined ? naming : [parameter])
  if (isProblem(number) || number !== undefined || parameter === undefined) return isProblem(number) ? number : patientNumbered(number)
  return patientIn(exchange, form)
}

/** The one number that the parameters state; undefined when they state none, and refused when they state two. */
export function numberIn(form: URLSearchParams, names: readonly string[] = naming): Result<string | undefined> {
  const texts = names.flatMap((name) => form.getAll(name)).flatMap((text) => text.split(','))
  const numbers = new Set(texts.flatMap((text) => text.split('|').at(-1)?.trim() || []))
  if (texts.some((text) => text.split('|').length > 2))
    return problem('invalid-parameter', 'The patient is {system}|{number}, with one bar between the two.')
  if (texts.some(isOfAnotherSystem))
    return problem(
      'invalid-parameter',
      `The system of the patient is not that of the number. Use ${Object.values(identityNumberSystems).join(', ')}, or no system.`,
    )
  if (numbers.size > 1) return problem('invalid-parameter', 'The parameters name two people. Ask about one patient at a time.')
  return [...numbers][0]
}

/** Whether a token states a system, and not that of its number: a national number, a D-number and a help number have one each. */
function isOfAnotherSystem(text: string): boolean {
  const [system = '', number] = text.split('|').map((part) => part.trim())
  if (number === undefined || system === '') return false
  const kind = kindOfSystem(system)
  return kind === undefined || (parseIdentityNumber(number)?.kind ?? kind) !== kind
}

/** The patient with this national identity number, which the request may lack. */
export function patientNumbered(identityNumber: string | undefined): AskedPatient {
  return identityNumber ? { identityNumber } : problem('patient-required')
}

/** A citizen who names no patient asks about themselves. */
export function aboutOneself({ caller }: Exchange, form: URLSearchParams): URLSearchParams {
  if (caller.kind !== 'citizen' || caller.pid === undefined || naming.some((name) => form.has(name))) return form
  const own = new URLSearchParams(form)
  own.set('patient.identifier', caller.pid)
  return own
}

/** The parameters that name a patient, in every search and operation: as a chain, and with the modifier of R4. */
export const naming: readonly string[] = ['patient.identifier', 'subject.identifier', 'patient:identifier', 'subject:identifier']
/** What else a sender may have named a person with, for the row of the access log alone. */
const alsoNaming = [...naming, 'patient', 'subject']

/**
 * The rows of a request that was refused before anything was decided, such as a search with an unknown parameter: they stand on the person
 * that the form names, so that the attempt is in the log of that person (pasientjournalloven § 18).
 */
export async function withNamedPatient(exchange: Exchange, done: readonly Done[], form: URLSearchParams): Promise<readonly Done[]> {
  const undecided = (one: Done) => isProblem(one.result) && !one.decision && one.patient === undefined
  const number = done.some(undecided) ? anyNumberIn(exchange, form) : undefined
  if (number === undefined) return done
  const { kernel, caller, area } = exchange
  const asked = { kind: 'search' as const, attestation: undefined, consentDeclared: false, unit: undefined }
  const facts = await kernel.facts({ ...asked, caller, area, patient: { identityNumber: number }, now: kernel.clock() })
  const patient = facts.patient?.key
  return done.map((one) => (undecided(one) ? { ...one, patient } : one))
}

function anyNumberIn(exchange: Exchange, form: URLSearchParams): string | undefined {
  const own = aboutOneself(exchange, form)
  const texts = alsoNaming.flatMap((name) => own.getAll(name)).map((text) => text.split('|').at(-1)?.trim() ?? '')
  return texts.find((text) => /^[0-9]{11}$/.test(text))
}
