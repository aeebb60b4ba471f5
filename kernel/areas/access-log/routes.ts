/** The routes of the access log: who looked, for the patient and for the data controller. */
import { type AreaRoute, one, type TakenParameter, takenPatient } from '../../fhir/routes.ts'
import { accessLogArea } from './area.ts'
import { lastVisit } from './last-visit.ts'
import { refusedCalls } from './refused-calls.ts'
import { auditEvents, exportAuditEvents } from './search-audit-events.ts'

const date: TakenParameter = {
  name: 'date',
  type: 'date',
  documentation: 'AuditEvent.recorded. A data controller gives both ends.',
  repeats: true,
}

const search = {
  area: accessLogArea,
  about: [
    'Who looked at records. A citizen asks about oneself by GET, or by POST _search;',
    'the system of a data controller asks about its own staff and its own records.',
    'Scopes helsevev:access-log/citizen and /read.',
  ].join(' '),
}

export const accessLogRoutes: readonly AreaRoute[] = [
  {
    method: 'GET',
    path: '$refused-calls',
    area: accessLogArea,
    about: 'How often calls of the client of the token were refused for their token, proof or rate.',
    run: async (exchange) => one(await refusedCalls(exchange)),
  },
  {
    ...search,
    method: 'GET',
    path: 'AuditEvent',
    takes: [date],
    run: async (exchange, { query, header }) => one(await auditEvents(exchange, query, header('prefer'))),
  },
  {
    method: 'POST',
    path: 'AuditEvent/_search',
    ...search,
    takes: [takenPatient, date],
    run: async (exchange, { form, header }) => one(await auditEvents(exchange, form, header('prefer'))),
  },
  {
    method: 'GET',
    path: 'AuditEvent/$export',
    area: accessLogArea,
    about: 'The log of a period for a data controller’s own systems, as NDJSON: GET with date=ge… and date=lt….',
    takes: [{ ...date, required: true }],
    run: async (exchange, { query }) => await exportAuditEvents(exchange, query),
  },
  {
    method: 'POST',
    path: 'Patient/$last-visit',
    area: accessLogArea,
    about: 'When the citizen was here last, for what is new since.',
    takes: [takenPatient],
    run: async (exchange, { form }) => one(await lastVisit(exchange, form)),
  },
]
