/** A field that chooses one of the organisations that share here. */
import { useTranslation } from 'react-i18next'
import type { Organization } from '../contract.ts'
import { SelectField } from './SelectField.tsx'

interface ChooseOrganizationProps {
  label: string
  organizations: readonly Organization[]
  value: string | undefined
  onChange: (number: string | undefined) => void
  /** When true, choosing none means all organisations; otherwise one must be chosen. */
  everybody?: boolean
}

export function ChooseOrganization({ label, organizations, value, onChange, everybody = false }: ChooseOrganizationProps) {
  const { t } = useTranslation('citizen')
  return (
    <SelectField
      label={label}
      value={value ?? ''}
      onChange={(number) => onChange(number || undefined)}
      options={[
        { value: '', name: t(everybody ? 'choices.everyone' : 'choices.choose') },
        ...organizations.map(({ number, name }) => ({ value: number, name })),
      ]}
    />
  )
}
