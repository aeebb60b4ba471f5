/**
 * A change, as a button and the dialog behind it: what it leads to, what is asked for, why it is done; then the result, told above the page.
 * The dialog stays open as long as the change has not come through, with the reason why.
 */
import Button from '@helsenorge/designsystem-react/components/Button'
import { isProblem } from '@helsevev/portal/client/call.ts'
import type { CommonProblem } from '@helsevev/portal/contract'
import { announce } from '@helsevev/ui/Shell'
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hasReason, ReasonField } from './ReasonField.tsx'
import { useTell } from './told.tsx'
import { useFaultWords } from './words.ts'

export interface ChangeProps<Answer> {
  /** On the button, and on the one that confirms. */
  label: string
  /** What the button is about, for those who do not see what stands beside it. */
  about?: string | undefined
  title: string
  /** What it leads to, told before. */
  consequences: readonly string[]
  /** Asks for the change, with the reason. */
  send: (reason: string) => Promise<Answer | CommonProblem>
  /** Words when what is filled in will not do. */
  fault?: (() => string | undefined) | undefined
  /** Says itself why: an answer to a patient. */
  withoutReason?: boolean
  /** The result in words. */
  done: string
  /** What shows how it stands now; the result is told when it does. */
  onDone: (answer: Answer) => Promise<void> | void
  /** Fields before the reason. */
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
  const { label, title, consequences, send, fault, withoutReason = false, done, onDone, children, onClose } = props
  const { t } = useTranslation('controller')
  const tell = useTell()
  const wordsOf = useFaultWords()
  const [reason, setReason] = useState('')
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
    if (busy) return
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
          <ReasonField id={`${id}-reason`} value={reason} onChange={setReason} error={error?.at === 'reason' ? error.words : undefined} />
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
