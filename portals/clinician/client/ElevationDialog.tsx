/** Shown before restricted information is opened: what it does, who will see it, and, for emergency access, why it is needed. */

import Button from '@helsenorge/designsystem-react/components/Button'
import { useDraft } from '@helsevev/portal/client/drafts.ts'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { announce } from '@helsevev/ui/Shell'
import { numberedTexts } from '@helsevev/ui/texts.ts'
import { type FormEvent, type Ref, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Elevation, elevatedMinutes, longestReason } from '../contract.ts'
import { hasReason } from '../reason.ts'
import { elevate, isProblem } from './server.ts'
import { useSession } from './session.ts'

interface ElevationDialogProps {
  kind: Elevation
  opening: string
  /** Names the patient among what is written: the reason comes back with the same patient only. */
  draft: string
  onBegun: () => void
  onClose: () => void
}

export function ElevationDialog({ kind, opening, draft, onBegun, onClose }: ElevationDialogProps) {
  const { t } = useTranslation('clinician')
  const { refresh } = useSession()
  const wordsOf = useProblemWords()
  const { value: reason, setValue: setReason, forget, kept } = useDraft(`emergency ${draft}`, t('access.emergency.draft'), '')
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const dialog = useRef<HTMLDialogElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])

  function complain(words: string) {
    setError(words)
    announce(words)
    field.current?.focus()
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    if (kind === 'emergency' && !hasReason(reason)) return complain(t('access.emergency.reasonSaysNothing'))
    setBusy(true)
    const answer = await elevate(opening, kind, reason)
    setBusy(false)
    if (!isProblem(answer)) {
      forget()
      return onBegun()
    }
    if (answer.code === 'reason-says-nothing') return complain(t('access.emergency.reasonSaysNothing'))
    const words = wordsOf(answer)
    if (words) return complain(words)
    // The session or the patient has changed, and the page shows which.
    onClose()
    await refresh()
  }

  const points = numberedTexts(t, `access.${kind}.points`, { minutes: elevatedMinutes })
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={`${id}-title`} onClose={onClose}>
      <form className="dialog__form" onSubmit={(event) => void submit(event)} noValidate autoComplete="off">
        <h2 id={`${id}-title`}>{t(`access.${kind}.title`)}</h2>
        <p className="lead">{t(`access.${kind}.lead`)}</p>
        <ul className="dialog__points">
          {points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
        {kind === 'emergency' && <ReasonField ref={field} value={reason} error={error} onChange={setReason} kept={kept} />}
        {kind === 'consent' && error && <p className="field__error">{error}</p>}
        <div className="dialog__actions">
          <Button type="submit">{busy ? t('access.opening') : t(`access.${kind}.confirm`)}</Button>
          <Button variant="borderless" onClick={() => dialog.current?.close()}>
            {t('word.cancel')}
          </Button>
        </div>
      </form>
    </dialog>
  )
}

interface ReasonFieldProps {
  ref: Ref<HTMLTextAreaElement>
  value: string
  error: string | undefined
  onChange: (reason: string) => void
  /** Given by `useDraft`. */
  kept: object
}

function ReasonField({ ref, value, error, onChange, kept }: ReasonFieldProps) {
  const { t } = useTranslation('clinician')
  const id = useId()
  return (
    <div className={`field${error ? ' field--error' : ''}`}>
      <label htmlFor={id}>{t('access.emergency.reason')}</label>
      <p className="field__help" id={`${id}-help`}>
        {t('access.emergency.reasonHelp')}
      </p>
      {error && (
        <p className="field__error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <textarea
        ref={ref}
        id={id}
        className="field__input field__input--long"
        rows={3}
        maxLength={longestReason}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error ${id}-help` : `${id}-help`}
        onChange={(event) => onChange(event.target.value)}
        {...kept}
      />
    </div>
  )
}
