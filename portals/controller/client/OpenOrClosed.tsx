import { Toggle } from './Toggle.tsx'
import { useWords } from './words.ts'

export type OpenOrClosedValue = 'open' | 'closed'

/** What waits, or what has been settled. */
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
