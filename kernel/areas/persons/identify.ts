/** POST /fhir/Patient/_search with patient.identifier: who has this number. http://hl7.org/fhir/R4/patient.html */
import type { Bundle } from '@medplum/fhirtypes'
import { jsonAnswer } from '../../fhir/answer.ts'
import { patientIn } from '../../fhir/asked-patient.ts'
import { decided } from '../../fhir/decided.ts'
import type { Done, Exchange } from '../../fhir/exchange.ts'
import { personRows } from './rows.ts'

/** 200 with a searchset of one Patient: identifier, name, gender, birth date from the register. It is logged as any other look-up is. */
export async function identify(exchange: Exchange, form: URLSearchParams): Promise<Done> {
  const patient = patientIn(exchange, form, 'identifier')
  return await decided(
    exchange,
    { event: 'search-type', type: 'Patient', kind: 'identify', patient },
    personRows,
    async (_decision, rows) => {
      const entry: Bundle['entry'] = [{ resource: await rows.resource(), search: { mode: 'match' } }]
      return jsonAnswer({ resourceType: 'Bundle', type: 'searchset', total: 1, entry } satisfies Bundle)
    },
  )
}
