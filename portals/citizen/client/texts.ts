/** Texts of the citizen portal, i18next namespace `citizen`, from a file for each part. What is not here is common to all portals. */
import type { Language } from '@helsevev/ui/format.ts'
import type { Texts } from '@helsevev/ui/i18n.ts'
import { frameTexts } from './texts/frame.ts'

const parts: readonly Texts[] = [frameTexts]

const of = (language: Language) => Object.assign({}, ...parts.map((part) => part[language])) as Record<string, unknown>

export const texts: Texts = { nb: of('nb'), nn: of('nn'), en: of('en') }
