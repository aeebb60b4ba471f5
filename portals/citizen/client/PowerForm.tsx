/**
 * The form that gives a power of attorney: to which person (by number and family name), for what, and for how long; then what will happen;
 * then the confirmation. The number is typed, sent in the body, and forgotten.
 */

import Button from '@helsenorge/designsystem-react/components/Button'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { focusWrongDate } from '@helsevev/ui/DateInput'
import { formatDate } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { codedText, numberedTexts } from '@helsevev/ui/texts.ts'
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contract } from '../contract.ts'
import { useAsk } from './people.tsx'
import { UntilField } from './UntilField.tsx'

/** The service areas (Helsenorge's numbers) that a service here belongs to. */
const areasHere = ['3'] as const

const fields = ['number', 'name', 'areas'] as const

/** Why it was refused, or which fields lack something, the first one first. */
interface Fault {
  words?: string
  missing?: readonly (typeof fields)[number][]
}

interface Power {
  identityNumber: string
  familyName: string
  areas: readonly string[]
  until: string
}

/** `onGiven` gets the family name as it was typed. */
export function PowerForm({ onGiven }: { onGiven: (familyName: string) => void }) {
  const { t } = useTranslation('citizen')
  const ask = useAsk()
  const wordsOf = useProblemWords()
  const [power, setPower] = useState<Power>({ identityNumber: '', familyName: '', areas: areasHere, until: '' })
  const [step, setStep] = useState<'fill' | 'confirm'>('fill')
  /** A new object each time, so that the same fault is noticed again. */
  const [fault, setFault] = useState<Fault>()

  function complain(found: Fault) {
    setFault(found)
    setStep('fill')
    announce([found.words, ...(found.missing ?? []).map((field) => t(`behalf.powerMissing.${field}`))].filter(Boolean).join(' '))
  }

  function next(event: FormEvent) {
    event.preventDefault()
    if (focusWrongDate(event.currentTarget as HTMLFormElement)) return
    const { identityNumber, familyName, areas } = power
    const filled = { number: identityNumber.trim() !== '', name: familyName.trim() !== '', areas: areas.length > 0 }
    const missing = fields.filter((field) => !filled[field])
    if (missing.length > 0) return complain({ missing })
    setFault(undefined)
    setStep('confirm')
  }

  async function give() {
    const { until, areas, ...person } = power
    const answer = await ask(contract.givePower, { body: { ...person, areas: [...areas], ...(until ? { until } : {}) } })
    if (isProblem(answer)) return complain({ words: wordsOf(answer) ?? t('problem.failed') })
    announce(t('behalf.powerDone'))
    onGiven(power.familyName.trim())
  }

  if (step === 'confirm') return <Confirmation power={power} onConfirm={() => void give()} onBack={() => setStep('fill')} />
  return (
    <form className="choice-form" onSubmit={next} noValidate autoComplete="off">
      <Fields power={power} fault={fault} onChange={(part) => setPower({ ...power, ...part })} />
      <Button type="submit">{t('behalf.powerNext')}</Button>
    </form>
  )
}

interface FieldsProps {
  power: Power
  fault: Fault | undefined
  onChange: (part: Partial<Power>) => void
}

function Fields({ power: { identityNumber, familyName, areas, until }, fault, onChange }: FieldsProps) {
  const { t } = useTranslation('citizen')
  const id = useId()
  const all = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const first = fault?.missing?.[0] ?? 'number'
    if (fault) all.current?.querySelector<HTMLInputElement>(`[data-field="${first}"] input`)?.focus()
  }, [fault])
  const lacks = (field: (typeof fields)[number]) => fault?.missing?.includes(field) ?? false
  const about = (field: (typeof fields)[number], ...others: string[]) => ({
    'aria-invalid': lacks(field) || undefined,
    'aria-describedby': [...(lacks(field) ? [`${id}-${field}-fault`] : []), ...others].join(' ') || undefined,
  })
  const missing = (field: (typeof fields)[number]) =>
    lacks(field) && (
      <p className="field__error" id={`${id}-${field}-fault`}>
        {t(`behalf.powerMissing.${field}`)}
      </p>
    )
  const className = (field: (typeof fields)[number]) => (lacks(field) ? 'field field--error' : 'field')
  return (
    <div ref={all} className="choice-form">
      {fault?.words && (
        <p className="field__error" id={`${id}-fault`}>
          {fault.words}
        </p>
      )}
      <div className={className('number')} data-field="number">
        <label htmlFor={`${id}-number`}>{t('behalf.powerNumber')}</label>
        <p className="field__help" id={`${id}-help`}>
          {t('behalf.powerNumberHelp')}
        </p>
        {missing('number')}
        <input
          id={`${id}-number`}
          className="field__input"
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          maxLength={14}
          value={identityNumber}
          {...about('number', ...(fault?.words ? [`${id}-fault`] : []), `${id}-help`)}
          onChange={(event) => onChange({ identityNumber: event.target.value })}
        />
      </div>
      <div className={className('name')} data-field="name">
        <label htmlFor={`${id}-name`}>{t('behalf.powerName')}</label>
        {missing('name')}
        <input
          {...about('name')}
          id={`${id}-name`}
          className="field__input field__input--long"
          autoComplete="off"
          maxLength={100}
          value={familyName}
          onChange={(event) => onChange({ familyName: event.target.value })}
        />
      </div>
      <ServiceAreas chosen={areas} fault={missing('areas')} described={about('areas')} onChange={(chosen) => onChange({ areas: chosen })} />
      <UntilField help={t('behalf.powerUntilHelp')} value={until} onChange={(day) => onChange({ until: day })} />
    </div>
  )
}

/** Who gets what for how long, and what that means, before it is given. */
function Confirmation({ power, onConfirm, onBack }: { power: Power; onConfirm: () => void; onBack: () => void }) {
  const { t, i18n } = useTranslation('citizen')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const { identityNumber, familyName, areas, until } = power
  const covers = areas.map((area) => codedText(t, 'behalf.area', area) ?? t('behalf.areaOther', { area })).join(', ')
  return (
    <div className="choice-form">
      <div>
        <h3 ref={heading} tabIndex={-1}>
          {t('choices.chosen')}
        </h3>
        <p className="choice-item__what">
          {t('behalf.powerChosen', { name: familyName.trim(), number: identityNumber.replaceAll(' ', '').slice(0, 6), areas: covers })}
        </p>
        <p>{until ? t('behalf.powerUntil', { date: formatDate(until, i18n.language) }) : t('behalf.powerNoEnd')}</p>
      </div>
      <h3>{t('choices.happens')}</h3>
      <ul className="choice-form__happens">
        {numberedTexts(t, 'behalf.powerHappens').map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <div className="buttons">
        <Button onClick={onConfirm}>{t('behalf.powerConfirm')}</Button>
        <Button variant="outline" onClick={onBack}>
          {t('choices.back')}
        </Button>
      </div>
    </div>
  )
}

/** What the power of attorney is for. */
interface ServiceAreasProps {
  chosen: readonly string[]
  fault: ReactNode
  described: { 'aria-describedby': string | undefined }
  onChange: (areas: readonly string[]) => void
}

function ServiceAreas({ chosen, fault, described, onChange }: ServiceAreasProps) {
  const { t } = useTranslation('citizen')
  return (
    <fieldset className="choices" data-field="areas" aria-describedby={described['aria-describedby']}>
      <legend className="choices__legend">{t('behalf.powerAreas')}</legend>
      {fault}
      {areasHere.map((area) => (
        <label key={area} className="tick">
          <input
            type="checkbox"
            checked={chosen.includes(area)}
            onChange={(event) => onChange(event.target.checked ? [...chosen, area] : chosen.filter((other) => other !== area))}
          />
          {t(`behalf.area.${area}`)}
        </label>
      ))}
    </fieldset>
  )
}
