/** The route that returns the person who has a number. */
import { type AreaRoute, one } from '../../fhir/routes.ts'
import { personsArea } from './area.ts'
import { identify } from './identify.ts'

export const personsRoutes: readonly AreaRoute[] = [
  {
    method: 'POST',
    path: 'Patient/_search',
    area: personsArea,
    run: async (exchange, sent) => one(await identify(exchange, sent.form, sent.header('prefer'))),
  },
]
