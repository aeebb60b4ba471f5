import type { AdoptionRow } from '@helsevev/kernel/control/contract'
import { LoadedView } from '@helsevev/portal/client/loaded'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { DataState } from '@helsevev/ui/DataState'
import { useState } from 'react'
import { useFetched } from '../client/ask.ts'
import { Select } from '../client/Field.tsx'
import { Indicators } from '../client/Indicators.tsx'
import { WideTable } from '../client/WideTable.tsx'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

/** Which organisations are connected, and how much each uses the services: those with the least use come first. */
export function Adoption() {
  const { t } = useWords()
  const adoption = useFetched(contract.adoption)
  return (
    <>
      <PageTitle name={t('title.adoption')} />
      <p className="lead">{t('adoption.lead')}</p>
      <LoadedView loaded={adoption}>
        {({ rows }) =>
          rows.length === 0 ? <DataState state="none" title={t('adoption.none')} text={t('list.noneText')} /> : <Filtered rows={rows} />
        }
      </LoadedView>
      <Indicators />
    </>
  )
}

type Which = 'all' | 'hardly' | 'used'

function Filtered({ rows }: { rows: readonly AdoptionRow[] }) {
  const { t, date, number, service: serviceName } = useWords()
  const [service, setService] = useState('')
  const [which, setWhich] = useState<Which>('all')
  const ofService = rows.filter((row) => !service || row.service === service)
  // One that was connected lately and has not begun is neither.
  const kindOf = ({ hardlyUsed, weeks }: AdoptionRow): Which => (hardlyUsed ? 'hardly' : weeks.some((count) => count > 0) ? 'used' : 'all')
  const shown = ofService.filter((row) => which === 'all' || kindOf(row) === which)
  const countOf = (kind: Which) => ofService.filter((row) => kindOf(row) === kind).length
  const services = [...new Set(rows.map((row) => row.service))]
  return (
    <>
      <div className="filters">
        <Select
          label={t('word.service')}
          value={service}
          onChange={setService}
          options={[['', t('word.all')], ...services.map((id) => [id, serviceName(id)] as const)]}
        />
        <Select
          label={t('adoption.show')}
          value={which}
          onChange={setWhich}
          options={(['all', 'hardly', 'used'] as const).map((one) => [one, t(`adoption.show.${one}`)] as const)}
        />
      </div>
      <p>{t('adoption.summary', { used: countOf('used'), all: ofService.length, hardly: countOf('hardly') })}</p>
      {shown.length === 0 ? (
        <DataState state="none" title={t('adoption.noneChosen')} text={t('list.noneText')} />
      ) : (
        <WideTable
          caption={t('adoption.caption')}
          columns={[
            t('word.organization'),
            t('word.service'),
            t('adoption.counts'),
            t('adoption.since'),
            t('adoption.judged'),
            ...[4, 3, 2, 1].map((weeks) => t('adoption.weeksAgo', { count: weeks })),
          ]}
          figuresFrom={5}
          rows={shown.map((row) => ({
            key: [row.organization.number, row.service, row.counts].join(' '),
            cells: [
              row.organization.name,
              serviceName(row.service),
              t(`adoption.${row.counts}`),
              date(row.connectedSince),
              row.hardlyUsed ? <strong key="judged">{t('adoption.hardly')}</strong> : t('adoption.inUse'),
              ...row.weeks.map(number),
            ],
          }))}
        />
      )}
    </>
  )
}
