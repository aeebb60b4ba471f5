/** POST /fhir/Patient/_search with patient.identifier: who has this number. http://hl7.org/fhir/R4/patient.html */
import { naming, patientIn } from '../../fhir/asked-patient.ts'
import { decided } from '../../fhir/decided.ts'
import type { Done, Exchange } from '../../fhir/exchange.ts'
import { areaSearchset, pageOfList, readAreaSearch } from '../../fhir/search/area-search.ts'
import { isProblem } from '../../problem/problem.ts'
import { personRows } from './rows.ts'

const event = 'search-type'
const type = 'Patient'

/** 200 with a searchset of one Patient: identifier, name, gender, birth date from the register. It is logged as any other look-up is. */
export async function identify(exchange: Exchange, form: URLSearchParams, prefer?: string): Promise<Done> {
  const search = readAreaSearch(form, { naming: ['identifier', ...naming], parameters: [], prefer })
  if (isProblem(search)) return { event, type, result: search }
  const patient = patientIn(exchange, form, 'identifier')
  return await decided(exchange, { event, type, kind: 'identify', patient }, personRows, async (_decision, rows) => {
    const { shown, more } = pageOfList([{ resource: await rows.resource() }], search)
    return areaSearchset(shown, search, { total: 1, more })
  })
}
