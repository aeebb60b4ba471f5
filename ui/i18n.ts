/**
 * Languages of the screens: bokmål unless the person has chosen another. One choice counts for every portal and for the pages that the
 * server writes itself, so it is a cookie. It is a preference, and no information about any person.
 */
import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { type Language, languageOf, languages, localeOf } from './format.ts'
import { languageCookie, languageIn } from './language.ts'
import { uiTexts } from './own-texts.ts'
import { inLanguage, type TextTable } from './texts.ts'

function remember(language: string): void {
  document.documentElement.lang = localeOf(language)
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous, and the next first paint needs the choice
  document.cookie = languageCookie(languageOf(language), window.location.protocol === 'https:')
}

/**
 * Starts i18next with the texts of this package (`ui`) and the given namespaces. A text that a namespace lacks is looked up in `fallback`.
 */
export async function startI18n(namespaces: Readonly<Record<string, TextTable>>, fallback: string): Promise<i18n> {
  const all: Record<string, TextTable> = { ui: uiTexts, ...namespaces }
  const of = (language: Language) => Object.fromEntries(Object.entries(all).map(([name, table]) => [name, inLanguage(table, language)]))
  const lng = languageIn(document.cookie)
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: 'nb',
    defaultNS: 'ui',
    fallbackNS: fallback,
    keySeparator: false,
    nsSeparator: false,
    resources: { nb: of('nb'), nn: of('nn'), en: of('en') },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  document.documentElement.lang = localeOf(lng)
  i18next.on('languageChanged', remember)
  return i18next
}

/** Adds the texts of a part of the page that is fetched when it is opened. */
export function addTexts(namespace: string, table: TextTable): void {
  for (const language of languages) i18next.addResourceBundle(language, namespace, inLanguage(table, language))
}
