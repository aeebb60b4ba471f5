/** The citizen portal, where people see and manage their own information. What it shares with every portal is in portals/shared. */
import { type PortalOptions, portal } from '@helsevev/portal/server'
import type { FastifyPluginAsync } from 'fastify'
import { contract, oneself, type Remembered } from '../contract.ts'
import { pages } from '../routes.ts'
import { choiceHandlers, type Registers } from './choices.ts'
import { downloadHandlers } from './download.ts'
import { healthHandlers, type Panels } from './health.ts'
import { logHandlers } from './log.ts'
import type { LogCheck } from './log-proof.ts'
import { noticeSettingsHandlers } from './notice-settings.ts'
import { type Content, peopleHandlers } from './people.ts'
import { questionHandlers } from './questions.ts'
import { relationHandlers } from './relations.ts'

/** Codes of the API that the pages have words for: who is refused, and which rule a form broke. */
const refusals = [
  'too-young',
  'protected-address',
  'representation-missing',
  'choice-not-yours',
  'choice-ended',
  'practitioner-unknown',
  'record-unknown',
  'period-over',
  'too-many-choices',
  'question-open',
  'too-many-questions',
  'nobody-to-ask',
  'invalid-communication',
  'same-person',
  'has-died',
  'patient-too-young',
  'parent-required',
  'not-registered',
  'invalid-parameter',
]

/**
 * The plugin; it registers its own path /citizen. All `apiScopes` end with /citizen (docs/decisions/0020): tokens are fetched for the
 * person alone, and for no organisation.
 */
export function citizenPortal(options: PortalOptions & Registers & Panels & LogCheck): FastifyPluginAsync {
  return portal<Content>(
    {
      name: 'citizen',
      pages: Object.values(pages),
      refusals,
      problems: { 'person-changed': 409, 'practitioner-unknown': 404, 'identity-number-invalid': 422 },
      signedIn: async () => ({ about: oneself, others: {} }),
      me: ({ session }): Remembered => ({ about: session.about }),
      routes(_app, desk) {
        desk.serve(contract, {
          ...peopleHandlers(desk),
          ...logHandlers(options),
          ...questionHandlers,
          ...noticeSettingsHandlers,
          ...choiceHandlers(options),
          ...relationHandlers,
          ...healthHandlers(desk, options.panels),
          ...downloadHandlers(desk, options),
        })
      },
    },
    options,
  )
}
