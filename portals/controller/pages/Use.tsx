import type { Use as Used } from '@helsevev/kernel/control/contract'
import { LoadedView } from '@helsevev/portal/client/loaded'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { DataState } from '@helsevev/ui/DataState'
import { useState } from 'react'
import { useFetched } from '../client/ask.ts'
import { Bars } from '../client/Bars.tsx'
import { Select } from '../client/Field.tsx'
import { periodOf, periods } from '../client/period.ts'
import { byPeriod, byReceiver } from '../client/use.ts'
import { WideTable } from '../client/WideTable.tsx'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

/** How much our records are looked at, by which receivers and for what purposes. */
export function Use() {
  const { t, service: serviceName } = useWords()
  const [days, setDays] = useState('28')
  const [by, setBy] = useState<Used['by']>('week')
  const [service, setService] = useState('')
  const matrix = useFetched(contract.agreements)
  const use = useFetched(contract.use, { query: { ...periodOf(Number(days)), by, service: service || undefined } })
  const services = matrix.answer?.services ?? []
  return (
    <>
      <PageTitle name={t('title.use')} />
      <p className="lead">{t('use.lead')}</p>
      <div className="filters">
        <Select
          label={t('word.period')}
          value={days}
          onChange={setDays}
          options={periods.map((one) => [one, t(`period.${one}`)] as const)}
        />
        <Select
          label={t('use.by')}
          value={by}
          onChange={setBy}
          options={(['day', 'week'] as const).map((one) => [one, t(`use.${one}`)] as const)}
        />
        <Select
          label={t('word.service')}
          value={service}
          onChange={setService}
          options={[['', t('word.all')], ...services.map((id) => [id, serviceName(id)] as const)]}
        />
      </div>
      <LoadedView loaded={use}>
        {(found) =>
          found.rows.length === 0 ? <DataState state="none" title={t('use.none')} text={t('list.noneText')} /> : <Figures use={found} />
        }
      </LoadedView>
    </>
  )
}

function Figures({ use }: { use: Used }) {
  const { t, date, number, purpose, service } = useWords()
  const totals = byPeriod(use)
  const purposeWords = (code: string | null) => (code === null ? t('use.noPurpose') : purpose(code))
  const periodWords = (day: string) => (use.by === 'week' ? t('use.weekOf', { day: date(day) }) : date(day))
  return (
    <>
      <h2>{t('use.total')}</h2>
      <p className="small">{t('use.opening')}</p>
      <Bars totals={totals} />
      <WideTable
        caption={t('use.total')}
        columns={[t(`use.${use.by}`), t('title.use')]}
        figuresFrom={1}
        rows={totals.map(({ period, lookUps }) => ({ key: period, cells: [periodWords(period), number(lookUps)] }))}
      />
      <h2>{t('use.byReceiver')}</h2>
      <WideTable
        caption={t('use.byReceiver')}
        columns={[t('use.receiver'), t('word.purpose'), t('word.service'), t('title.use')]}
        figuresFrom={3}
        rows={byReceiver(use).map((row) => ({
          key: [row.receiver?.number, row.purpose, row.service].join(' '),
          cells: [row.receiver?.name ?? t('use.noReceiver'), purposeWords(row.purpose), service(row.service), number(row.lookUps)],
        }))}
      />
      <details>
        <summary>{t('use.detail')}</summary>
        <WideTable
          caption={t('use.detail')}
          columns={[
            t(`use.${use.by}`),
            t('use.receiver'),
            t('word.purpose'),
            t('word.service'),
            t('title.use'),
            t('use.requests'),
            t('use.patients'),
          ]}
          figuresFrom={4}
          rows={use.rows.map((row) => ({
            key: [row.period, row.receiver?.number, row.purpose, row.service].join(' '),
            cells: [
              periodWords(row.period),
              row.receiver?.name ?? t('use.noReceiver'),
              purposeWords(row.purpose),
              service(row.service),
              number(row.lookUps),
              number(row.requests),
              number(row.patients),
            ],
          }))}
        />
      </details>
    </>
  )
}
