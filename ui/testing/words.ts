/** The words of a service as a portal hands them over, for tests of its timeline and snapshots. */
import { createInstance } from 'i18next'
import type { Language } from '../format.ts'
import type { Texts } from '../i18n.ts'
import type { Wording } from '../panel.ts'

export async function wordsFrom(texts: Texts, language: Language): Promise<Wording> {
  const i18n = createInstance()
  await i18n.init({
    lng: language,
    defaultNS: 'service',
    resources: { [language]: { service: texts[language] } },
    interpolation: { escapeValue: false },
  })
  return { t: (key: string, values?: Record<string, unknown>) => i18n.t(key, { ...values }), language }
}
