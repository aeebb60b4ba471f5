import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useTranslation } from 'react-i18next'

export function Questions() {
  const { t } = useTranslation('citizen')
  return (
    <div className="page">
      <PageTitle name={t('title.questions')} />
      <p className="lead">{t('home.ways.questions')}</p>
      <p>{t('notYet')}</p>
    </div>
  )
}
