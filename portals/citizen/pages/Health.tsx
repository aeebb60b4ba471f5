import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useTranslation } from 'react-i18next'

export function Health() {
  const { t } = useTranslation('citizen')
  return (
    <div className="page">
      <PageTitle name={t('title.health')} />
      <p className="lead">{t('home.ways.health')}</p>
      <p>{t('notYet')}</p>
    </div>
  )
}
