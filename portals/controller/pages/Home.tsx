import { LoadedView } from '@helsevev/portal/client/loaded'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useSession } from '@helsevev/portal/client/session'
import { DataState } from '@helsevev/ui/DataState'
import { useFetched } from '../client/ask.ts'
import { PageLink } from '../client/PageLink.tsx'
import { useRole } from '../client/role.tsx'
import { useWords } from '../client/words.ts'
import { contract, type WaitingKind, waitingKinds } from '../contract.ts'
import type { Page } from '../routes.ts'

const pageOf: Record<WaitingKind, Page> = {
  followUps: 'followUps',
  misuseCases: 'misuseCases',
  questions: 'questions',
  messages: 'messages',
  signatures: 'waiting',
  refusals: 'refusals',
}

/** Who is signed in, and what waits, as counts with links. */
export function Home() {
  const { t, number } = useWords()
  const { me } = useSession()
  const { organization } = useRole()
  const overview = useFetched(contract.overview)
  return (
    <>
      <PageTitle name={t('title.home')}>{t('word.hello', { name: me?.signedIn ? me.name : '' })}</PageTitle>
      <p className="lead">{t('home.lead', { organization: organization.name })}</p>
      <LoadedView loaded={overview}>
        {(waiting) => (
          <>
            {waitingKinds.some((kind) => waiting[kind] === null) && <DataState state="partial" text={t('home.partial')} />}
            <ul className="counts">
              {waitingKinds.map((kind) => {
                const found = waiting[kind]
                return (
                  <li key={kind} className={`count${found?.count ? ' count--waits' : ''}`}>
                    <p className="count__number">{found ? `${number(found.count)}${found.more ? '+' : ''}` : '–'}</p>
                    <div>
                      <PageLink page={pageOf[kind]} className="count__link">
                        {t(`home.${kind}.name`)}
                      </PageLink>
                      <p className="small">
                        {found === null ? t('home.unknown') : found.count > 0 ? t(`home.${kind}.some`) : t('home.none')}
                      </p>
                    </div>
                  </li>
                )
              })}
            </ul>
          </>
        )}
      </LoadedView>
    </>
  )
}
