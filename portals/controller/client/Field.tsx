/** A labelled field with its help and its fault, connected for screen readers. */
import { type ReactNode, useId } from 'react'

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
  children: (described: Described) => ReactNode
}

export function Field({ id, label, help, error, children }: FieldProps) {
  const own = useId()
  const fieldId = id ?? own
  const described = [error && `${fieldId}-error`, help && `${fieldId}-help`].filter(Boolean).join(' ')
  return (
    <div className={`field${error ? ' field--error' : ''}`}>
      <label htmlFor={fieldId}>{label}</label>
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
  type?: 'text' | 'date'
  long?: boolean
  inputMode?: 'numeric' | 'tel'
}

export function TextField({ label, value, onChange, help, type = 'text', long = false, inputMode }: TextFieldProps) {
  return (
    <Field label={label} help={help}>
      {(described) => (
        <input
          {...described}
          type={type}
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
