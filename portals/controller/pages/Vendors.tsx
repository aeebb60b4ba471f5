import type { Vendor } from '@helsevev/kernel/control/contract'
import { LoadedView } from '@helsevev/portal/client/loaded'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { DataState } from '@helsevev/ui/DataState'
import { useAsk, useFetched } from '../client/ask.ts'
import { Change } from '../client/Change.tsx'
import { PageLink } from '../client/PageLink.tsx'
import { useRole } from '../client/role.tsx'
import { Status } from '../client/Status.tsx'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

/** Vendors that act for us, how their requests go, and our own switch. */
export function Vendors() {
  const { t } = useWords()
  const vendors = useFetched(contract.vendors)
  return (
    <>
      <PageTitle name={t('title.vendors')} />
      <p className="lead">{t('vendors.lead')}</p>
      <LoadedView loaded={vendors}>
        {(found) =>
          found.length === 0 ? (
            <DataState state="none" title={t('vendors.none')} text={t('list.noneText')} />
          ) : (
            <ul className="items">
              {found.map((vendor) => (
                <OneVendor key={vendor.number} vendor={vendor} reload={vendors.reload} />
              ))}
            </ul>
          )
        }
      </LoadedView>
    </>
  )
}

function OneVendor({ vendor, reload }: { vendor: Vendor; reload: () => Promise<void> }) {
  const { t, number, time } = useWords()
  const { may, organization } = useRole()
  const ask = useAsk()
  const name = vendor.name ?? vendor.number
  const words = { vendor: name, organization: organization.name }
  const on = vendor.delegation === 'on'
  return (
    <li className="item">
      <h2>
        <PageLink page="vendor" parameters={{ number: vendor.number }}>
          {name}
        </PageLink>
      </h2>
      <Status status={on ? 'open' : 'closed'} words={t(on ? 'vendors.on' : 'vendors.off')} />
      {!on && vendor.withdrawn && (
        <p>{t('vendors.since', { time: time(vendor.withdrawn), name: vendor.withdrawnBy ?? '', reason: vendor.reason ?? '' })}</p>
      )}
      <dl className="facts">
        <div>
          <dt>{t('form.organization')}</dt>
          <dd>{vendor.number}</dd>
        </div>
        <div>
          <dt>{t('vendors.answered')}</dt>
          <dd>{number(vendor.answered)}</dd>
        </div>
        <div>
          <dt>{t('vendors.refused')}</dt>
          <dd>{number(vendor.refused)}</dd>
        </div>
      </dl>
      {vendor.carriesThisRequest && may('steer-vendors') && <p className="small">{t('refused.carries-this-request')}</p>}
      {may('steer-vendors') && !vendor.carriesThisRequest && (
        <Change
          label={t(on ? 'vendors.withdraw.button' : 'vendors.restore.button')}
          about={name}
          title={t(on ? 'vendors.withdraw.title' : 'vendors.restore.title', words)}
          consequences={[
            t(on ? 'vendors.withdraw.next' : 'vendors.restore.next', words),
            t(on ? 'vendors.withdraw.altinn' : 'vendors.restore.altinn'),
            t('change.logged'),
          ]}
          send={(reason) => ask(on ? contract.withdrawDelegation : contract.restoreDelegation, { number: vendor.number, body: { reason } })}
          done={t(on ? 'vendors.withdraw.done' : 'vendors.restore.done', words)}
          onDone={reload}
        />
      )}
    </li>
  )
}
