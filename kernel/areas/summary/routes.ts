/** The routes that collect what all services have about a patient. */
import { type AreaRoute, takenPatient } from '../../fhir/routes.ts'
import { personsArea } from '../persons/area.ts'
import { everything } from './everything.ts'
import { summary } from './summary.ts'

export const summaryRoutes: readonly AreaRoute[] = [
  {
    method: 'POST',
    path: 'Patient/$summary',
    area: personsArea,
    about: 'A patient summary across the services, in the shape of the International Patient Summary.',
    takes: [takenPatient],
    run: async (exchange, { form }) => await summary(exchange, form),
  },
  {
    method: 'POST',
    path: 'Patient/$everything',
    area: personsArea,
    about: 'To a citizen, all that is released of every service, as one streamed Bundle.',
    takes: [takenPatient],
    run: async (exchange, { form }) => await everything(exchange, form),
  },
]
