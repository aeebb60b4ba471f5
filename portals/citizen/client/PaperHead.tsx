/** Stands on paper alone: whose information it is, who printed it and when, and that paper holds only what stood on the screen. */
import { usePrintedAt } from '@helsevev/portal/client/printed-at.ts'
import { useSession } from '@helsevev/portal/client/session'
import { useTranslation } from 'react-i18next'
import { usePersonName } from './person-name.ts'

export function PaperHead() {
  const { t, i18n } = useTranslation('citizen')
  const { me } = useSession()
  const printed = usePrintedAt((time) => t('paper.printed', { time }), i18n.language)
  const name = me?.signedIn ? me.name : t('word.nameless')
  const whose = usePersonName()
  return (
    <p className="print-only" aria-hidden="true">
      {t('paper.head', { whose, name })} <span ref={printed} /> {t('paper.only')}
    </p>
  )
}
