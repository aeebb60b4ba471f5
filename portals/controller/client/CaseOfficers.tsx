/** What is open to case officers, below the matrix: they hold no authorisation, and see nothing until a controller opens it. */
import type { CaseOfficerOpening, Matrix } from '@helsevev/kernel/control/contract'
import { DataState } from '@helsevev/ui/DataState'
import { useState } from 'react'
import { contract } from '../contract.ts'
import { useAsk } from './ask.ts'
import { Change } from './Change.tsx'
import { Select, TextField } from './Field.tsx'
import { useRole } from './role.tsx'
import { useWords } from './words.ts'

export function CaseOfficers({ matrix, reload }: { matrix: Matrix; reload: () => Promise<void> }) {
  const { t } = useWords()
  const { may } = useRole()
  return (
    <section className="part" aria-labelledby="case-officers">
      <h2 id="case-officers">{t('caseOfficers.title')}</h2>
      <p>{t('caseOfficers.lead')}</p>
      {matrix.caseOfficers.length === 0 ? (
        <DataState state="none" title={t('caseOfficers.none')} text={t('caseOfficers.noneText')} />
      ) : (
        <ul className="items">
          {matrix.caseOfficers.map((one) => (
            <OneOpening key={one.id} opening={one} reload={reload} />
          ))}
        </ul>
      )}
      {may('open-to-case-officers') && <Open services={matrix.services} reload={reload} />}
    </section>
  )
}

function OneOpening({ opening, reload }: { opening: CaseOfficerOpening; reload: () => Promise<void> }) {
  const { t, service, time, lastDay } = useWords()
  const { may, organization } = useRole()
  const ask = useAsk()
  const { id, controller, receiver, from, until, openedBy, reason } = opening
  const words = { service: service(opening.service), controller: controller.name, receiver: receiver.name }
  return (
    <li className="item">
      <h3>{t('caseOfficers.opening', words)}</h3>
      <p>{t('caseOfficers.openedBy', { time: time(from), name: openedBy, reason })}</p>
      {until && <p>{t('roles.until', { until: lastDay(until) })}</p>}
      {controller.number === organization.number && may('open-to-case-officers') && (
        <Change
          label={t('caseOfficers.close.button')}
          about={t('caseOfficers.opening', words)}
          title={t('caseOfficers.close.title', words)}
          consequences={[t('caseOfficers.close.next', words), t('change.logged')]}
          send={(why) => ask(contract.closeToCaseOfficers, { id, body: { reason: why } })}
          done={t('caseOfficers.close.done')}
          onDone={reload}
        />
      )}
    </li>
  )
}

function Open({ services, reload }: { services: readonly string[]; reload: () => Promise<void> }) {
  const { t, service: serviceName } = useWords()
  const { organization } = useRole()
  const ask = useAsk()
  const [service, setService] = useState(services[0] ?? '')
  const [receiver, setReceiver] = useState(organization.number)
  return (
    <Change
      label={t('caseOfficers.open.button')}
      title={t('caseOfficers.open.title', { organization: organization.name })}
      consequences={[t('caseOfficers.open.next'), t('caseOfficers.open.roles'), t('change.logged')]}
      fault={() => (/^\d{9}$/.test(receiver.trim()) ? undefined : t('form.nineDigits'))}
      send={(reason) => ask(contract.openToCaseOfficers, { body: { service, receiver: receiver.trim(), reason } })}
      done={t('caseOfficers.open.done')}
      onDone={reload}
    >
      <Select
        label={t('word.service')}
        value={service}
        onChange={setService}
        options={services.map((id) => [id, serviceName(id)] as const)}
      />
      <TextField
        label={t('caseOfficers.open.receiver')}
        help={t('caseOfficers.open.receiverHelp')}
        value={receiver}
        onChange={setReceiver}
        inputMode="numeric"
      />
    </Change>
  )
}
