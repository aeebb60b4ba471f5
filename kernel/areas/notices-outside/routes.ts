/** The routes of notices outside the portal. */
import { type AreaRoute, one } from '../../fhir/routes.ts'
import { choicesArea } from '../choices/area.ts'
import { noticeSettings, setNoticeSettings } from './operations.ts'

export const noticesOutsideRoutes: readonly AreaRoute[] = [
  {
    method: 'POST',
    path: 'Patient/$notice-settings',
    area: choicesArea,
    run: async (exchange) => one(await noticeSettings(exchange)),
  },
  {
    method: 'POST',
    path: 'Patient/$set-notice-settings',
    area: choicesArea,
    run: async (exchange, { form }) => one(await setNoticeSettings(exchange, form)),
  },
]
