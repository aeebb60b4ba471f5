/** Why a patient could not be opened from a record system, and where to go. Another patient may still be open, and is not shown here. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { base } from '@helsevev/portal/client/base.ts'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { Shell } from '@helsevev/portal/client/Shell'
import { useTranslation } from 'react-i18next'
import { type LaunchFault, launchFaults } from '../contract.ts'

export function LaunchFailed() {
  const { t } = useTranslation('clinician')
  const told = new URLSearchParams(window.location.search).get('reason')
  const fault: LaunchFault = launchFaults.find((known) => known === told) ?? 'failed'
  return (
    <Shell portal={t('portal')}>
      <div className="card card--narrow">
        <PageTitle name={t('title.launchFailed')} />
        <p className="lead">{t(`launch.${fault}`)}</p>
        <p>{t('launch.nothingOpened')}</p>
        <Button htmlMarkup="a" href={`${base}/`}>
          {t('launch.button')}
        </Button>
      </div>
    </Shell>
  )
}
