import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useTranslation } from 'react-i18next'

export function Log() {
  const { t } = useTranslation('citizen')
  return (
    <div className="page">
      <PageTitle name={t('title.log')} />
      <p className="lead">{t('home.ways.log')}</p>
      <p>{t('notYet')}</p>
    </div>
  )
}
