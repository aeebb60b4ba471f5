/**
 * What is shown until a person is signed in: that the page is loading, that the server does not answer, or the sign-in page. Then the
 * portal.
 */
import { DataState } from '@helsevev/ui/DataState'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SignedInAs } from '../contract.ts'
import { portalName } from './base.ts'
import { useWrongAddress } from './navigation.ts'
import { Shell } from './Shell.tsx'
import { SignIn } from './SignIn.tsx'
import { useSession } from './session.tsx'
import { WrongAddress } from './WrongAddress.tsx'

export function Gate<More>({ children }: { children: (me: SignedInAs<More>) => ReactNode }) {
  const { t } = useTranslation(portalName)
  const { me, problem, ended, refresh } = useSession<More>()
  const wrong = useWrongAddress()
  if (wrong)
    return (
      <Shell portal={t('portal')}>
        <WrongAddress />
      </Shell>
    )
  if (me?.signedIn) return children(me)
  return (
    <Shell portal={t('portal')}>
      {me && <SignIn ended={ended} />}
      {!me && problem && <DataState state="unavailable" text={t('problem.unavailable')} onRetry={() => void refresh()} />}
      {!me && !problem && <DataState state="loading" title={t('loading')} />}
    </Shell>
  )
}
