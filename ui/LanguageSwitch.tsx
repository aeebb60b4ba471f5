/** Bokmål, nynorsk or English, each named in its own language; the choice is remembered in this browser. */
import { useTranslation } from 'react-i18next'
import { type Language, languageOf, languages, localeOf } from './format.ts'

const names: Record<Language, string> = { nb: 'Bokmål', nn: 'Nynorsk', en: 'English' }

export function LanguageSwitch() {
  const { t, i18n } = useTranslation('ui')
  const chosen = languageOf(i18n.language)
  return (
    <fieldset className="language-switch" translate="no" aria-label={t('language.label')}>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={localeOf(language)}
          aria-pressed={language === chosen}
          className="language-switch__choice"
          onClick={() => i18n.changeLanguage(language)}
        >
          {names[language]}
        </button>
      ))}
    </fieldset>
  )
}
