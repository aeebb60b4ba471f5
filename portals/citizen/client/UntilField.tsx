/** The last day of a choice or a power of attorney; empty when it has no end. */
import { DateInput } from '@helsevev/ui/DateInput'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'

interface UntilFieldProps {
  help: string
  value: string
  onChange: (day: string) => void
}

export function UntilField({ help, value, onChange }: UntilFieldProps) {
  const { t } = useTranslation('citizen')
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{t('word.until')}</label>
      <p className="field__help" id={`${id}-help`}>
        {help}
      </p>
      <DateInput id={id} value={value} aria-describedby={`${id}-help`} onChange={onChange} />
    </div>
  )
}
