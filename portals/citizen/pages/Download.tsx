import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useTranslation } from 'react-i18next'

export function Download() {
  const { t } = useTranslation('citizen')
  return (
    <div className="page">
      <PageTitle name={t('title.download')} />
      <p className="lead">{t('home.ways.download')}</p>
      <p>{t('notYet')}</p>
    </div>
  )
}
