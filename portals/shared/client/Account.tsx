/** Who is signed in, and the way out. Signing out empties the screen first, whether the network answers or not. */
import { useTranslation } from 'react-i18next'
import { portalName } from './base.ts'
import { useSession } from './session.tsx'

export function Account({ name }: { name: string }) {
  const { t } = useTranslation(portalName)
  const { leave } = useSession()
  return (
    <div className="account">
      <span className="account__name">
        <span className="visually-hidden">{t('account.signedInAs')} </span>
        <span translate="no">{name}</span>
      </span>
      <button type="button" className="account__leave" onClick={() => void leave()}>
        {t('account.signOut')}
      </button>
    </div>
  )
}
