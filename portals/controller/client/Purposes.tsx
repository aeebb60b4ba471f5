/** The purposes that an agreement opens for. */
import { useId } from 'react'
import { purposes } from '../contract.ts'
import { useWords } from './words.ts'

interface PurposesProps {
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
  error?: string | undefined
}

export function Purposes({ chosen, onChange, error }: PurposesProps) {
  const errorId = useId()
  const { t, purpose } = useWords()
  return (
    <fieldset className="checks" aria-describedby={error ? errorId : undefined}>
      <legend>{t('agreement.purposes')}</legend>
      {error && (
        <p id={errorId} className="field__error">
          {error}
        </p>
      )}
      {purposes.map((code) => (
        <label key={code} className="check">
          <input
            type="checkbox"
            aria-invalid={error ? true : undefined}
            checked={chosen.includes(code)}
            onChange={({ target }) => onChange(target.checked ? [...chosen, code] : chosen.filter((one) => one !== code))}
          />
          <span>{purpose(code)}</span>
        </label>
      ))}
    </fieldset>
  )
}
