/** The patient that a request names, or the refusal `patient-required`. */
import type { AccessRequest } from '../access/request.ts'
import { problem, type Result } from '../problem/problem.ts'
import type { Exchange } from './exchange.ts'

type AskedPatient = Result<Extract<AccessRequest['patient'], { identityNumber: string }>>

/** The patient of a form parameter that is written as a token, `system|value`: by default `patient.identifier`, or the citizen who asks. */
export function patientIn(exchange: Exchange, form: URLSearchParams, parameter = 'patient.identifier'): AskedPatient {
  return patientNumbered((form.get(parameter) ?? aboutOneself(exchange, form).get('patient.identifier'))?.split('|').at(-1)?.trim())
}

/** The patient with this national identity number, which the request may lack. */
export function patientNumbered(identityNumber: string | undefined): AskedPatient {
  return identityNumber ? { identityNumber } : problem('patient-required')
}

/** A citizen who names no patient asks about themselves. */
export function aboutOneself({ caller }: Exchange, form: URLSearchParams): URLSearchParams {
  if (caller.kind !== 'citizen' || caller.pid === undefined || form.has('patient.identifier')) return form
  const own = new URLSearchParams(form)
  own.set('patient.identifier', caller.pid)
  return own
}
