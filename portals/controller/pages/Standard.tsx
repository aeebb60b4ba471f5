import type { StandardAgreement } from '@helsevev/kernel/control/contract'
import { LoadedView } from '@helsevev/portal/client/loaded'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { DataState } from '@helsevev/ui/DataState'
import { useAsk, useFetched } from '../client/ask.ts'
import { Change } from '../client/Change.tsx'
import { useRole } from '../client/role.tsx'
import { Status } from '../client/Status.tsx'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

/** Terms that many organisations share under: their text, what joining does, and joining. */
export function Standard() {
  const { t } = useWords()
  const list = useFetched(contract.standardAgreements)
  return (
    <>
      <PageTitle name={t('title.standard')} />
      <p className="lead">{t('standard.lead')}</p>
      <LoadedView loaded={list}>
        {(found) =>
          found.length === 0 ? (
            <DataState state="none" title={t('standard.none')} text={t('list.noneText')} />
          ) : (
            <ul className="items">
              {found.map((one) => (
                <OneStandard key={one.id} standard={one} reload={list.reload} />
              ))}
            </ul>
          )
        }
      </LoadedView>
    </>
  )
}

function OneStandard({ standard, reload }: { standard: StandardAgreement; reload: () => Promise<void> }) {
  const { t, service, purposes, list, lastDay, number } = useWords()
  const { may } = useRole()
  const ask = useAsk()
  const { id, version, title, services, sensitiveCodes, legalBasis, group, publisher, signedBy, validUntil, joined, joinedVersion } =
    standard
  const words = { title, group: group.name, services: list(services.map(service)), publisher: signedBy ?? publisher.name }
  const isNewest = joinedVersion === version
  const facts: [string, string][] = [
    [t('standard.services'), words.services],
    [t('agreement.purposes'), purposes(standard.purposes)],
    [t('agreement.codes'), sensitiveCodes.length > 0 ? list(sensitiveCodes) : t('agreement.noCodes')],
    [t('agreement.legalBasis'), legalBasis],
    [t('standard.with'), group.name],
    [t('standard.publisher'), signedBy ? `${publisher.name} (${signedBy})` : publisher.name],
    [t('form.until'), validUntil ? lastDay(validUntil) : t('standard.noEnd')],
    [t('standard.joined'), number(joined)],
  ]
  return (
    <li className="item">
      <h2>{t('standard.title', { title, version })}</h2>
      {joinedVersion !== null && (
        <Status status="open" words={t(isNewest ? 'standard.weAreIn' : 'standard.weAreInOlder', { version: joinedVersion })} />
      )}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {signedBy === null && !isNewest && <p>{t('refused.publisher-unnamed')}</p>}
      <div className="actions">
        {!isNewest && signedBy !== null && may('sign-agreements') && (
          <Change
            label={t('standard.join.button')}
            about={title}
            title={t('standard.join.title', words)}
            consequences={[
              t('standard.join.opens', words),
              t('standard.join.receives', words),
              t('standard.join.signs', words),
              t('change.logged'),
            ]}
            send={(reason) => ask(contract.joinStandard, { id, body: { reason } })}
            done={t('standard.join.done', words)}
            onDone={reload}
          />
        )}
        {joinedVersion !== null && may('propose-agreements') && (
          <Change
            label={t('standard.leave.button')}
            about={title}
            title={t('standard.leave.title', words)}
            consequences={[t('standard.leave.closes', words), t('standard.leave.loses', words), t('change.logged')]}
            send={(reason) => ask(contract.leaveStandard, { id, body: { reason } })}
            done={t('standard.leave.done', words)}
            onDone={reload}
          />
        )}
      </div>
    </li>
  )
}
