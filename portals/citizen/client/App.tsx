/** Chooses the page that is shown: the page from the address, about the chosen person. */
import { Account } from '@helsevev/portal/client/Account'
import { Gate } from '@helsevev/portal/client/Gate'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import type { SignedInAs } from '@helsevev/portal/contract'
import { DataState } from '@helsevev/ui/DataState'
import { Shell } from '@helsevev/ui/Shell'
import { type ComponentType, lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { CitizenProblem, Remembered } from '../contract.ts'
import { Home } from '../pages/Home.tsx'
import type { Page } from '../routes.ts'
import { Footer } from './Footer.tsx'
import { Navigation } from './Navigation.tsx'
import { usePage } from './navigation.ts'
import { PeopleProvider, usePeople } from './people.tsx'
import { WhoseStrip } from './WhoseStrip.tsx'
import './citizen.scss'

/** All pages except the first are fetched when they are opened. */
const pages: Record<Page, ComponentType> = {
  home: Home,
  health: lazy(async () => ({ default: (await import('../pages/Health.tsx')).Health })),
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

/** Mounts the page again when the person changes, so that nothing about one person is shown under the name of another. */
function ChosenPage() {
  const page = usePage()
  const { about } = usePeople()
  const Shown = pages[page]
  return (
    <Suspense fallback={<DataState state="loading" />}>
      <Shown key={`${page} ${about.id}`} />
    </Suspense>
  )
}

function Waiting({ problem, onRetry }: { problem: CitizenProblem | undefined; onRetry: () => void }) {
  const { t } = useTranslation('citizen')
  const wordsOf = useProblemWords()
  if (!problem) return <DataState state="loading" title={t('loading')} />
  if (problem.code === 'unavailable') return <DataState state="unavailable" text={t('problem.unavailable')} onRetry={onRetry} />
  const state = problem.code === 'refused' ? 'refused' : 'failed'
  return <DataState state={state} text={wordsOf(problem) ?? t('problem.failed')} onRetry={onRetry} />
}
