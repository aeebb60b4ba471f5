/** The routes of patients' questions about the access log, their answers, and notices. */
import { type AreaRoute, one, takenPatient } from '../../fhir/routes.ts'
import { accessLogArea } from '../access-log/area.ts'
import { createCommunication, markCommunicationsSeen, searchCommunications } from './communications.ts'

export const questionsRoutes: readonly AreaRoute[] = [
  {
    method: 'POST',
    path: 'Communication',
    area: accessLogArea,
    about: 'A citizen’s question to an organisation about lines of the access log.',
    sends: { type: 'Communication', code: 'invalid-communication' },
    run: async (exchange, sent) => one(await createCommunication(exchange, sent.resource())),
  },
  {
    method: 'POST',
    path: 'Communication/_search',
    area: accessLogArea,
    about: 'Questions, answers and notices. Scope helsevev:access-log/citizen.',
    takes: [
      takenPatient,
      { name: 'category', type: 'token', documentation: 'question, answer, notice.' },
      { name: 'received', type: 'date', documentation: 'received:missing=true alone: what the citizen has not seen.' },
    ],
    run: async (exchange, { form, header }) => one(await searchCommunications(exchange, form, header('prefer'))),
  },
  {
    method: 'POST',
    path: 'Communication/$seen',
    area: accessLogArea,
    about: 'Marks a citizen’s notices as seen.',
    takes: [{ name: '_id', type: 'token', documentation: 'The notices; all where it is left out.', repeats: true }],
    run: async (exchange, { form }) => one(await markCommunicationsSeen(exchange, form)),
  },
]
