import type { BlockLift, LiftedBlock } from '@helsevev/kernel/control/contract'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useState } from 'react'
import { useAsk } from '../client/ask.ts'
import { Change } from '../client/Change.tsx'
import { Facts } from '../client/Facts.tsx'
import { DateField, Select, TextField } from '../client/Field.tsx'
import { isElevenDigits } from '../client/GrantRole.tsx'
import { OpenOrClosed, type OpenOrClosedValue } from '../client/OpenOrClosed.tsx'
import { PagedView, usePaged } from '../client/paged.tsx'
import { usePatientWords } from '../client/patient-words.ts'
import { useRole } from '../client/role.tsx'
import { useWords } from '../client/words.ts'
import { contract, identifiedBy } from '../contract.ts'

/** Blocks lifted for patients who do not sign in: one person registers the request, another confirms it. */
export function BlockLifts() {
  const { t, language } = useWords()
  const { may } = useRole()
  const [status, setStatus] = useState<OpenOrClosedValue>('open')
  const [letter, setLetter] = useState<LiftedBlock['letter']>()
  const list = usePaged(contract.blockLifts, (slice) => ({ query: { status, ...slice } }))
  const { reload } = list.loaded
  return (
    <>
      <PageTitle name={t('title.blockLifts')} />
      <p className="lead">{t('blockLifts.lead')}</p>
      {may('lift-blocks') && <AskLift reload={reload} />}
      {letter && (
        <section className="card" aria-labelledby="letter">
          <h2 id="letter">{t('blockLifts.letter')}</h2>
          <p>{language === 'nn' ? letter.nn : language === 'en' ? letter.en : letter.nb}</p>
        </section>
      )}
      <OpenOrClosed value={status} onChange={setStatus} />
      <PagedView paged={list} none={t(`blockLifts.none.${status}`)}>
        {(found) => (
          <ul className="items">
            {found.map((one) => (
              <OneLift key={one.id} lift={one} waits={status === 'open'} reload={reload} onLetter={setLetter} />
            ))}
          </ul>
        )}
      </PagedView>
    </>
  )
}

interface OneLiftProps {
  lift: BlockLift
  waits: boolean
  reload: () => Promise<void>
  onLetter: (letter: LiftedBlock['letter']) => void
}

function OneLift({ lift, waits, reload, onLetter }: OneLiftProps) {
  const { t, time, date } = useWords()
  const { may } = useRole()
  const ask = useAsk()
  const patientWords = usePatientWords()
  const { id, practitioner, hprNumber, identified, identifiedAt, asked, askedBy, reason, confirmed, confirmedBy } = lift
  const title = t('blockLifts.of', { name: practitioner })
  return (
    <li className="item">
      <h2>{title}</h2>
      <Facts
        facts={[
          [t('followUps.patient'), patientWords(lift.patient)],
          [t('word.hpr'), hprNumber],
          [t('blockLifts.identified'), `${t(`blockLifts.by.${identified}`)}, ${date(identifiedAt)}`],
          [t('blockLifts.asked'), `${askedBy}, ${time(asked)}`],
          [t('word.reason'), reason],
          [t('blockLifts.confirmed'), confirmed && `${confirmedBy ?? ''}, ${time(confirmed)}`],
        ]}
      />
      {waits && may('lift-blocks') && (
        <Change
          label={t('blockLifts.confirm.button')}
          about={title}
          title={t('blockLifts.confirm.title', { name: practitioner })}
          consequences={[t('blockLifts.confirm.next', { name: practitioner }), t('blockLifts.confirm.other'), t('blockLifts.confirm.told')]}
          send={(why) => ask(contract.confirmBlockLift, { id, body: { reason: why } })}
          done={t('blockLifts.confirm.done')}
          onDone={async ({ letter }) => {
            onLetter(letter)
            await reload()
          }}
        />
      )}
    </li>
  )
}

function AskLift({ reload }: { reload: () => Promise<void> }) {
  const { t } = useWords()
  const ask = useAsk()
  const [identityNumber, setIdentityNumber] = useState('')
  const [hprNumber, setHprNumber] = useState('')
  const [identified, setIdentified] = useState<BlockLift['identified']>('passport')
  const [day, setDay] = useState('')
  return (
    <Change
      label={t('blockLifts.ask.button')}
      title={t('blockLifts.ask.title')}
      consequences={[t('blockLifts.ask.next'), t('blockLifts.ask.unknown'), t('change.logged')]}
      fault={() => {
        if (!isElevenDigits(identityNumber)) return t('form.elevenDigits')
        return day ? undefined : t('refused.identified-when')
      }}
      send={(reason) =>
        ask(contract.askBlockLift, { body: { identityNumber, hprNumber: hprNumber.trim(), identified, identifiedAt: day, reason } })
      }
      done={t('blockLifts.ask.done')}
      onDone={async () => {
        setIdentityNumber('')
        await reload()
      }}
    >
      <TextField
        label={t('word.identityNumber')}
        help={t('form.identityNumberHelp')}
        value={identityNumber}
        onChange={setIdentityNumber}
        inputMode="numeric"
      />
      <TextField label={t('word.hpr')} value={hprNumber} onChange={setHprNumber} inputMode="numeric" />
      <Select
        label={t('blockLifts.identified')}
        value={identified}
        onChange={setIdentified}
        options={identifiedBy.map((one) => [one, t(`blockLifts.by.${one}`)] as const)}
      />
      <DateField label={t('blockLifts.when')} value={day} onChange={setDay} />
    </Change>
  )
}
