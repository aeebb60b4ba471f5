/** Operations of a service (http://hl7.org/fhir/R4/operations.html). */
import type { Bundle, Parameters } from '@medplum/fhirtypes'
import { isProblem } from '../../problem/problem.ts'
import { jsonAnswer } from '../answer.ts'
import { naming, patientIn } from '../asked-patient.ts'
import { decided } from '../decided.ts'
import type { Done, ServiceExchange } from '../exchange.ts'
import { newestElsewhere } from '../newest-elsewhere.ts'
import { records } from '../records.ts'
import { readAreaSearch } from '../search/area-search.ts'
import type { Operation } from '../service.ts'

/**
 * POST /fhir/{service}/${name} with a form: patient.identifier and the parameters of the operation. It is a look-up like any other, and
 * one of each other service that it read of.
 */
export async function operate(exchange: ServiceExchange, operation: Operation, form: URLSearchParams): Promise<Done[]> {
  const event = `$${operation.name}`
  const type = undefined
  const read = readAreaSearch(form, { naming, parameters: operation.parameters ?? [], prefer: undefined, inPages: false })
  if (isProblem(read)) return [{ event, type, result: read }]
  const asking = { event, type, kind: 'search', patient: patientIn(exchange, form) } as const
  const elsewhere = newestElsewhere(exchange, event, asking.patient)
  const done = await decided(exchange, asking, records, async ({ patient }, rows) => {
    const ofService = rows.ofService(exchange.service)
    const outcome = await operation.run(ofService, {
      now: exchange.kernel.clock(),
      birthDate: patient.birthDate,
      patient: patient.identifier,
      parameters: form,
      codes: exchange.kernel.codes,
      elsewhere: elsewhere.read,
      withheldElsewhere: elsewhere.withheld,
    })
    await rows.withheld()
    return isProblem(outcome) ? outcome : jsonAnswer(withUnreadable(outcome, ofService.unreadable()))
  })
  return [done, ...elsewhere.opened()]
}

/** An answer that was made without some of the records says so. */
function withUnreadable(answer: Parameters | Bundle, count: number): Parameters | Bundle {
  if (count === 0 || answer.resourceType === 'Bundle') return answer
  return { ...answer, parameter: [...(answer.parameter ?? []), { name: 'unreadable', valueUnsignedInt: count }] }
}
