import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { numberedTexts } from '@helsevev/ui/texts.ts'
import { useTranslation } from 'react-i18next'
import { PageLink } from '../client/PageLink.tsx'
import { usePeople } from '../client/people.tsx'

/** What is stored about the person here, and which organisation is responsible for what. */
export function Privacy() {
  const { about } = usePeople()
  return <PrivacyForAll withChoices={about.choices.open} />
}

/** `withChoices`: whether the page with choices is open to the reader. */
export function PrivacyForAll({ withChoices = false }: { withChoices?: boolean }) {
  const { t } = useTranslation('citizen')
  return (
    <div className="page">
      <PageTitle name={t('title.privacy')} />
      <p className="lead">{t('privacy.lead')}</p>
      <div className="card">
        <ul className="choice-form__happens">
          {numberedTexts(t, 'privacy.points').map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
      {withChoices && (
        <p>
          <PageLink page="choices">{t('title.choices')}</PageLink>
        </p>
      )}
    </div>
  )
}
