/** What an adapter makes of a message. A Bundle that it reads is checked as one first, and its resources when they are stored. */
import type { Bundle, Resource } from '@medplum/fhirtypes'
import { isProblem, problemWith } from '../../problem/problem.ts'
import type { Adapter, AdapterContext } from '../service.ts'
import type { Validator } from '../validation/validator.ts'

/** What an adapter asks for itself, in its own words: number, time and parts of a document. */
const ASKED_BY_ADAPTERS = ['bdl-9', 'bdl-10', 'bdl-11']

export async function convertedBy(
  adapter: Adapter,
  body: unknown,
  context: AdapterContext,
  validator: Validator,
): Promise<Awaited<ReturnType<Adapter['convert']>>> {
  const faultsOf = (resource: Resource) => validator.validate(resource).filter(({ severity }) => severity === 'error')
  const converted = await adapter.convert(body, { faultsOf, ...context })
  const sent = body as Resource | null | undefined
  if (isProblem(converted) || sent?.resourceType !== 'Bundle') return converted
  const faults = validator.envelope(sent as Bundle).filter(({ code }) => !ASKED_BY_ADAPTERS.includes(code))
  return faults.length > 0 ? problemWith('invalid-resource', faults) : converted
}
