/**
 * The changes that the reader may make to an agreement, on behalf of a side: sign, amend, end. Two different people sign, one for each
 * side.
 */
import type { Agreement, AgreementVersion } from '@helsevev/kernel/control/contract'
import { addDays } from '@helsevev/ui/day-text.ts'
import { useState } from 'react'
import { contract } from '../contract.ts'
import { useAsk } from './ask.ts'
import { Change } from './Change.tsx'
import { DateField, TextField } from './Field.tsx'
import { Purposes } from './Purposes.tsx'
import { useRole } from './role.tsx'
import { Sign } from './Sign.tsx'
import { useWords } from './words.ts'

interface AgreementChangesProps {
  agreement: Agreement
  reload: () => Promise<void>
}

export function AgreementChanges({ agreement, reload }: AgreementChangesProps) {
  const { t, service } = useWords()
  const { may } = useRole()
  const { side, versions } = agreement
  const [newest] = versions
  if (!newest || side === 'member') return null
  const ours = side === 'controller' ? newest.signedByController : newest.signedByReceiver
  const theirs = side === 'controller' ? newest.signedByReceiver : newest.signedByController
  const waits = newest.standing === 'pending'
  const lives = versions.some(
    ({ standing }) => standing === 'in-force' || standing === 'closed' || standing === 'pending' || standing === 'not-begun',
  )
  return (
    <>
      {waits && <p className="waits">{t(ours ? 'agreement.waitsForThem' : theirs ? 'agreement.waitsForUs' : 'agreement.waitsForBoth')}</p>}
      {lives && (
        <div className="actions">
          {waits && !ours && may('sign-agreements') && (
            <Sign
              {...{ id: agreement.id, version: newest.version, purposes: newest.purposes, last: theirs !== null, reload }}
              parties={partiesOf(agreement, service)}
            />
          )}
          {may('propose-agreements') && !newest.standardAgreement && (
            <Amend key={newest.version} agreement={agreement} newest={newest} reload={reload} />
          )}
          {may('propose-agreements') && <End agreement={agreement} reload={reload} />}
        </div>
      )}
    </>
  )
}

function partiesOf({ service, controller, receiver }: Agreement, name: (id: string) => string) {
  return { service: name(service), controller: controller.name, receiver: receiver.name }
}

function Amend({ agreement, newest, reload }: AgreementChangesProps & { newest: AgreementVersion }) {
  const { t } = useWords()
  const ask = useAsk()
  const [purposes, setPurposes] = useState<readonly string[]>(newest.purposes)
  const [legalBasis, setLegalBasis] = useState(newest.legalBasis)
  const [until, setUntil] = useState('')
  const [services, setServices] = useState(newest.serviceCodes.join(', '))
  const isContract = agreement.receiver.kind === 'private-provider'
  const serviceCodes = isContract ? { serviceCodes: services.split(/[,\s]+/).filter(Boolean) } : {}
  return (
    <Change
      label={t('amend.button')}
      title={t('amend.title')}
      consequences={[t('amend.waits'), t('amend.stays'), t('change.logged')]}
      fault={() => (purposes.length === 0 ? t('refused.purposes-invalid') : undefined)}
      send={(reason) =>
        ask(contract.amendAgreement, {
          id: agreement.id,
          body: { purposes: [...purposes], ...serviceCodes, legalBasis, ...(until ? { validUntil: addDays(until, 1) } : {}), reason },
        })
      }
      done={t('amend.done')}
      onDone={reload}
    >
      <Purposes chosen={purposes} onChange={setPurposes} />
      {isContract && (
        <TextField label={t('agreement.services')} help={t('propose.servicesHelp')} value={services} onChange={setServices} long />
      )}
      <TextField label={t('agreement.legalBasis')} value={legalBasis} onChange={setLegalBasis} long />
      <DateField label={t('form.until')} help={t('amend.untilHelp')} value={until} onChange={setUntil} />
    </Change>
  )
}

function End({ agreement, reload }: AgreementChangesProps) {
  const { t, service } = useWords()
  const ask = useAsk()
  const [at, setAt] = useState('')
  const [next, setNext] = useState('')
  const isOurContract = agreement.receiver.kind === 'private-provider' && agreement.side === 'controller'
  return (
    <Change
      label={t('end.button')}
      title={t('end.title')}
      consequences={[t('end.next', partiesOf(agreement, service)), t('end.never'), t('change.logged')]}
      send={(reason) =>
        ask(contract.endAgreement, {
          id: agreement.id,
          body: { ...(at ? { at } : {}), ...(next.trim() ? { takenOverBy: next.trim() } : {}), reason },
        })
      }
      done={t(at ? 'end.doneLater' : 'end.done')}
      onDone={reload}
    >
      <DateField label={t('end.at')} help={t('end.atHelp')} value={at} onChange={setAt} />
      {isOurContract && <TextField label={t('end.next-provider')} help={t('end.next-providerHelp')} value={next} onChange={setNext} />}
    </Change>
  )
}
