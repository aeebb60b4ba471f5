/** The routes of the patient's choices. */
import { type AreaRoute, one, takenPatient } from '../../fhir/routes.ts'
import { choicesArea } from './area.ts'
import { createConsent, endConsent, searchConsents } from './consents.ts'

export const choicesRoutes: readonly AreaRoute[] = [
  {
    method: 'POST',
    path: 'Consent',
    area: choicesArea,
    about: 'An opt-out, a restriction, a block or a consent of the patient.',
    sends: { type: 'Consent', code: 'invalid-consent' },
    run: async (exchange, sent) => one(await createConsent(exchange, sent.resource())),
  },
  {
    method: 'POST',
    path: 'Consent/_search',
    area: choicesArea,
    about: 'Scopes helsevev:privacy/citizen, and for staff on the patient’s request helsevev:privacy/read and /write.',
    takes: [
      takenPatient,
      { name: 'status', type: 'token', documentation: 'active or inactive.' },
      { name: 'category', type: 'token', documentation: 'The kind of choice.' },
    ],
    run: async (exchange, { form, header }) => one(await searchConsents(exchange, form, header('prefer'))),
  },
  {
    method: 'PUT',
    path: 'Consent/:id',
    area: choicesArea,
    about: 'An update ends it.',
    sends: { type: 'Consent', code: 'invalid-consent' },
    changesVersion: 1,
    run: async (exchange, sent) => one(await endConsent(exchange, sent.param('id'), sent.resource())),
  },
]
