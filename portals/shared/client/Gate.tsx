/**
 * What is shown until a person is signed in: that the page is loading, that the server does not answer, or the sign-in page. Then the
 * portal.
 */
import { DataState } from '@helsevev/ui/DataState'
import { Shell } from '@helsevev/ui/Shell'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SignedInAs } from '../contract.ts'
import { portalName } from './base.ts'
import { SignIn } from './SignIn.tsx'
import { useSession } from './session.tsx'

export function Gate<More>({ children }: { children: (me: SignedInAs<More>) => ReactNode }) {
  const { t } = useTranslation(portalName)
  const { me, problem, ended, refresh } = useSession<More>()
  if (me?.signedIn) return children(me)
  return (
    <Shell portal={t('portal')}>
      {me && <SignIn ended={ended} />}
      {!me && problem && <DataState state="unavailable" text={t('problem.unavailable')} onRetry={() => void refresh()} />}
      {!me && !problem && <DataState state="loading" title={t('loading')} />}
    </Shell>
  )
}
