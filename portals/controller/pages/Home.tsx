import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useTranslation } from 'react-i18next'
import type { Organization } from '../contract.ts'

/** Who is signed in, and for whom. */
export function Home({ name, organization }: { name: string; organization: Organization }) {
  const { t } = useTranslation('controller')
  return (
    <div className="card card--narrow">
      <PageTitle name={t('title.home')}>{t('home.greeting', { name })}</PageTitle>
      <p className="lead">{t('home.actsFor', { organization: organization.name })}</p>
    </div>
  )
}
