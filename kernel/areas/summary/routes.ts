/** The routes that collect what all services have about a patient. */
import type { AreaRoute } from '../../fhir/routes.ts'
import { personsArea } from '../persons/area.ts'
import { everything } from './everything.ts'
import { summary } from './summary.ts'

export const summaryRoutes: readonly AreaRoute[] = [
  { method: 'POST', path: 'Patient/$summary', area: personsArea, run: async (exchange, { form }) => await summary(exchange, form) },
  { method: 'POST', path: 'Patient/$everything', area: personsArea, run: async (exchange, { form }) => await everything(exchange, form) },
]
