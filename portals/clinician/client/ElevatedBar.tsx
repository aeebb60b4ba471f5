/** In sight as long as restricted information is open: on what ground, until when, who is notified, and the way to end it. */
import { formatTime } from '@helsevev/ui/format.ts'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Elevation, OpenPatientView } from '../contract.ts'
import { useEndOfAccess } from './access.tsx'

export function ElevatedBar({ patient, kind }: { patient: OpenPatientView; kind: Elevation }) {
  const { t, i18n } = useTranslation('clinician')
  const end = useEndOfAccess(patient)
  const heading = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    heading.current?.focus()
    return () =>
      // The element that had the focus disappears with the bar, so the focus goes to the patient's banner.
      void requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.querySelector<HTMLElement>('main h1')?.focus()
      })
  }, [])
  const { ends, reason } = patient.access
  return (
    <section className={`elevated elevated--${kind}`} aria-label={t(`access.${kind}.open`)}>
      <div className="elevated__words">
        <p ref={heading} tabIndex={-1} className="elevated__title">
          {t(`access.${kind}.until`, { time: ends ? formatTime(ends, i18n.language) : '' })}
        </p>
        <p>{t(`access.${kind}.told`)}</p>
        {reason && (
          <p className="elevated__reason">
            {t('word.reason')}: {reason}
          </p>
        )}
      </div>
      <button type="button" className="patient__action patient__action--close" onClick={() => void end()}>
        {t(`access.${kind}.end`)}
      </button>
    </section>
  )
}
