/** Fields that several parts of the page have. */
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type Content, uses } from '../../model/reconciliation-act.ts'

const NAMESPACE = 'medication-list/reconciliation'
/** Characters. */
const LONGEST = 500

interface TextProps {
  label: string
  value: string
  help?: string
  kept: object
  onChange: (value: string) => void
}

export function Text({ label, value, help, kept, onChange }: TextProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {help && (
        <p className="field__help" id={`${id}-help`}>
          {help}
        </p>
      )}
      <input
        type="text"
        id={id}
        className="field__input"
        value={value}
        maxLength={LONGEST}
        autoComplete="off"
        aria-describedby={help ? `${id}-help` : undefined}
        onChange={({ target }) => onChange(target.value)}
        {...kept}
      />
    </div>
  )
}

interface ContentFieldsProps {
  /** What stands where nothing is written. */
  row: Content
  content: Content
  kept: object
  onChange: (content: Content) => void
}

/** The dose in words, how it is used and for what. */
export function ContentFields({ row, content, kept, onChange }: ContentFieldsProps) {
  const { t } = useTranslation(NAMESPACE)
  const id = useId()
  const { dose, use, area } = { ...row, ...content }
  return (
    <div className="reconciliation__fields">
      <Text
        label={t('dose')}
        value={dose ?? ''}
        help={t('doseIsWords')}
        kept={kept}
        onChange={(value) => onChange({ ...content, dose: value })}
      />
      <div className="field">
        <label htmlFor={`${id}-use`}>{t('use')}</label>
        <select
          id={`${id}-use`}
          className="field__input"
          value={use ?? ''}
          onChange={({ target }) => onChange({ ...content, use: target.value })}
        >
          <option value="">{t('use.none')}</option>
          {uses.map((code) => (
            <option key={code} value={code}>
              {t(`use.${code}`)}
            </option>
          ))}
        </select>
      </div>
      <Text label={t('area')} value={area ?? ''} kept={kept} onChange={(value) => onChange({ ...content, area: value })} />
    </div>
  )
}
