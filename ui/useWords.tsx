/** The words of a service in the language of the screen, for its pure functions. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { languageOf } from './format.ts'
import type { Wording } from './panel.ts'

export function useWords(service: string): Wording {
  const { t, i18n } = useTranslation(service)
  return useMemo(
    () => ({ t: (key: string, values?: Record<string, unknown>) => t(key, { ...values }), language: languageOf(i18n.language) }),
    [t, i18n.language],
  )
}
