/** The words of a service in the language of the screen, for its pure functions. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { languageOf } from './format.ts'
import type { Namespace, Wording } from './texts.ts'

export function useWords<Name extends Namespace>(namespace: Name): Wording<Name> {
  const { i18n } = useTranslation()
  const language = languageOf(i18n.language)
  return useMemo(() => ({ t: i18n.getFixedT(language, namespace), language }), [i18n, language, namespace])
}
