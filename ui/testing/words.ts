/** The words of a service as a portal passes them on, for tests of its timeline and snapshots. */
import { createInstance } from 'i18next'
import type { Language } from '../format.ts'
import { inLanguage, type Namespace, type Namespaces, type TextTable, type Wording } from '../texts.ts'

export async function wordsFrom<Name extends Namespace>(
  namespace: Name,
  table: Namespaces[Name] & TextTable,
  language: Language,
): Promise<Wording<Name>> {
  const i18n = createInstance()
  await i18n.init({
    lng: language,
    keySeparator: false,
    nsSeparator: false,
    resources: { [language]: { [namespace]: inLanguage(table, language) } },
    interpolation: { escapeValue: false },
  })
  return { t: i18n.getFixedT(language, namespace), language }
}
