import type { WithheldByPatient } from '@helsevev/panel/panel.ts'
import { DataState } from '@helsevev/ui/DataState'
import { useTranslation } from 'react-i18next'
import { usePeople } from './people.tsx'

/** What choices hide from the reader, as far as the API reports it. */
export function Withheld({ withheld: { cause } }: { withheld: WithheldByPatient }) {
  const { t } = useTranslation('citizen')
  const { about } = usePeople()
  if (cause !== 'Reservation') return <DataState state="withheld" title={t('health.byChoice.title')} text={t('health.byChoice.text')} />
  return about.isSelf ? (
    <DataState state="withheld" title={t('health.optedOut.title')} text={t('health.optedOut.text')} />
  ) : (
    <DataState state="withheld" title={t('health.byChoice.title')} text={t('health.optedOut.other')} />
  )
}
