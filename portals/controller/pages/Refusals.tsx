import { LoadedView } from '@helsevev/portal/client/loaded'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { DataState } from '@helsevev/ui/DataState'
import { useState } from 'react'
import { useFetched } from '../client/ask.ts'
import { Select } from '../client/Field.tsx'
import { periodOf, periods } from '../client/period.ts'
import { WideTable } from '../client/WideTable.tsx'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

/** Requests in our name that were refused, newest day first: a vendor's mistake is seen the day it begins. */
export function Refusals() {
  const { t, date, time, number, service, refusedFor } = useWords()
  const [days, setDays] = useState('7')
  const [vendor, setVendor] = useState('')
  const refusals = useFetched(contract.refusals, { query: periodOf(Number(days)) })
  return (
    <>
      <PageTitle name={t('title.refusals')} />
      <p className="lead">{t('refusals.lead')}</p>
      <LoadedView loaded={refusals}>
        {({ rows }) => {
          const vendors = new Map(rows.flatMap((row) => (row.vendor ? [[row.vendor.number, row.vendor.name] as const] : [])))
          const shown = rows.filter((row) => !vendor || row.vendor?.number === vendor)
          return (
            <>
              <div className="filters">
                <Select
                  label={t('word.period')}
                  value={days}
                  onChange={setDays}
                  options={periods.map((one) => [one, t(`period.${one}`)] as const)}
                />
                <Select label={t('refusals.vendor')} value={vendor} onChange={setVendor} options={[['', t('word.all')], ...vendors]} />
              </div>
              {shown.length === 0 ? (
                <DataState state="none" title={t('refusals.none')} text={t('list.noneText')} />
              ) : (
                <WideTable
                  caption={t('refusals.caption')}
                  columns={[
                    t('word.day'),
                    t('refusals.why'),
                    t('refusals.vendor'),
                    t('refusals.client'),
                    t('word.service'),
                    t('refusals.last'),
                    t('refusals.openings'),
                    t('refusals.requests'),
                  ]}
                  figuresFrom={6}
                  rows={shown.map((row) => ({
                    key: [row.day, row.problem, row.client, row.vendor?.number, row.service, ...row.unseen].join(' '),
                    cells: [
                      date(row.day),
                      <span key="why">
                        {refusedFor(row.problem)} <code translate="no">{row.problem}</code>
                        {row.unseen.length > 0 && <small> {row.unseen.map((reason) => t(`unseen.${reason}`)).join(', ')}</small>}
                      </span>,
                      row.vendor?.name ?? '–',
                      row.client,
                      row.service ? service(row.service) : '–',
                      time(row.last),
                      row.openings === null ? '–' : number(row.openings),
                      number(row.requests),
                    ],
                  }))}
                />
              )}
            </>
          )
        }}
      </LoadedView>
    </>
  )
}
