/** A labelled field with its help and its fault, connected for screen readers. */
import { DateInput } from '@helsevev/ui/DateInput'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'

interface Described {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface FieldProps {
  id?: string
  label: string
  help?: string | undefined
  error?: string | undefined
  /** Says that it must be filled in. */
  required?: boolean | undefined
  children: (described: Described) => ReactNode
}

export function Field({ id, label, help, error, required, children }: FieldProps) {
  const { t } = useTranslation('controller')
  const own = useId()
  const fieldId = id ?? own
  const described = [error && `${fieldId}-error`, help && `${fieldId}-help`].filter(Boolean).join(' ')
  return (
    <div className={`field${error ? ' field--error' : ''}`}>
      <label htmlFor={fieldId}>
        {label}
        {required && <span className="field__of"> ({t('form.required')})</span>}
      </label>
      {help && (
        <p className="field__help" id={`${fieldId}-help`}>
          {help}
        </p>
      )}
      {error && (
        <p className="field__error" id={`${fieldId}-error`}>
          {error}
        </p>
      )}
      {children({ id: fieldId, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
    </div>
  )
}

interface TextFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  help?: string
  long?: boolean
  inputMode?: 'numeric' | 'tel'
  required?: boolean
  error?: string | undefined
}

export function TextField({ label, value, onChange, help, long = false, inputMode, required, error }: TextFieldProps) {
  return (
    <Field label={label} help={help} error={error} required={required}>
      {(described) => (
        <input
          {...described}
          inputMode={inputMode}
          className={long ? 'field__input field__input--list' : 'field__input'}
          value={value}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

interface DateFieldProps {
  label: string
  value: string
  onChange: (day: string) => void
  help?: string
  error?: string | undefined
}

/** A day; `value` is `2026-01-15`, empty, or a text that is no day. */
export function DateField({ label, value, onChange, help, error }: DateFieldProps) {
  return (
    <Field label={label} help={help} error={error}>
      {(described) => <DateInput {...described} value={value} onChange={onChange} />}
    </Field>
  )
}

interface SelectProps<Value extends string> {
  label: string
  value: Value
  onChange: (value: Value) => void
  options: readonly (readonly [value: Value, words: string])[]
}

export function Select<Value extends string>({ label, value, onChange, options }: SelectProps<Value>) {
  const choose = (chosen: string) => {
    const option = options.find(([one]) => one === chosen)
    if (option) onChange(option[0])
  }
  return (
    <Field label={label}>
      {(described) => (
        <select {...described} className="field__input field__input--list" value={value} onChange={(event) => choose(event.target.value)}>
          {options.map(([one, words]) => (
            <option key={one} value={one}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
