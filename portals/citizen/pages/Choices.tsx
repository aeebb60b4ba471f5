import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useTranslation } from 'react-i18next'

export function Choices() {
  const { t } = useTranslation('citizen')
  return (
    <div className="page">
      <PageTitle name={t('title.choices')} />
      <p className="lead">{t('home.ways.choices')}</p>
      <p>{t('notYet')}</p>
    </div>
  )
}
