/** Stands on paper alone: the organisation, the person who printed it, and when. */
import { useSession } from '@helsevev/portal/client/session'
import { formatDateTime } from '@helsevev/ui/format.ts'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useRole } from './role.tsx'

export function PaperHead() {
  const { t, i18n } = useTranslation('controller')
  const { organization } = useRole()
  const { me } = useSession()
  const printed = useRef<HTMLSpanElement>(null)
  const { language } = i18n
  useEffect(() => {
    // Written at once: the browser takes its picture of the page when the listeners return.
    const prepare = () => {
      if (printed.current) printed.current.textContent = t('paper.printed', { time: formatDateTime(new Date(), language) })
    }
    window.addEventListener('beforeprint', prepare)
    return () => window.removeEventListener('beforeprint', prepare)
  }, [t, language])
  const name = me?.signedIn ? me.name : t('word.nameless')
  return (
    <p className="print-only" aria-hidden="true">
      {t('paper.head', { organization: organization.name, name })} <span ref={printed} />
    </p>
  )
}
