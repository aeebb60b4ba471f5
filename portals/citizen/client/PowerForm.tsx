/**
 * The form that gives a power of attorney: what will happen, to which person (by number and family name), for what, and for how long. The
 * number is typed, sent in the body, and forgotten.
 */

import Button from '@helsenorge/designsystem-react/components/Button'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { focusWrongDate } from '@helsevev/ui/DateInput'
import { announce } from '@helsevev/ui/Shell'
import { numberedTexts } from '@helsevev/ui/texts.ts'
import { type FormEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contract } from '../contract.ts'
import { useAsk } from './people.tsx'
import { UntilField } from './UntilField.tsx'

/** The service areas (Helsenorge's numbers) that a service here belongs to. */
const areasHere = ['3'] as const

export function PowerForm({ onGiven }: { onGiven: () => void }) {
  const { t } = useTranslation('citizen')
  const ask = useAsk()
  const wordsOf = useProblemWords()
  const id = useId()
  const number = useRef<HTMLInputElement>(null)
  const [identityNumber, setIdentityNumber] = useState('')
  const [familyName, setFamilyName] = useState('')
  const [areas, setAreas] = useState<readonly string[]>(areasHere)
  const [until, setUntil] = useState('')
  const [fault, setFault] = useState<string>()

  function complain(words: string) {
    setFault(words)
    announce(words)
    number.current?.focus()
  }

  async function give(event: FormEvent) {
    event.preventDefault()
    if (focusWrongDate(event.currentTarget as HTMLFormElement)) return
    if (!identityNumber.trim() || !familyName.trim() || areas.length === 0) return complain(t('behalf.powerMissing'))
    const answer = await ask(contract.givePower, { body: { identityNumber, familyName, areas: [...areas], ...(until ? { until } : {}) } })
    if (isProblem(answer)) return complain(wordsOf(answer) ?? t('problem.failed'))
    announce(t('behalf.powerDone'))
    onGiven()
  }

  return (
    <form className="choice-form" onSubmit={(event) => void give(event)} noValidate autoComplete="off">
      <ul className="choice-form__happens">
        {numberedTexts(t, 'behalf.powerHappens').map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {fault && (
        <p className="field__error" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      <div className="field">
        <label htmlFor={`${id}-number`}>{t('behalf.powerNumber')}</label>
        <p className="field__help" id={`${id}-help`}>
          {t('behalf.powerNumberHelp')}
        </p>
        <input
          ref={number}
          id={`${id}-number`}
          className="field__input"
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          maxLength={14}
          value={identityNumber}
          aria-describedby={fault ? `${id}-fault ${id}-help` : `${id}-help`}
          onChange={(event) => setIdentityNumber(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-name`}>{t('behalf.powerName')}</label>
        <input
          id={`${id}-name`}
          className="field__input field__input--long"
          autoComplete="off"
          maxLength={100}
          value={familyName}
          onChange={(event) => setFamilyName(event.target.value)}
        />
      </div>
      <ServiceAreas chosen={areas} onChange={setAreas} />
      <UntilField help={t('behalf.powerUntilHelp')} value={until} onChange={setUntil} />
      <Button type="submit">{t('word.givePower')}</Button>
    </form>
  )
}

/** What the power of attorney is for. */
function ServiceAreas({ chosen, onChange }: { chosen: readonly string[]; onChange: (areas: readonly string[]) => void }) {
  const { t } = useTranslation('citizen')
  return (
    <fieldset className="choices">
      <legend className="choices__legend">{t('behalf.powerAreas')}</legend>
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
