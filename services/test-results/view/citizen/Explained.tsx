/** What an analysis is and why it is taken: general information, marked as that. Draws nothing for one that is not explained. */
import { languageOf } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'
import { explanationOf } from './explanations.ts'

export function Explained({ analysis }: { analysis: { code?: string; name: string } }) {
  const { t, i18n } = useTranslation('test-results/citizen')
  const explanation = explanationOf(analysis)
  if (!explanation) return null
  const language = languageOf(i18n.language)
  return (
    <div className="explained">
      <p>
        <strong>{t('explained.what')}</strong> {explanation.what[language]}
      </p>
      <p>
        <strong>{t('explained.why')}</strong> {explanation.why[language]}
      </p>
      <p className="entry__note">{t('explained.general')}</p>
    </div>
  )
}
