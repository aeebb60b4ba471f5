import { Toggle } from './Toggle.tsx'
import { useWords } from './words.ts'

export type OpenOrClosedValue = 'open' | 'closed'

/** Chooses between open and closed cases. */
export function OpenOrClosed({ value, onChange }: { value: OpenOrClosedValue; onChange: (value: OpenOrClosedValue) => void }) {
  const { t } = useWords()
  return (
    <Toggle
      label={t('list.which')}
      value={value}
      options={[
        ['open', t('list.open')],
        ['closed', t('list.closed')],
      ]}
      onChange={onChange}
    />
  )
}
