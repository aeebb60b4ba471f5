import Button from '@helsenorge/designsystem-react/components/Button'
import { base } from '@helsevev/portal/client/base.ts'
import { Choice, Choices } from '@helsevev/portal/client/Choices'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { announce } from '@helsevev/ui/Shell'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { go } from '../client/navigation.ts'
import { useLoadPanels } from '../client/panel-loading.ts'
import { reset } from '../client/panel-store.ts'
import { isProblem, openPatient } from '../client/server.ts'
import { useSession } from '../client/session.ts'
import { type PortalProblem, type Purpose, purposes, type SignedIn } from '../contract.ts'
import { faultOf, type IdentityNumberFault } from '../identity-number.ts'

/** Chosen once and kept while the window is open: the next patient is most often looked up for the same reason. */
let purposeBefore: Purpose | undefined

type NumberError = IdentityNumberFault | 'person-unknown'

/** The identity number is typed here, sent in a body, and forgotten by the browser as soon as the patient is open. */
export function FindPatient({ me }: { me: SignedIn }) {
  const { t } = useTranslation('clinician')
  const { refresh, tellOthers } = useSession()
  const load = useLoadPanels()
  const [number, setNumber] = useState('')
  const [purpose, setPurpose] = useState(purposeBefore)
  const [numberError, setNumberError] = useState<NumberError>()
  const [purposeMissing, setPurposeMissing] = useState(false)
  const wordsOf = useProblemWords()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)

  function complain(error: NumberError) {
    setNumberError(error)
    announce(t(`find.errors.${error}`))
    field.current?.focus()
    field.current?.select()
  }

  async function fail(problem: PortalProblem) {
    if (problem.code === 'identity-number-invalid') return complain(problem.fault)
    if (problem.code === 'person-unknown') return complain('person-unknown')
    if (problem.code === 'signed-out') return void (await refresh())
    const words = wordsOf(problem) ?? t('problem.failed')
    setProblem(words)
    announce(words)
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setProblem(undefined)
    const fault = faultOf(number)
    setNumberError(fault)
    setPurposeMissing(!purpose)
    if (fault) return complain(fault)
    if (!purpose) {
      announce(t('find.purposeRequired'))
      return document.getElementById(`purpose-${purposes[0]}`)?.focus()
    }
    purposeBefore = purpose
    setBusy(true)
    announce(t('find.opening'))
    try {
      const opened = await openPatient(number, purpose)
      if (isProblem(opened)) return await fail(opened)
      reset({ opening: opened.patient.opening, access: opened.patient.access.id })
      tellOthers()
      void load(opened.panels)
      await refresh()
      go('patient')
    } finally {
      setBusy(false)
    }
  }

  const error = numberError && t(`find.errors.${numberError}`)
  return (
    <form className="card card--narrow" onSubmit={(event) => void submit(event)} noValidate autoComplete="off">
      <PageTitle name={t('title.find')} />
      {me.patient && (
        <button type="button" className="link-button" onClick={() => go('patient')}>
          {t('find.resume')}
        </button>
      )}
      <div className={`field${error ? ' field--error' : ''}`}>
        <label htmlFor="identity-number">{t('find.number')}</label>
        <p className="field__help" id="identity-number-help">
          {t('find.numberHelp')}
        </p>
        {error && (
          <p className="field__error" id="identity-number-error">
            {error}
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
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? 'identity-number-error identity-number-help' : 'identity-number-help'}
          onChange={(event) => setNumber(event.target.value)}
        />
      </div>
      <Choices legend={t('find.purpose')} error={purposeMissing && !purpose ? t('find.purposeRequired') : undefined}>
        {purposes.map((code) => (
          <Choice
            key={code}
            id={`purpose-${code}`}
            name="purpose"
            value={code}
            checked={purpose === code}
            label={t(`purpose.${code}.name`)}
            text={t(`purpose.${code}.text`)}
            onChoose={(value) => setPurpose(value as Purpose)}
          />
        ))}
      </Choices>
      {problem && <p className="field__error">{problem}</p>}
      <Button type="submit" ariaLabel={busy ? t('find.opening') : t('find.button')}>
        {busy ? t('find.opening') : t('find.button')}
      </Button>
      {me.recordSystems && (
        <nav aria-label={t('launch.choose')}>
          <p>{t('launch.choose')}</p>
          <ul>
            {me.recordSystems.map((name, index) => (
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
