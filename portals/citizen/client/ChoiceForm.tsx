/** The form for a new choice: its kind, what it covers and who it is about; then what will happen; then the confirmation. */

import Button from '@helsenorge/designsystem-react/components/Button'
import { Choice as Option, Choices as Options } from '@helsevev/portal/client/Choices'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { announce } from '@helsevev/ui/Shell'
import { numberedTexts } from '@helsevev/ui/texts.ts'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Choice, type ChoiceKind, choiceKinds, contract, type NewChoice, type Organization, type Practitioner } from '../contract.ts'
import { ChoiceWhat, type What, whatIsMissing } from './ChoiceWhat.tsx'
import { ChooseOrganization } from './ChooseOrganization.tsx'
import { ChoosePractitioner } from './ChoosePractitioner.tsx'
import { useAsk } from './people.tsx'

interface ChoiceFormProps {
  organizations: readonly Organization[]
  services: readonly string[]
  /** The practitioner to block, when the person came from the log to do that. */
  block: Practitioner | undefined
  kinds?: readonly ChoiceKind[]
  onMade: (choice: Choice) => void
}

export function ChoiceForm({ organizations, services, block, kinds = choiceKinds, onMade }: ChoiceFormProps) {
  const { t } = useTranslation('citizen')
  const ask = useAsk()
  const wordsOf = useProblemWords()
  const untilId = useId()
  const [kind, setKind] = useState<ChoiceKind | undefined>(block && 'block')
  const [what, setWhat] = useState<What>({ kind: 'all' })
  const [receiver, setReceiver] = useState<string>()
  const [practitioner, setPractitioner] = useState(block)
  const [until, setUntil] = useState('')
  const [step, setStep] = useState<'fill' | 'confirm'>('fill')
  const [fault, setFault] = useState<string>()
  const heading = useRef<HTMLHeadingElement>(null)
  const faultLine = useRef<HTMLParagraphElement>(null)

  useEffect(() => {
    if (step === 'confirm') heading.current?.focus()
  }, [step])

  useEffect(() => {
    if (fault) faultLine.current?.focus()
  }, [fault])

  function complain(words: string) {
    setFault(words)
    announce(words)
  }

  /** Every change of a field takes the fault away: what was missing may now be there. */
  function fill<Value>(set: (value: Value) => void): (value: Value) => void {
    return (value) => {
      setFault(undefined)
      set(value)
    }
  }

  function next(event: FormEvent) {
    event.preventDefault()
    const missing = !kind
      ? 'choices.kindLegend'
      : kind === 'block' && !practitioner
        ? 'choices.practitioner'
        : kind === 'consent' && !receiver
          ? 'choices.receiverConsent'
          : whatIsMissing(kind === 'opt-out' ? { ...what, kind: 'service' } : what)
    if (missing) return complain(t('choices.required', { field: t(missing) }))
    setFault(undefined)
    setStep('confirm')
  }

  async function confirm() {
    if (!kind) return
    const body: NewChoice = {
      kind,
      ...(kind === 'opt-out' || what.kind === 'service' || what.kind === 'record' ? { service: what.service } : {}),
      ...(kind !== 'opt-out' && (what.kind === 'controller' || what.kind === 'record') ? { controller: what.controller } : {}),
      ...(kind !== 'opt-out' && what.kind === 'record' ? { record: what.record } : {}),
      ...((kind === 'restriction' || kind === 'consent') && receiver ? { receiver } : {}),
      ...(kind === 'block' ? { hprNumber: practitioner?.hprNumber } : {}),
      ...(until ? { until } : {}),
    }
    const answer = await ask(contract.choose, { body })
    if (isProblem(answer)) return complain(wordsOf(answer) ?? t('problem.failed'))
    announce(t('choices.done'))
    onMade(answer.choice)
  }

  if (kind && step === 'confirm') {
    const name = kind === 'block' ? practitioner?.name : organizations.find(({ number }) => number === receiver)?.name
    return (
      <div className="choice-form">
        <h3 ref={heading} tabIndex={-1}>
          {t('choices.happens')}
        </h3>
        <ul className="choice-form__happens">
          {numberedTexts(t, `choices.consequence.${kind}`, { name: name ?? '' }).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {fault && (
          <p ref={faultLine} className="field__error" tabIndex={-1}>
            {fault}
          </p>
        )}
        <div className="buttons">
          <Button onClick={() => void confirm()}>{t('choices.confirm')}</Button>
          <Button variant="outline" onClick={() => setStep('fill')}>
            {t('choices.back')}
          </Button>
        </div>
      </div>
    )
  }

  return (
    <form className="choice-form" onSubmit={next} noValidate autoComplete="off">
      <Options legend={t('choices.kindLegend')}>
        {kinds.map((value) => (
          <Option
            key={value}
            name="kind"
            value={value}
            checked={kind === value}
            label={t(`choices.kind.${value}.name`)}
            text={t(`choices.kind.${value}.text`)}
            onChoose={() => fill(setKind)(value)}
          />
        ))}
      </Options>
      {kind === 'block' && <ChoosePractitioner chosen={practitioner} onChoose={fill(setPractitioner)} />}
      {kind && <ChoiceWhat kind={kind} what={what} onWhat={fill(setWhat)} organizations={organizations} services={services} />}
      {(kind === 'restriction' || kind === 'consent') && (
        <ChooseOrganization
          label={t(kind === 'consent' ? 'choices.receiverConsent' : 'choices.receiver')}
          everybody={kind === 'restriction'}
          organizations={organizations.filter(({ consumes }) => consumes.length > 0)}
          value={receiver}
          onChange={fill(setReceiver)}
        />
      )}
      {kind && (
        <div className="field">
          <label htmlFor={untilId}>{t('word.until')}</label>
          <p className="field__help" id={`${untilId}-help`}>
            {t('choices.untilHelp')}
          </p>
          <input
            id={untilId}
            type="date"
            className="field__input"
            value={until}
            aria-describedby={`${untilId}-help`}
            onChange={(event) => setUntil(event.target.value)}
          />
        </div>
      )}
      {fault && (
        <p ref={faultLine} className="field__error" tabIndex={-1}>
          {fault}
        </p>
      )}
      {kind && <Button type="submit">{t('choices.next')}</Button>}
    </form>
  )
}
