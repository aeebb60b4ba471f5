/** The purposes that an agreement opens for. */
import { purposes } from '../contract.ts'
import { useWords } from './words.ts'

export function Purposes({ chosen, onChange }: { chosen: readonly string[]; onChange: (chosen: readonly string[]) => void }) {
  const { t, purpose } = useWords()
  return (
    <fieldset className="checks">
      <legend>{t('agreement.purposes')}</legend>
      {purposes.map((code) => (
        <label key={code} className="check">
          <input
            type="checkbox"
            checked={chosen.includes(code)}
            onChange={({ target }) => onChange(target.checked ? [...chosen, code] : chosen.filter((one) => one !== code))}
          />
          <span>{purpose(code)}</span>
        </label>
      ))}
    </fieldset>
  )
}
