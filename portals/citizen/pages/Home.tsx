import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useSession } from '@helsevev/portal/client/session'
import { DataState } from '@helsevev/ui/DataState'
import { useTranslation } from 'react-i18next'
import { ClosedServices } from '../client/ClosedServices.tsx'
import { pagesFor } from '../client/Navigation.tsx'
import { Notices } from '../client/Notices.tsx'
import { PageLink } from '../client/PageLink.tsx'
import { hasSomethingOpen, isYouth, usePeople } from '../client/people.tsx'

/** The first page: who is signed in, whose information is shown, and the way to everything else. */
export function Home() {
  const { t } = useTranslation('citizen')
  const { me } = useSession()
  const { about } = usePeople()
  const young = isYouth(about)
  return (
    <div className="page">
      <PageTitle name={t('nav.home')}>{t('word.hello', { name: me?.signedIn ? me.name : '' })}</PageTitle>
      <p className="lead">
        {t(young ? 'home.youth' : about.isSelf ? 'home.self' : 'home.other', { name: about.name ?? t('whose.nameless') })}
      </p>
      {about.isSelf && about.log.open && <Notices />}
      {!hasSomethingOpen(about) && (
        <DataState state="refused" title={t('home.closed')} text={<ClosedServices services={about.services} />} />
      )}
      <ul className="ways">
        {pagesFor(young)
          .filter((page) => page !== 'home')
          .map((page) => (
            <li key={page} className="way">
              <PageLink page={page}>{t(`nav.${page}`)}</PageLink>
              <p>{t(young && (page === 'health' || page === 'choices') ? `home.ways.${page}Youth` : `home.ways.${page}`)}</p>
            </li>
          ))}
      </ul>
    </div>
  )
}
