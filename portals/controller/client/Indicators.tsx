/** What services count about our records, as sums without persons. */
import { LoadedView } from '@helsevev/portal/client/loaded'
import { contract } from '../contract.ts'
import { useFetched } from './ask.ts'
import { WideTable } from './WideTable.tsx'
import { useWords } from './words.ts'

export function Indicators() {
  const { t, number, service: serviceName } = useWords()
  const indicators = useFetched(contract.indicators)
  const stated = (value: number | null) => (value === null ? t('indicators.hidden') : number(value))
  return (
    <section aria-labelledby="indicators">
      <h2 id="indicators">{t('indicators.title')}</h2>
      <LoadedView loaded={indicators}>
        {({ rows, smallest }) => (
          <>
            <p>{t('indicators.lead', { most: smallest - 1 })}</p>
            <WideTable
              caption={t('indicators.title')}
              columns={[
                t('word.service'),
                t('indicators.patients'),
                t('indicators.organizations'),
                t('indicators.candidates'),
                t('indicators.settled'),
              ]}
              figuresFrom={1}
              rows={rows.map(({ service, patients, organizations, candidatesPer1000, settledPercent }) => ({
                key: service,
                cells: [serviceName(service), stated(patients), number(organizations), stated(candidatesPer1000), stated(settledPercent)],
              }))}
            />
            {rows.some(({ isWhole }) => !isWhole) && <p>{t('indicators.part')}</p>}
          </>
        )}
      </LoadedView>
    </section>
  )
}
