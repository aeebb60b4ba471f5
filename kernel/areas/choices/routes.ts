/** The routes of the patient's choices. */
import { type AreaRoute, one } from '../../fhir/routes.ts'
import { choicesArea } from './area.ts'
import { createConsent, endConsent, searchConsents } from './consents.ts'

export const choicesRoutes: readonly AreaRoute[] = [
  {
    method: 'POST',
    path: 'Consent',
    area: choicesArea,
    run: async (exchange, sent) => one(await createConsent(exchange, sent.resource())),
  },
  {
    method: 'POST',
    path: 'Consent/_search',
    area: choicesArea,
    run: async (exchange, sent) => one(await searchConsents(exchange, sent.form, sent.header('prefer'))),
  },
  {
    method: 'PUT',
    path: 'Consent/:id',
    area: choicesArea,
    run: async (exchange, sent) => one(await endConsent(exchange, sent.param('id'), sent.resource())),
  },
]
