/** The form for a new choice: its kind, what it covers and who it is about; then what will happen; then the confirmation. */

import Button from '@helsenorge/designsystem-react/components/Button'
import { Choice as Option, Choices as Options } from '@helsevev/portal/client/Choices'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { focusWrongDate } from '@helsevev/ui/DateInput'
import { formatDate } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { numberedTexts } from '@helsevev/ui/texts.ts'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Choice, type ChoiceKind, choiceKinds, contract, type Organization, type Practitioner } from '../contract.ts'
import { ChoiceWhat, Covers } from './ChoiceWhat.tsx'
import { ChooseOrganization } from './ChooseOrganization.tsx'
import { ChoosePractitioner } from './ChoosePractitioner.tsx'
import { type ChoiceDraft, missingIn, newChoiceOf } from './choice-draft.ts'
import { draftSentence } from './choice-words.ts'
import { useAsk } from './people.tsx'
import { UntilField } from './UntilField.tsx'

export interface ChoiceFormProps {
  organizations: readonly Organization[]
  services: readonly string[]
  /** The practitioner to block, when the person came from the log to do that. */
  block: Practitioner | undefined
  kinds?: readonly ChoiceKind[]
  onMade: (choice: Choice) => void
}

export function ChoiceForm({ organizations, services, block, kinds = choiceKinds, onMade }: ChoiceFormProps) {
  const { t, i18n } = useTranslation('citizen')
  const ask = useAsk()
  const wordsOf = useProblemWords()
  const [draft, setDraft] = useState<ChoiceDraft>({
    kind: block && 'block',
    what: { kind: 'all' },
    receiver: undefined,
    practitioner: block,
    until: '',
  })
  // A block that is begun from the log needs nothing filled in.
  const [step, setStep] = useState<'fill' | 'confirm'>(block ? 'confirm' : 'fill')
  const [fault, setFault] = useState<string>()
  const { kind } = draft

  function complain(words: string) {
    setFault(words)
    announce(words)
  }

  function next(event: FormEvent) {
    event.preventDefault()
    if (focusWrongDate(event.currentTarget as HTMLFormElement)) return
    const missing = missingIn(draft)
    if (missing) return complain(t('choices.required', { field: t(missing) }))
    setFault(undefined)
    setStep('confirm')
  }

  async function confirm() {
    if (!kind) return
    const answer = await ask(contract.choose, { body: newChoiceOf(kind, draft) })
    if (isProblem(answer)) return complain(wordsOf(answer) ?? t('problem.failed'))
    announce(t('choices.done'))
    onMade(answer.choice)
  }

  if (kind && step === 'confirm') {
    const name = kind === 'block' ? draft.practitioner?.name : organizations.find(({ number }) => number === draft.receiver)?.name
    const ofRecord = kind !== 'opt-out' && draft.what.kind === 'record'
    const buttons = { onConfirm: () => void confirm(), onBack: () => setStep('fill') }
    const chosen = draftSentence({ t, i18n }, draft, organizations) ?? ''
    return <Confirmation {...{ kind, name, chosen, until: draft.until, ofRecord, fault, ...buttons }} />
  }
  return (
    <form className="choice-form" onSubmit={next} noValidate autoComplete="off">
      <Fields
        draft={draft}
        kinds={kinds}
        organizations={organizations}
        services={services}
        onChange={(part) => {
          // What was missing may now be there.
          setFault(undefined)
          setDraft({ ...draft, ...part })
        }}
      />
      <FaultLine fault={fault} />
      {kind && <Button type="submit">{t('choices.next')}</Button>}
    </form>
  )
}

interface FieldsProps extends Pick<ChoiceFormProps, 'organizations' | 'services'> {
  draft: ChoiceDraft
  kinds: readonly ChoiceKind[]
  onChange: (part: Partial<ChoiceDraft>) => void
}

function Fields({ draft, kinds, organizations, services, onChange }: FieldsProps) {
  const { t } = useTranslation('citizen')
  const { kind, what, receiver, practitioner, until } = draft
  return (
    <>
      <Options legend={t('choices.kindLegend')}>
        {kinds.map((value) => (
          <Option
            key={value}
            name="kind"
            value={value}
            checked={kind === value}
            label={t(`choices.kind.${value}.name`)}
            text={t(`choices.kind.${value}.text`)}
            onChoose={() => onChange({ kind: value })}
          />
        ))}
      </Options>
      {kind === 'block' && <ChoosePractitioner chosen={practitioner} onChoose={(chosen) => onChange({ practitioner: chosen })} />}
      {kind && (
        <ChoiceWhat
          kind={kind}
          what={what}
          onWhat={(chosen) => onChange({ what: chosen })}
          organizations={organizations}
          services={services}
        />
      )}
      {(kind === 'restriction' || kind === 'consent') && (
        <ChooseOrganization
          label={t(kind === 'consent' ? 'choices.receiverConsent' : 'choices.receiver')}
          everybody={kind === 'restriction'}
          organizations={organizations.filter(({ consumes }) => consumes.length > 0)}
          value={receiver}
          onChange={(chosen) => onChange({ receiver: chosen })}
        />
      )}
      {kind && <UntilField help={t('choices.untilHelp')} value={until} onChange={(day) => onChange({ until: day })} />}
    </>
  )
}

interface ConfirmationProps {
  kind: ChoiceKind
  /** Name of the practitioner or organisation that the choice is about. */
  name: string | undefined
  /** The choice in a sentence, and its last day; empty when it has none. */
  chosen: string
  until: string
  /** Whether the choice is about one record. */
  ofRecord: boolean
  fault: string | undefined
  onConfirm: () => void
  onBack: () => void
}

/** What will happen, before the choice is made. */
function Confirmation({ kind, name, chosen, until, ofRecord, fault, onConfirm, onBack }: ConfirmationProps) {
  const { t, i18n } = useTranslation('citizen')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="choice-form">
      <div>
        <h3 ref={heading} tabIndex={-1}>
          {t('choices.chosen')}
        </h3>
        <p className="choice-item__what">{chosen}</p>
        <p>{until ? t('choices.untilChosen', { date: formatDate(until, i18n.language) }) : t('choices.noEnd')}</p>
      </div>
      <h3>{t('choices.happens')}</h3>
      <ul className="choice-form__happens">
        {numberedTexts(t, `choices.consequence.${kind}`, { name: name ?? '' }).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {ofRecord && <Covers />}
      <FaultLine fault={fault} />
      <div className="buttons">
        <Button onClick={onConfirm}>{t('choices.confirm')}</Button>
        <Button variant="outline" onClick={onBack}>
          {t('choices.back')}
        </Button>
      </div>
    </div>
  )
}

/** Takes the focus, so that the fault is noticed. */
function FaultLine({ fault }: { fault: string | undefined }) {
  const line = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (fault) line.current?.focus()
  }, [fault])
  return (
    fault && (
      <p ref={line} className="field__error" tabIndex={-1}>
        {fault}
      </p>
    )
  )
}
