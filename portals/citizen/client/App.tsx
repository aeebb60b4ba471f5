/** Chooses the page that is shown: the page from the address, about the chosen person. */
import { Account } from '@helsevev/portal/client/Account'
import { Gate } from '@helsevev/portal/client/Gate'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { Shell } from '@helsevev/portal/client/Shell'
import type { SignedInAs } from '@helsevev/portal/contract'
import { DataState } from '@helsevev/ui/DataState'
import { type ComponentType, lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { CitizenProblem, Remembered } from '../contract.ts'
import { Home } from '../pages/Home.tsx'
import type { Page } from '../routes.ts'
import { Footer } from './Footer.tsx'
import { Navigation } from './Navigation.tsx'
import { usePage, useParameters } from './navigation.ts'
import { PageLink } from './PageLink.tsx'
import { PaperHead } from './PaperHead.tsx'
import { PeopleProvider, usePeople } from './people.tsx'
import { Refused } from './Refused.tsx'
import { WhoseStrip } from './WhoseStrip.tsx'
import './citizen.scss'

const ServicePage = lazy(async () => ({ default: (await import('../pages/Service.tsx')).ServicePage }))

/** All pages except the first are fetched when they are opened. */
const pages: Record<Page, ComponentType> = {
  home: Home,
  health: lazy(async () => ({ default: (await import('../pages/Health.tsx')).Health })),
  service: ServicePage,
  kind: ServicePage,
  log: lazy(async () => ({ default: (await import('../pages/Log.tsx')).Log })),
  questions: lazy(async () => ({ default: (await import('../pages/Questions.tsx')).Questions })),
  choices: lazy(async () => ({ default: (await import('../pages/Choices.tsx')).Choices })),
  behalf: lazy(async () => ({ default: (await import('../pages/Behalf.tsx')).Behalf })),
  notices: lazy(async () => ({ default: (await import('../pages/NoticeSettings.tsx')).NoticeSettings })),
  download: lazy(async () => ({ default: (await import('../pages/Download.tsx')).Download })),
  help: lazy(async () => ({ default: (await import('../pages/Help.tsx')).Help })),
  privacy: lazy(async () => ({ default: (await import('../pages/Privacy.tsx')).Privacy })),
}

export function App() {
  return <Gate<Remembered>>{(me) => <SignedInApp me={me} />}</Gate>
}

function SignedInApp({ me }: { me: SignedInAs<Remembered> }) {
  const { t } = useTranslation('citizen')
  const account = <Account name={me.name} />
  return (
    <PeopleProvider
      remembered={me.about}
      waiting={(problem, retry) => (
        <Shell portal={t('portal')} account={account} footer={<Footer />}>
          <Waiting problem={problem} onRetry={retry} />
        </Shell>
      )}
    >
      <Shell
        portal={t('portal')}
        account={account}
        strip={
          <>
            <PaperHead />
            <WhoseStrip />
            <Navigation />
          </>
        }
        footer={<Footer />}
      >
        <ChosenPage />
      </Shell>
    </PeopleProvider>
  )
}

const HelpForAll = lazy(async () => ({ default: (await import('../pages/HelpForAll.tsx')).HelpForAll }))
const PrivacyForAll = lazy(async () => ({ default: (await import('../pages/Privacy.tsx')).PrivacyForAll }))

/** Mounts the page again when the person changes, so that nothing about one person is shown under the name of another. */
function ChosenPage() {
  const page = usePage()
  const { about } = usePeople()
  const parameters = Object.values(useParameters()).join(' ')
  const Shown = pages[page]
  return (
    <Suspense fallback={<DataState state="loading" />}>
      <Shown key={`${page} ${parameters} ${about.id}`} />
    </Suspense>
  )
}

/** Until the people are known, and when they cannot be: help and privacy are open to everybody. */
function Waiting({ problem, onRetry }: { problem: CitizenProblem | undefined; onRetry: () => void }) {
  const { t } = useTranslation('citizen')
  const page = usePage()
  const wordsOf = useProblemWords()
  if (problem && (page === 'help' || page === 'privacy')) {
    return (
      <Suspense fallback={<DataState state="loading" />}>
        {page === 'help' ? <HelpForAll /> : <PrivacyForAll />}
        <p className="page">
          <PageLink page="home">{t('nav.home')}</PageLink>
        </p>
      </Suspense>
    )
  }
  if (!problem) return <DataState state="loading" title={t('loading')} />
  if (problem.code === 'unavailable') return <DataState state="unavailable" text={t('problem.unavailable')} onRetry={onRetry} />
  if (problem.code === 'refused') return <Refused problem={problem} onRetry={onRetry} />
  return <DataState state="failed" text={wordsOf(problem) ?? t('problem.failed')} onRetry={onRetry} />
}
