/** The routes of worklists. */
import type { AreaRoute } from '../../fhir/routes.ts'
import { worklistsArea } from './area.ts'
import { endWorklist, seeWorklist, sendWorklist } from './interactions.ts'

export const worklistsRoutes: readonly AreaRoute[] = [
  {
    method: 'PUT',
    path: 'List/:unit',
    area: worklistsArea,
    run: async (exchange, sent) => await sendWorklist(exchange, sent.param('unit'), sent.json()),
  },
  {
    method: 'GET',
    path: 'List/:unit',
    area: worklistsArea,
    run: async (exchange, sent) => await seeWorklist(exchange, sent.param('unit')),
  },
  {
    method: 'DELETE',
    path: 'List/:unit',
    area: worklistsArea,
    run: async (exchange, sent) => await endWorklist(exchange, sent.param('unit')),
  },
]
