import type { AgreementSummary, Cell } from '@helsevev/kernel/control/contract'
import { LoadedView } from '@helsevev/portal/client/loaded'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { DataState } from '@helsevev/ui/DataState'
import { useState } from 'react'
import { useAgreementName } from '../client/agreement-name.ts'
import { useAsk, useFetched } from '../client/ask.ts'
import { Change } from '../client/Change.tsx'
import { TextField } from '../client/Field.tsx'
import { useParameters } from '../client/navigation.ts'
import { PageLink } from '../client/PageLink.tsx'
import { useRole } from '../client/role.tsx'
import { Standing, Status } from '../client/Status.tsx'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

/** One service and one counterpart: the status, the agreements behind it, and the controller's own switch. */
export function OneCell() {
  const { t, service: serviceName } = useWords()
  const { organization } = useRole()
  const { direction, service = '', counterpart } = useParameters()
  const matrix = useFetched(contract.agreements)
  const weOpen = direction === 'we-open'
  const cells = weOpen ? matrix.answer?.weOpen : matrix.answer?.openToUs
  const cell = cells?.find((one) => one.service === service && one.counterpart.id === counterpart)
  const name = cell ? t('cell.title', { service: serviceName(service), counterpart: cell.counterpart.name }) : serviceName(service)
  return (
    <>
      <PageTitle name={name} />
      <LoadedView loaded={matrix}>
        {() => (
          <>
            {cell ? (
              <>
                <p className="lead">
                  {t(weOpen ? 'cell.weOpen' : 'cell.openToUs', {
                    service: serviceName(service),
                    counterpart: cell.counterpart.name,
                    organization: organization.name,
                  })}
                </p>
                <p>
                  <Status status={cell.status} />
                </p>
                <Closures cell={cell} weOpen={weOpen} reload={matrix.reload} />
                <h2>{t('cell.agreements')}</h2>
                {cell.agreements.length === 0 && <p>{t('cell.noAgreements')}</p>}
                <ul className="items">
                  {cell.agreements.map((agreement) => (
                    <OneSummary key={`${agreement.id}/${agreement.version}`} agreement={agreement} cell={cell} weOpen={weOpen} />
                  ))}
                </ul>
              </>
            ) : (
              <DataState state="none" title={t('word.noAgreement')} text={t('cell.noneText')} />
            )}
          </>
        )}
      </LoadedView>
      <p className="screen-only">
        <PageLink page="sharing">{t('back.sharing')}</PageLink>
      </p>
    </>
  )
}

function OneSummary({ agreement, cell, weOpen }: { agreement: AgreementSummary; cell: Cell; weOpen: boolean }) {
  const { t, purposes, date, lastDay } = useWords()
  const { organization } = useRole()
  const nameOf = useAgreementName()
  const { service, counterpart } = cell
  const parties = weOpen ? { controller: organization, receiver: counterpart } : { controller: counterpart, receiver: organization }
  const { id, version, standing, validFrom, validUntil, signedByController, signedByReceiver } = agreement
  return (
    <li className="item">
      <h3>
        <PageLink page="agreement" parameters={{ id }}>
          {`${nameOf({ service, ...parties })}, ${t('agreement.version', { version }).toLowerCase()}`}
        </PageLink>
      </h3>
      <Standing standing={standing} />
      <dl className="facts">
        <div>
          <dt>{t('agreement.purposes')}</dt>
          <dd>{purposes(agreement.purposes)}</dd>
        </div>
        <div>
          <dt>{t('agreement.period')}</dt>
          <dd>
            {validUntil
              ? t('agreement.fromUntil', { from: date(validFrom), until: lastDay(validUntil) })
              : t('agreement.from', { from: date(validFrom) })}
          </dd>
        </div>
        <div>
          <dt>{t('agreement.signedByController')}</dt>
          <dd>{signedByController ?? t('agreement.unsigned')}</dd>
        </div>
        <div>
          <dt>{t('agreement.signedByReceiver')}</dt>
          <dd>{signedByReceiver ?? t('agreement.unsigned')}</dd>
        </div>
      </dl>
    </li>
  )
}

function Closures({ cell, weOpen, reload }: { cell: Cell; weOpen: boolean; reload: () => Promise<void> }) {
  const { t, service: serviceName, time } = useWords()
  const { may } = useRole()
  const ask = useAsk()
  const { closures, counterpart, service } = cell
  const words = (name: string) => ({ service: serviceName(service), counterpart: name })
  const mayClose = weOpen && may('close-services')
  const closedAlready = closures.some(({ receiver }) => receiver.number === counterpart.id)
  return (
    <>
      {closures.length > 0 && (
        <ul className="items">
          {closures.map(({ receiver, closed, closedBy, reason }) => (
            <li key={receiver.number} className="item">
              <Status status="closed" words={t('closure.closedTo', { counterpart: receiver.name })} />
              {/* The receiver sees that it is closed, and not why. */}
              <p>{weOpen ? t('closure.by', { time: time(closed), name: closedBy, reason }) : t('closure.since', { time: time(closed) })}</p>
              {mayClose && (
                <Change
                  label={t('closure.reopen.button')}
                  about={receiver.name}
                  title={t('closure.reopen.title', words(receiver.name))}
                  consequences={[t('closure.reopen.next', words(receiver.name)), t('change.logged')]}
                  send={(reason) => ask(contract.reopenService, { body: { service, receiver: receiver.number, reason } })}
                  done={t('closure.reopen.done', words(receiver.name))}
                  onDone={reload}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {mayClose && counterpart.kind !== 'group' && !closedAlready && (
        <p>
          <Change
            label={t('closure.close.button')}
            title={t('closure.close.title', words(counterpart.name))}
            consequences={[
              t('closure.close.next', words(counterpart.name)),
              t('closure.close.others'),
              t('closure.close.told'),
              t('change.logged'),
            ]}
            send={(reason) => ask(contract.closeService, { body: { service, receiver: counterpart.id, reason } })}
            done={t('closure.close.done', words(counterpart.name))}
            onDone={reload}
          />
        </p>
      )}
      {mayClose && counterpart.kind === 'group' && <CloseToMember cell={cell} reload={reload} />}
    </>
  )
}

/** Closes one member of a group out, while the others keep their access. */
function CloseToMember({ cell, reload }: { cell: Cell; reload: () => Promise<void> }) {
  const { t, service: serviceName } = useWords()
  const ask = useAsk()
  const [number, setNumber] = useState('')
  const words = { service: serviceName(cell.service), counterpart: number }
  return (
    <p>
      <Change
        label={t('closure.member.button')}
        title={t('closure.member.title', words)}
        consequences={[t('closure.member.next'), t('closure.close.told'), t('change.logged')]}
        fault={() => (/^\d{9}$/.test(number.replaceAll(' ', '')) ? undefined : t('form.organizationNumber'))}
        send={(reason) => ask(contract.closeService, { body: { service: cell.service, receiver: number.replaceAll(' ', ''), reason } })}
        done={t('closure.close.done', words)}
        onDone={reload}
      >
        <TextField label={t('form.organization')} help={t('form.nineDigits')} value={number} onChange={setNumber} inputMode="numeric" />
      </Change>
    </p>
  )
}
