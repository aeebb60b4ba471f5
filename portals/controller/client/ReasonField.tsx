/** The reason for a change: required for every change, shown and logged. */
import { saysSomething } from '@helsevev/kernel/values/reason'
import { useTranslation } from 'react-i18next'
import { longestReason } from '../contract.ts'
import { Field } from './Field.tsx'

/** Counts as the API does: letters that say something. */
export function hasReason(reason: string): boolean {
  return saysSomething(reason)
}

interface ReasonFieldProps {
  id: string
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  required?: boolean
  /** Given by `useDraft`. */
  kept?: object
}

export function ReasonField({ id, value, onChange, error, required, kept }: ReasonFieldProps) {
  const { t } = useTranslation('controller')
  return (
    <Field id={id} label={t('word.reason')} help={t('reason.help')} error={error} required={required}>
      {(described) => (
        <textarea
          {...described}
          {...kept}
          className="field__input field__input--long"
          rows={3}
          maxLength={longestReason}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
