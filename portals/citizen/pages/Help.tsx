import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useTranslation } from 'react-i18next'

export function Help() {
  const { t } = useTranslation('citizen')
  return (
    <div className="page">
      <PageTitle name={t('title.help')} />
      <p className="lead">{t('home.ways.help')}</p>
      <p>{t('notYet')}</p>
    </div>
  )
}
