/** Texts of the citizen portal, i18next namespace `citizen`, from a file for each part. What is not here is common to all portals. */
import type { Language } from '@helsevev/ui/format.ts'
import type { Texts } from '@helsevev/ui/i18n.ts'
import { behalfTexts } from './texts/behalf.ts'
import { choiceTexts } from './texts/choices.ts'
import { downloadTexts } from './texts/download.ts'
import { frameTexts } from './texts/frame.ts'
import { healthTexts } from './texts/health.ts'
import { logTexts } from './texts/log.ts'

const parts: readonly Texts[] = [frameTexts, healthTexts, downloadTexts, logTexts, choiceTexts, behalfTexts]

/** Parts may add to the same group, as `refused` and `problem`. */
function of(language: Language): Record<string, unknown> {
  const all: Record<string, unknown> = {}
  for (const part of parts)
    for (const [key, value] of Object.entries(part[language])) {
      const before = all[key]
      all[key] = typeof before === 'object' && typeof value === 'object' ? { ...before, ...value } : value
    }
  return all
}

export const texts: Texts = { nb: of('nb'), nn: of('nn'), en: of('en') }
