/** Links to help, to what is stored about the person, and to how accessible the pages are. */
import { useTranslation } from 'react-i18next'
import { PageLink } from './PageLink.tsx'

export function Footer() {
  const { t } = useTranslation('citizen')
  return (
    <div className="foot">
      <ul className="foot__links">
        <li>
          <PageLink page="help">{t('title.help')}</PageLink>
        </li>
        <li>
          <PageLink page="privacy">{t('title.privacy')}</PageLink>
        </li>
        <li>
          <a href="/help/citizen#contact">{t('foot.contact')}</a>
        </li>
        <li>
          <a href="/accessibility">{t('foot.accessibility')}</a>
        </li>
      </ul>
      <p>{t('word.sourceAnswers')}</p>
    </div>
  )
}
