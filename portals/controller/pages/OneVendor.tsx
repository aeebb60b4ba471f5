import type { Matrix, Refusals } from '@helsevev/kernel/control/contract'
import { LoadedView } from '@helsevev/portal/client/loaded'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { DataState } from '@helsevev/ui/DataState'
import { codedText } from '@helsevev/ui/texts.ts'
import { useAgreementName } from '../client/agreement-name.ts'
import { useFetched } from '../client/ask.ts'
import { endingOf, NEAR } from '../client/ending.ts'
import { Facts } from '../client/Facts.tsx'
import { useParameters } from '../client/navigation.ts'
import { PageLink } from '../client/PageLink.tsx'
import { periodOf } from '../client/period.ts'
import { useRole } from '../client/role.tsx'
import { Status } from '../client/Status.tsx'
import { WideTable } from '../client/WideTable.tsx'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

/** As in the list of vendors. */
const days = 28

/** One vendor: how its requests for us go, why some were refused and what mends that, and which of our agreements end next. */
export function OneVendor() {
  const { t, number, time } = useWords()
  const { number: asked = '' } = useParameters()
  const vendors = useFetched(contract.vendors)
  const refusals = useFetched(contract.refusals, { query: periodOf(days) })
  const matrix = useFetched(contract.agreements)
  const vendor = vendors.answer?.find((one) => one.number === asked)
  return (
    <>
      <PageTitle name={vendor?.name ?? t('title.vendor')} />
      <LoadedView loaded={vendors}>
        {() =>
          vendor ? (
            <>
              <Status
                status={vendor.delegation === 'on' ? 'open' : 'closed'}
                words={t(vendor.delegation === 'on' ? 'vendors.on' : 'vendors.off')}
              />
              <Facts
                facts={[
                  [t('form.organization'), vendor.number],
                  [t('vendors.answered'), number(vendor.answered)],
                  [t('vendors.refused'), number(vendor.refused)],
                  [
                    t('word.ended'),
                    vendor.withdrawn &&
                      t('vendors.since', { time: time(vendor.withdrawn), name: vendor.withdrawnBy ?? '', reason: vendor.reason ?? '' }),
                  ],
                ]}
              />
            </>
          ) : (
            <DataState state="none" title={t('vendor.unknown')} text={t('vendor.unknownText')} />
          )
        }
      </LoadedView>
      <h2>{t('vendor.refused')}</h2>
      <LoadedView loaded={refusals}>{({ rows }) => <ByReason rows={rows.filter((row) => row.vendor?.number === asked)} />}</LoadedView>
      <h2>{t('vendor.expires')}</h2>
      <LoadedView loaded={matrix}>{(found) => <Expiring matrix={found} />}</LoadedView>
      <h2>{t('vendor.keys')}</h2>
      <DataState state="unknown" title={t('vendor.keysUnknown')} text={t('vendor.keysText')} />
      <p className="screen-only">
        <PageLink page="vendors">{t('back.vendors')}</PageLink>
      </p>
    </>
  )
}

/** Each reason once, the most frequent first, with what the vendor must do and what a request that is answered looks like. */
function ByReason({ rows }: { rows: Refusals['rows'] }) {
  const { t, number, time, list, service, refusedFor } = useWords()
  if (rows.length === 0) return <DataState state="none" title={t('refusals.none')} text={t('list.noneText')} />
  const reasons = [...Map.groupBy(rows, ({ problem }) => problem)]
    .map(([problem, found]) => ({
      problem,
      requests: found.reduce((sum, row) => sum + row.requests, 0),
      last: found.reduce((latest, row) => (row.last > latest ? row.last : latest), ''),
      services: [...new Set(found.flatMap((row) => row.service ?? []))],
      systems: [...new Set(found.map(({ client }) => client))],
    }))
    .toSorted((a, b) => b.requests - a.requests)
  return (
    <ul className="items">
      {reasons.map(({ problem, requests, last, services, systems }) => {
        const example = codedText(t, 'example', problem)
        return (
          <li key={problem} className="item">
            <h3>{refusedFor(problem)}</h3>
            <p>{codedText(t, 'remedy', problem) ?? t('remedy.other')}</p>
            {example && (
              <p>
                {t('vendor.example')}{' '}
                <code translate="no" className="example">
                  {example}
                </code>
              </p>
            )}
            <Facts
              facts={[
                [t('refusals.requests'), number(requests)],
                [t('refusals.last'), time(last)],
                [t('word.service'), services.length > 0 ? list(services.map(service)) : null],
                [t('refusals.client'), list(systems)],
                [t('vendor.code'), problem],
              ]}
            />
          </li>
        )
      })}
    </ul>
  )
}

/** Agreements in force with an end, the next first: after it, requests under them are refused. */
function Expiring({ matrix }: { matrix: Matrix }) {
  const { t, date } = useWords()
  const { organization } = useRole()
  const nameOf = useAgreementName()
  const ending = endingOf(matrix, organization, new Date())
  if (ending.length === 0) return <DataState state="none" title={t('vendor.nothingExpires')} text={t('vendor.nothingExpiresText')} />
  return (
    <>
      <p className="small">{t('vendor.expiresText')}</p>
      <WideTable
        caption={t('vendor.expires')}
        columns={[t('title.agreement'), t('vendor.lastDay'), t('vendor.daysLeft'), t('vendor.toDo')]}
        rows={ending.map(({ id, lastDay, daysLeft, toDo, ...named }) => ({
          key: id,
          cells: [
            <PageLink key="link" page="agreement" parameters={{ id }}>
              {nameOf(named)}
            </PageLink>,
            date(lastDay),
            daysLeft <= NEAR ? <strong key="days">{t('vendor.days', { count: daysLeft })}</strong> : t('vendor.days', { count: daysLeft }),
            t(`vendor.toDo.${toDo}`),
          ],
        }))}
      />
    </>
  )
}
