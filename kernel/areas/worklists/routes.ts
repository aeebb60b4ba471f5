/** The routes of worklists. */
import type { AreaRoute } from '../../fhir/routes.ts'
import { worklistsArea } from './area.ts'
import { endWorklist, seeWorklist, sendWorklist } from './interactions.ts'

export const worklistsRoutes: readonly AreaRoute[] = [
  {
    method: 'PUT',
    path: 'List/:unit',
    area: worklistsArea,
    about: 'The patients that a unit has now; the id is the organisation number of the unit. Its system sends the whole list.',
    sends: { type: 'List', code: 'invalid-worklist' },
    creates: true,
    run: async (exchange, sent) => await sendWorklist(exchange, sent.param('unit'), sent.json()),
  },
  {
    method: 'GET',
    path: 'List/:unit',
    area: worklistsArea,
    about: 'Its personnel read it. Scopes helsevev:worklist/read and /write.',
    run: async (exchange, sent) => await seeWorklist(exchange, sent.param('unit')),
  },
  {
    method: 'DELETE',
    path: 'List/:unit',
    area: worklistsArea,
    about: 'Its system removes it.',
    run: async (exchange, sent) => await endWorklist(exchange, sent.param('unit')),
  },
]
