/**
 * The warning before the session ends (WCAG 2.2.1). The end without use is put off by one key or one click, as often as the person likes;
 * the end after eight hours is announced, since a new sign-in is the only way to begin again. What was written is spoken of in both.
 */
import Button from '@helsenorge/designsystem-react/components/Button'
import { formatTime } from '@helsevev/ui/format.ts'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { absoluteHours } from '../contract.ts'
import { portalName } from './base.ts'
import { canKeepDrafts, hasDrafts, writesWhatIsLost } from './drafts.ts'

interface TimeOutProps {
  kind: 'idle-soon' | 'ends-soon'
  /** When the session ends. Milliseconds since 1970. */
  at: number
  onStay: () => void
  onSignOut: () => void
}

/** Keys that move about the dialog, or that alone do nothing. */
const quiet = new Set(['Tab', 'Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'])

export function TimeOut({ kind, at, onStay, onSignOut }: TimeOutProps) {
  const { t, i18n } = useTranslation(portalName)
  const dialog = useRef<HTMLDialogElement>(null)
  const leave = useRef<HTMLButtonElement>(null)
  const [written] = useState<'lost' | 'kept' | undefined>(() =>
    writesWhatIsLost() ? 'lost' : hasDrafts() && canKeepDrafts() ? 'kept' : undefined,
  )
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])

  function press(event: KeyboardEvent) {
    if (quiet.has(event.key) || document.activeElement === leave.current) return
    event.preventDefault()
    onStay()
  }

  const values = { time: formatTime(new Date(at), i18n.language), hours: absoluteHours }
  return (
    <dialog
      ref={dialog}
      className="dialog"
      role="alertdialog"
      aria-labelledby="time-out-title"
      aria-describedby="time-out-text"
      onKeyDown={press}
      onCancel={(event) => {
        event.preventDefault()
        onStay()
      }}
    >
      <div className="dialog__form">
        <h2 id="time-out-title">{t(`timeOut.${kind}.title`, values)}</h2>
        <div id="time-out-text">
          <p>{t(`timeOut.${kind}.text`, values)}</p>
          {written && <p>{t(`timeOut.${written}`)}</p>}
        </div>
        <div className="dialog__actions">
          <Button onClick={onStay}>{t(`timeOut.${kind}.stay`)}</Button>
          <Button ref={leave} variant="outline" onClick={onSignOut}>
            {t('account.signOut')}
          </Button>
        </div>
      </div>
    </dialog>
  )
}
