/**
 * The form that opens a patient by identity number; the field is the first thing on the page. The number is sent in a body, and the browser
 * forgets it as soon as the patient is open.
 */
import Button from '@helsenorge/designsystem-react/components/Button'
import { base } from '@helsevev/portal/client/base.ts'
import { announce } from '@helsevev/ui/Shell'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SignedIn } from '../contract.ts'
import { faultOf, type IdentityNumberFault } from '../identity-number.ts'

export interface NumberError {
  fault: IdentityNumberFault | 'person-unknown'
}

interface FindByNumberProps {
  error: NumberError | undefined
  problem: string | undefined
  busy: boolean
  /** Record systems in which a patient can be chosen instead. */
  recordSystems: SignedIn['recordSystems']
  /** Checks the rest of the form; what is missing is shown there, in the same round as a fault of the number. */
  onCheck: () => boolean
  onFault: (error: NumberError | undefined) => void
  onOpen: (identityNumber: string) => void
  /** The rest of the form: between the number and the button. */
  children: ReactNode
}

export function FindByNumber({ error, problem, busy, recordSystems, onCheck, onFault, onOpen, children }: FindByNumberProps) {
  const { t } = useTranslation('clinician')
  const [number, setNumber] = useState('')
  const field = useRef<HTMLInputElement>(null)

  // A new object for each attempt, so that the same fault twice is announced twice.
  useEffect(() => {
    if (!error) return
    announce(t(`find.errors.${error.fault}`))
    field.current?.focus()
    field.current?.select()
  }, [error, t])

  function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const fault = faultOf(number)
    const isRight = onCheck()
    onFault(fault && { fault })
    if (!fault && isRight) onOpen(number)
  }

  const words = error && t(`find.errors.${error.fault}`)
  return (
    <form className="find__form" onSubmit={submit} noValidate autoComplete="off">
      <div className={`field${words ? ' field--error' : ''}`}>
        <label htmlFor="identity-number">{t('word.identityNumber')}</label>
        <p className="field__help" id="identity-number-help">
          {t('find.numberHelp')}
        </p>
        {words && (
          <p className="field__error" id="identity-number-error">
            {words}
          </p>
        )}
        <input
          ref={field}
          id="identity-number"
          className="field__input"
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          maxLength={14}
          value={number}
          aria-invalid={words ? true : undefined}
          aria-describedby={words ? 'identity-number-error identity-number-help' : 'identity-number-help'}
          onChange={(event) => setNumber(event.target.value)}
        />
      </div>
      {children}
      <Button type="submit" ariaLabel={busy ? t('find.opening') : t('find.button')}>
        {busy ? t('find.opening') : t('find.button')}
      </Button>
      {problem && <p className="field__error">{problem}</p>}
      {recordSystems && (
        <nav aria-label={t('launch.choose')}>
          <p>{t('launch.choose')}</p>
          <ul>
            {recordSystems.map((name, index) => (
              <li key={name}>
                <a href={`${base}/smart/standalone?ehr=${index}`}>{name}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </form>
  )
}
