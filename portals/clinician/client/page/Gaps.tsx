/** Above a view that gathers several services: which of them are not wholly in it, and why. A partial view never looks complete. */
import { DataState } from '@helsevev/ui/DataState'
import { useTranslation } from 'react-i18next'
import type { View } from '../../panels.client.ts'
import type { Gap } from './gaps.ts'
import { useWordsOf } from './useLines.ts'

export function Gaps({ gaps }: { gaps: readonly { view: View; gap: Gap }[] }) {
  const { t } = useTranslation('clinician')
  const wordsOf = useWordsOf()
  if (gaps.length === 0) return null
  return (
    <DataState
      state="partial"
      title={t('page.gapsTitle')}
      text={
        <ul className="gaps">
          {gaps.map(({ view: { service }, gap }) => (
            <li key={service} data-gap={gap}>
              <strong>{wordsOf(service).t('title')}</strong>: {t(`page.gap.${gap}`)}
            </li>
          ))}
        </ul>
      }
    />
  )
}
