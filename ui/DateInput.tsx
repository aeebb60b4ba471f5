/**
 * A day, typed as dd.mm.åååå in every browser and language, or chosen in a calendar. `value` is `2026-01-15`, empty, or what was typed when
 * it is no day: then the field says so when it is left, and `focusWrongDate` stops the form.
 */
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Calendar } from './Calendar.tsx'
import { isDay, readDay, writeDay } from './day-text.ts'

interface DateInputProps {
  id: string
  value: string
  onChange: (day: string) => void
  /** The first and last day that may be chosen in the calendar. */
  earliest?: string
  latest?: string
  required?: boolean
  /** Ids of what describes the field, and whether the form has found it wrong. */
  'aria-describedby'?: string | undefined
  'aria-invalid'?: true | undefined
}

export function DateInput({ id, value, onChange, earliest, latest, required, ...described }: DateInputProps) {
  const { t } = useTranslation('ui')
  const own = useId()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(writeDay(value))
  const [left, setLeft] = useState(false)
  const [open, setOpen] = useState(false)
  // Changed from outside: chosen, emptied or given back.
  useEffect(() => setText((before) => ((readDay(before) ?? before) === value ? before : writeDay(value))), [value])
  // What is behind the calendar cannot have the focus before it is gone.
  const wasOpen = useRef(false)
  useEffect(() => {
    if (wasOpen.current && !open) field.current?.focus()
    wasOpen.current = open
  }, [open])
  const wrong = value !== '' && !isDay(value)
  const faulty = wrong && left

  function type(typed: string) {
    setText(typed)
    onChange(typed.trim() === '' ? '' : (readDay(typed) ?? typed))
  }

  function leave() {
    setLeft(true)
    if (!wrong) setText(writeDay(value))
  }

  function choose(day: string | undefined) {
    setOpen(false)
    if (day) onChange(day)
  }

  return (
    <div className="date-input">
      {faulty && (
        <p className="field__error" id={`${own}-wrong`}>
          {t('date.wrong')}
        </p>
      )}
      <div className="date-input__row">
        <input
          ref={field}
          id={id}
          className="field__input"
          inputMode="numeric"
          autoComplete="off"
          placeholder={t('date.form')}
          maxLength={12}
          value={text}
          required={required}
          data-wrong-date={wrong || undefined}
          aria-invalid={faulty || described['aria-invalid'] ? true : undefined}
          aria-describedby={[faulty && `${own}-wrong`, described['aria-describedby']].filter(Boolean).join(' ') || undefined}
          onChange={(event) => type(event.target.value)}
          onBlur={leave}
        />
        <button
          type="button"
          className="date-input__open"
          aria-label={`${t('date.choose')}${isDay(value) ? `, ${writeDay(value)}` : ''}`}
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
        >
          <CalendarMark />
        </button>
      </div>
      {open && <Calendar day={isDay(value) ? value : ''} earliest={earliest} latest={latest} onChoose={choose} />}
    </div>
  )
}

/** Puts the focus on the first field of the form whose text is no day. Returns whether there was one. */
export function focusWrongDate(form: Element | null): boolean {
  const field = form?.querySelector<HTMLInputElement>('[data-wrong-date]')
  // Leaving the field is what shows the fault.
  field?.focus()
  field?.blur()
  field?.focus()
  return field !== null && field !== undefined
}

function CalendarMark() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d="M4 6h16v14H4zM4 10h16M8 3v4M16 3v4" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  )
}
