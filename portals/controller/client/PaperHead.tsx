/** Stands on paper alone: the organisation, the person who printed it, and when. */
import { usePrintedAt } from '@helsevev/portal/client/printed-at.ts'
import { useSession } from '@helsevev/portal/client/session'
import { useTranslation } from 'react-i18next'
import { useRole } from './role.tsx'

export function PaperHead() {
  const { t, i18n } = useTranslation('controller')
  const { organization } = useRole()
  const { me } = useSession()
  const printed = usePrintedAt((time) => t('paper.printed', { time }), i18n.language)
  const name = me?.signedIn ? me.name : t('word.nameless')
  return (
    <p className="print-only" aria-hidden="true">
      {t('paper.head', { organization: organization.name, name })} <span ref={printed} />
    </p>
  )
}
