/**
 * Stands above a view that gathers several services, and names those that are not completely in it, and why. A partial view never looks
 * complete.
 */

import { useServiceName } from '@helsevev/portal/client/service-names.ts'
import { DataState } from '@helsevev/ui/DataState'
import { useTranslation } from 'react-i18next'
import type { View } from '../../panels.client.ts'
import type { Gap } from './gaps.ts'

export function Gaps({ gaps }: { gaps: readonly { view: View; gap: Gap }[] }) {
  const { t } = useTranslation('clinician')
  const nameOf = useServiceName()
  if (gaps.length === 0) return null
  return (
    <DataState
      state="partial"
      title={t('page.gapsTitle')}
      text={
        <ul className="gaps">
          {gaps.map(({ view: { service }, gap }) => (
            <li key={service} data-gap={gap}>
              <strong>{nameOf(service)}</strong>: {t(`page.gap.${gap}`)}
            </li>
          ))}
        </ul>
      }
    />
  )
}
