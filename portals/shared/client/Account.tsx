/** Who is signed in, and the way out. Signing out empties the screen first, whether the network answers or not. */
import { useTranslation } from 'react-i18next'
import { base, portalName } from './base.ts'
import { isProblem, signOut } from './call.ts'
import { forget, useSession } from './session.tsx'

export function Account({ name }: { name: string }) {
  const { t } = useTranslation(portalName)
  const { tellOthers } = useSession()
  async function leave() {
    forget()
    const answer = await signOut()
    tellOthers()
    // `replace`, so that the back button does not lead to a page of the session that ended.
    window.location.replace(isProblem(answer) ? `${base}/` : answer.next)
  }
  return (
    <div className="account">
      <span className="account__name">
        <span className="visually-hidden">{t('account.signedInAs')} </span>
        {name}
      </span>
      <button type="button" className="account__leave" onClick={() => void leave()}>
        {t('account.signOut')}
      </button>
    </div>
  )
}
