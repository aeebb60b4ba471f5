/** The routes of patients' questions about the access log, their answers, and notices. */
import { type AreaRoute, one } from '../../fhir/routes.ts'
import { accessLogArea } from '../access-log/area.ts'
import { createCommunication, markCommunicationsSeen, searchCommunications } from './communications.ts'

export const questionsRoutes: readonly AreaRoute[] = [
  {
    method: 'POST',
    path: 'Communication',
    area: accessLogArea,
    run: async (exchange, sent) => one(await createCommunication(exchange, sent.resource())),
  },
  {
    method: 'POST',
    path: 'Communication/_search',
    area: accessLogArea,
    run: async (exchange, sent) => one(await searchCommunications(exchange, sent.form, sent.header('prefer'))),
  },
  {
    method: 'POST',
    path: 'Communication/$seen',
    area: accessLogArea,
    run: async (exchange, { form }) => one(await markCommunicationsSeen(exchange, form)),
  },
]
