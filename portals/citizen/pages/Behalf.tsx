import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useTranslation } from 'react-i18next'

export function Behalf() {
  const { t } = useTranslation('citizen')
  return (
    <div className="page">
      <PageTitle name={t('title.behalf')} />
      <p className="lead">{t('home.ways.behalf')}</p>
      <p>{t('notYet')}</p>
    </div>
  )
}
