import { LoadedView } from '@helsevev/portal/client/loaded'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { DataState } from '@helsevev/ui/DataState'
import { useFetched } from '../client/ask.ts'
import { WideTable } from '../client/WideTable.tsx'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

/** Which organisations are connected, and how much each uses the services: those with the least use come first. */
export function Adoption() {
  const { t, date, number, service } = useWords()
  const adoption = useFetched(contract.adoption)
  return (
    <>
      <PageTitle name={t('title.adoption')} />
      <p className="lead">{t('adoption.lead')}</p>
      <LoadedView loaded={adoption}>
        {({ rows }) =>
          rows.length === 0 ? (
            <DataState state="none" title={t('adoption.none')} text={t('list.noneText')} />
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
              rows={rows.map((row) => ({
                key: [row.organization.number, row.service, row.counts].join(' '),
                cells: [
                  row.organization.name,
                  service(row.service),
                  t(`adoption.${row.counts}`),
                  date(row.connectedSince),
                  row.hardlyUsed ? <strong key="judged">{t('adoption.hardly')}</strong> : t('adoption.inUse'),
                  ...row.weeks.map(number),
                ],
              }))}
            />
          )
        }
      </LoadedView>
    </>
  )
}
