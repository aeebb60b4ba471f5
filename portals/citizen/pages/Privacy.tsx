import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useTranslation } from 'react-i18next'

export function Privacy() {
  const { t } = useTranslation('citizen')
  return (
    <div className="page">
      <PageTitle name={t('title.privacy')} />
      <p className="lead">{t('home.ways.privacy')}</p>
      <p>{t('notYet')}</p>
    </div>
  )
}
