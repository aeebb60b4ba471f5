/** The routes of the access log: who looked, for the patient and for the data controller. */
import { type AreaRoute, one } from '../../fhir/routes.ts'
import { accessLogArea } from './area.ts'
import { lastVisit } from './last-visit.ts'
import { refusedCalls } from './refused-calls.ts'
import { auditEvents, exportAuditEvents } from './search-audit-events.ts'

export const accessLogRoutes: readonly AreaRoute[] = [
  { method: 'GET', path: '$refused-calls', area: accessLogArea, run: async (exchange) => one(await refusedCalls(exchange)) },
  {
    method: 'GET',
    path: 'AuditEvent',
    area: accessLogArea,
    run: async (exchange, { query, header }) => one(await auditEvents(exchange, query, header('prefer'))),
  },
  {
    method: 'POST',
    path: 'AuditEvent/_search',
    area: accessLogArea,
    run: async (exchange, { form, header }) => one(await auditEvents(exchange, form, header('prefer'))),
  },
  {
    method: 'GET',
    path: 'AuditEvent/$export',
    area: accessLogArea,
    run: async (exchange, { query }) => await exportAuditEvents(exchange, query),
  },
  {
    method: 'POST',
    path: 'Patient/$last-visit',
    area: accessLogArea,
    run: async (exchange, { form }) => one(await lastVisit(exchange, form)),
  },
]
