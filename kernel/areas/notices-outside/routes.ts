/** The routes of notices outside the portal. */
import { type AreaRoute, one } from '../../fhir/routes.ts'
import { choicesArea } from '../choices/area.ts'
import { noticeSettings, setNoticeSettings } from './operations.ts'

export const noticesOutsideRoutes: readonly AreaRoute[] = [
  {
    method: 'POST',
    path: 'Patient/$notice-settings',
    area: choicesArea,
    about: 'Where the citizen wants notices outside the portal, and about what.',
    run: async (exchange) => one(await noticeSettings(exchange)),
  },
  {
    method: 'POST',
    path: 'Patient/$set-notice-settings',
    area: choicesArea,
    about: 'Sets where the citizen wants notices outside the portal, and about what.',
    takes: [
      { name: 'sms', type: 'string', documentation: 'A telephone number, as +4790000000; none where it is left out.' },
      { name: 'email', type: 'string', documentation: 'An address; none where it is left out.' },
      { name: 'topic', type: 'string', documentation: 'What to be told about.', repeats: true },
      { name: 'language', type: 'string', documentation: 'nb (the default), nn or en.' },
    ],
    run: async (exchange, { form }) => one(await setNoticeSettings(exchange, form)),
  },
]
