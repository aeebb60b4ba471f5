/** Chooses one of a few, each explained in a sentence: radio buttons in a fieldset; the whole row can be pressed. */
import { type ReactNode, useId } from 'react'

interface ChoicesProps {
  legend: string
  hideLegend?: boolean
  error?: string | undefined
  children: ReactNode
}

export function Choices({ legend, hideLegend, error, children }: ChoicesProps) {
  const errorId = useId()
  return (
    <fieldset className={`choices${error ? ' choices--error' : ''}`} aria-describedby={error ? errorId : undefined}>
      <legend className={hideLegend ? 'visually-hidden' : 'choices__legend'}>{legend}</legend>
      {error && (
        <p id={errorId} className="field__error">
          {error}
        </p>
      )}
      {children}
    </fieldset>
  )
}

interface ChoiceProps<Value extends string> {
  name: string
  value: Value
  checked: boolean
  label: string
  text: string
  id?: string
  onChoose: (value: Value) => void
}

export function Choice<Value extends string>({ name, value, checked, label, text, id, onChoose }: ChoiceProps<Value>) {
  const own = useId()
  const inputId = id ?? own
  return (
    <div className="choice">
      <input
        type="radio"
        id={inputId}
        name={name}
        value={value}
        checked={checked}
        aria-labelledby={`${inputId}-label`}
        aria-describedby={`${inputId}-text`}
        onChange={() => onChoose(value)}
      />
      <label htmlFor={inputId}>
        <span className="choice__label" id={`${inputId}-label`}>
          {label}
        </span>
        <span className="choice__text" id={`${inputId}-text`}>
          {text}
        </span>
      </label>
    </div>
  )
}
