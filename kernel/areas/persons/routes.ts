/** The route that returns the person who has a number. */
import { type AreaRoute, one, type TakenParameter, takenPatient } from '../../fhir/routes.ts'
import { personsArea } from './area.ts'
import { identify } from './identify.ts'

const takes: readonly TakenParameter[] = [
  takenPatient,
  { name: 'identifier', type: 'token', documentation: 'The same, under its name in R4. POST only.' },
]

export const personsRoutes: readonly AreaRoute[] = [
  {
    method: 'POST',
    path: 'Patient/_search',
    area: personsArea,
    about: 'Who has this number. Scopes helsevev:persons/read, and helsevev:persons/citizen.',
    takes,
    run: async (exchange, { form, header }) => one(await identify(exchange, form, header('prefer'))),
  },
]
