/**
 * Languages of the screens: bokmål unless the person has chosen another. The choice is a preference and no information about anyone, so
 * it may stay in the browser's local storage.
 */
import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { type Language, languageOf, localeOf } from './format.ts'
import { uiTexts } from './texts.ts'

/** Texts of one namespace in each language; `nb` is the fallback of the others. */
export type Texts = Record<Language, Record<string, unknown>>

const storageKey = 'helsevev-language'

/** Reads the remembered choice; bokmål where storage is closed to us (private windows of some browsers). */
function remembered(): Language {
  try {
    return languageOf(window.localStorage.getItem(storageKey) ?? undefined)
  } catch (error) {
    console.info('The language choice is not remembered in this window.', error)
    return 'nb'
  }
}

function remember(language: string): void {
  document.documentElement.lang = localeOf(language)
  try {
    window.localStorage.setItem(storageKey, languageOf(language))
  } catch (error) {
    console.info('The language choice is not remembered in this window.', error)
  }
}

/** Starts i18next with the texts of this package (`ui`) and the given namespaces. What a namespace lacks is looked for in `fallback`. */
export async function startI18n(namespaces: Record<string, Texts>, fallback: string): Promise<i18n> {
  const all: Record<string, Texts> = { ui: uiTexts, ...namespaces }
  const of = (language: Language) => Object.fromEntries(Object.entries(all).map(([name, texts]) => [name, texts[language]]))
  const lng = remembered()
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: 'nb',
    defaultNS: 'ui',
    fallbackNS: fallback,
    resources: { nb: of('nb'), nn: of('nn'), en: of('en') },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  document.documentElement.lang = localeOf(lng)
  i18next.on('languageChanged', remember)
  return i18next
}
