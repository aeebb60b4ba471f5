/** Shown for an address below the portal that leads to no page. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { useTranslation } from 'react-i18next'
import { base, portalName } from './base.ts'
import { PageTitle } from './PageTitle.tsx'

export function WrongAddress() {
  const { t } = useTranslation(portalName)
  return (
    <div className="card card--narrow">
      <PageTitle name={t('title.wrongAddress')} />
      <p className="lead">{t('wrongAddress.text')}</p>
      <Button htmlMarkup="a" href={`${base}/`}>
        {t('wrongAddress.button')}
      </Button>
    </div>
  )
}
