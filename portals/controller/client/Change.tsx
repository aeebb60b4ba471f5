/**
 * A change: a button and the dialog that it opens, with the consequences, the fields and the reason. The result is then shown above the
 * page. If the change fails, the dialog stays open and shows why.
 */
import Button from '@helsenorge/designsystem-react/components/Button'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { useDraft } from '@helsevev/portal/client/drafts.ts'
import type { CommonProblem } from '@helsevev/portal/contract'
import { focusWrongDate } from '@helsevev/ui/DateInput'
import { announce } from '@helsevev/ui/Shell'
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hasReason, ReasonField } from './ReasonField.tsx'
import { useResultNotice } from './result-notice.tsx'
import { useFaultWords } from './words.ts'

export interface ChangeProps<Answer> {
  /** Text of the button that opens the dialog, and of the one that confirms. */
  label: string
  /** What the button is about, for those who cannot see what stands near it. */
  about?: string | undefined
  title: string
  /** The consequences, shown before the change is made. */
  consequences: readonly string[]
  /** Sends the change, with the reason. */
  send: (reason: string) => Promise<Answer | CommonProblem>
  /** A fault in what is filled in, in words. */
  fault?: (() => string | undefined) | undefined
  /** True for a change that needs no reason, because its text explains it: an answer to a patient. */
  withoutReason?: boolean
  /** The result in words. */
  done: string
  /** Loads the new state; the result is announced when this is done. */
  onDone: (answer: Answer) => Promise<void> | void
  /** Fields above the reason. */
  children?: ReactNode
}

export function Change<Answer extends object>(props: ChangeProps<Answer>) {
  const [open, setOpen] = useState(false)
  const { label, about } = props
  return (
    <>
      <Button variant="outline" onClick={() => setOpen(true)}>
        {label}
        {about && <span className="visually-hidden">{` ${about}`}</span>}
      </Button>
      {open && <ChangeDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

function ChangeDialog<Answer extends object>(props: ChangeProps<Answer> & { onClose: () => void }) {
  const { label, about, title, consequences, send, fault, withoutReason = false, done, onDone, children, onClose } = props
  const { t } = useTranslation('controller')
  const tell = useResultNotice()
  const wordsOf = useFaultWords()
  const { value: reason, setValue: setReason, kept } = useDraft(`${title} ${label} ${about ?? ''}`, title, '')
  const [error, setError] = useState<{ at: 'reason' | 'form'; words: string }>()
  const [busy, setBusy] = useState(false)
  const dialog = useRef<HTMLDialogElement>(null)
  const summary = useRef<HTMLParagraphElement>(null)
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])

  function complain(at: 'reason' | 'form', words: string) {
    setError({ at, words })
    announce(words)
    if (at === 'reason') document.getElementById(`${id}-reason`)?.focus()
    else window.setTimeout(() => summary.current?.focus())
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy || focusWrongDate(dialog.current)) return
    const wrong = fault?.()
    if (wrong) return complain('form', wrong)
    if (!withoutReason && !hasReason(reason)) return complain('reason', t('reason.tooShort'))
    setBusy(true)
    const answer = await send(reason.trim())
    setBusy(false)
    if (isProblem(answer)) return complain('form', wordsOf(answer))
    dialog.current?.close()
    await onDone(answer as Answer)
    tell(done)
  }

  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={`${id}-title`} onClose={onClose}>
      <form className="dialog__form" onSubmit={(event) => void submit(event)} noValidate autoComplete="off">
        <h2 id={`${id}-title`}>{title}</h2>
        <div>
          <p className="dialog__lead">{t('change.leadsTo')}</p>
          <ul className="dialog__points">
            {consequences.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </div>
        {error?.at === 'form' && (
          <p ref={summary} className="field__error" tabIndex={-1}>
            {error.words}
          </p>
        )}
        {children}
        {!withoutReason && (
          <ReasonField
            id={`${id}-reason`}
            value={reason}
            onChange={setReason}
            error={error?.at === 'reason' ? error.words : undefined}
            kept={kept}
          />
        )}
        <div className="dialog__actions">
          <Button type="submit">{busy ? t('change.busy') : label}</Button>
          <Button variant="borderless" onClick={() => dialog.current?.close()}>
            {t('word.cancel')}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
