import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useTranslation } from 'react-i18next'

/** Who is signed in. */
export function Home({ name }: { name: string }) {
  const { t } = useTranslation('citizen')
  return (
    <div className="card card--narrow">
      <PageTitle name={t('title.home')}>{t('home.greeting', { name })}</PageTitle>
      <p className="lead">{t('home.self')}</p>
    </div>
  )
}
