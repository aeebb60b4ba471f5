/** Heading of a view, below the name of the patient. Takes the focus when the view is opened, and names the window. */
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

export function SubTitle({ name }: { name: string }) {
  const { t } = useTranslation('clinician')
  const heading = useRef<HTMLHeadingElement>(null)
  const patient = t('title.patient')
  useEffect(() => {
    document.title = `${name} – ${patient} – Helsevev`
    return () => {
      document.title = `${patient} – Helsevev`
    }
  }, [name, patient])
  useEffect(() => heading.current?.focus(), [])
  return (
    <h2 ref={heading} tabIndex={-1}>
      {name}
    </h2>
  )
}
