import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useTranslation } from 'react-i18next'
import { Urgent } from '../client/Urgent.tsx'

/** Where to turn, for a person who is shown no information here: the numbers that are the same for everybody. */
export function HelpForAll() {
  const { t } = useTranslation('citizen')
  return (
    <div className="page">
      <PageTitle name={t('title.help')} />
      <p className="lead">{t('help.lead')}</p>
      <Urgent />
      <p>{t('refused.who.other.0')}</p>
    </div>
  )
}
