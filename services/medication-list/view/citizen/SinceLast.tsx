/** What has changed of the medicines since the person's last visit, in a few words each. Nothing at the first visit. */
import { isNew } from '@helsevev/panel/panel.ts'
import { useTranslation } from 'react-i18next'
import type { MedicationListData, ShownLine } from '../panel-data.ts'

const NAMESPACE = 'medication-list/citizen'

interface SinceLastProps {
  data: MedicationListData
  since: string | undefined
}

export function SinceLast({ data: { lines }, since }: SinceLastProps) {
  const { t } = useTranslation(NAMESPACE)
  if (since === undefined) return null
  const changed = lines.filter(({ reported }) => isNew(reported, since))
  return (
    <div className="panel__group">
      <h3 className="panel__part">{t('since.title')}</h3>
      {changed.length === 0 && <p>{t('since.none')}</p>}
      {changed.length > 0 && (
        <ul className="entry__list">
          {changed.map((one) => (
            <li key={one.id}>
              <strong>{one.drug ?? t('notStated')}</strong>: {t(`since.${kindOf(one, since)}`)}
              {one.standing !== 'stopped' && one.dose && <> {one.dose}.</>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** By its start: one that began after the visit is new. */
function kindOf({ standing, start }: ShownLine, since: string): 'stopped' | 'started' | 'changed' {
  if (standing === 'stopped') return 'stopped'
  return start !== undefined && Date.parse(start) > Date.parse(since) - 86_400_000 ? 'started' : 'changed'
}
