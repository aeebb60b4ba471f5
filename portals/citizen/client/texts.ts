/** Texts of the citizen portal, from a table for each part. What is not here is common to all portals. */
import { texts } from '@helsevev/ui/texts.ts'
import { behalfTexts } from './texts/behalf.ts'
import { choiceTexts } from './texts/choices.ts'
import { downloadTexts } from './texts/download.ts'
import { frameTexts } from './texts/frame.ts'
import { healthTexts } from './texts/health.ts'
import { homeTexts } from './texts/home.ts'
import { logTexts } from './texts/log.ts'
import { noticeSettingsTexts } from './texts/notice-settings.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    citizen: typeof citizenTexts
  }
}

export const citizenTexts = texts({
  ...frameTexts,
  ...homeTexts,
  ...healthTexts,
  ...downloadTexts,
  ...logTexts,
  ...choiceTexts,
  ...noticeSettingsTexts,
  ...behalfTexts,
})
