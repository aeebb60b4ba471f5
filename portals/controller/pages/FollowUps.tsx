import type { FollowUp } from '@helsevev/kernel/control/contract'
import { Choice, Choices } from '@helsevev/portal/client/Choices'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { formatTime } from '@helsevev/ui/format.ts'
import { useState } from 'react'
import { useAsk } from '../client/ask.ts'
import { Change } from '../client/Change.tsx'
import { Facts } from '../client/Facts.tsx'
import { OpenOrClosed, type OpenOrClosedValue } from '../client/OpenOrClosed.tsx'
import { PagedView, usePaged } from '../client/paged.tsx'
import { usePatientWords } from '../client/patient-words.ts'
import { useRole } from '../client/role.tsx'
import { useWords } from '../client/words.ts'
import { contract, followUpFindings } from '../contract.ts'

/** Emergency access to our records: why it was used, and what the follow-up of each found. */
export function FollowUps() {
  const { t } = useWords()
  const [status, setStatus] = useState<OpenOrClosedValue>('open')
  const list = usePaged(contract.followUps, (slice) => ({ query: { status, ...slice } }))
  return (
    <>
      <PageTitle name={t('title.followUps')} />
      <p className="lead">{t('followUps.lead')}</p>
      <OpenOrClosed value={status} onChange={setStatus} />
      <PagedView paged={list} none={t(`followUps.none.${status}`)}>
        {(found) => (
          <ul className="items">
            {found.map((one) => (
              <OneFollowUp key={one.eventId} followUp={one} reload={list.loaded.reload} />
            ))}
          </ul>
        )}
      </PagedView>
    </>
  )
}

function OneFollowUp({ followUp, reload }: { followUp: FollowUp; reload: () => Promise<void> }) {
  const { t, time, authorization } = useWords()
  const { may } = useRole()
  const ask = useAsk()
  const patientWords = usePatientWords()
  const [finding, setFinding] = useState<FollowUp['finding'] & string>('justified')
  const { eventId, at, name, role, hprNumber, organization, reason, closed, closedBy, note } = followUp
  return (
    <li className="item">
      <h2>{t('followUps.who', { name, time: time(at) })}</h2>
      <Facts
        facts={[
          [t('followUps.reason'), reason],
          [t('followUps.patient'), patientWords(followUp.patient)],
          [t('followUps.opened'), <OpenedServices key="opened" followUp={followUp} />],
          [t('word.organization'), organization?.name],
          [t('word.role'), role && authorization(role)],
          [t('word.hpr'), hprNumber],
          [t('followUps.event'), eventId],
          [t('followUps.found'), followUp.finding && t(`followUps.findings.${followUp.finding}.name`)],
          [t('followUps.closed'), closed && `${time(closed)}, ${closedBy ?? ''}`],
          [t('word.reason'), note],
        ]}
      />
      {!closed && may('close-follow-ups') && (
        <Change
          label={t('followUps.close.button')}
          about={t('followUps.who', { name, time: time(at) })}
          title={t('followUps.close.title')}
          consequences={[t('followUps.close.final'), t('followUps.close.later'), t('followUps.close.other'), t('change.logged')]}
          send={(reason) => ask(contract.closeFollowUp, { id: eventId, body: { finding, reason, seenUntil: seenUntil(followUp) } })}
          done={t('followUps.close.done')}
          onDone={reload}
        >
          <Choices legend={t('followUps.finding')}>
            {followUpFindings.map((one) => (
              <Choice
                key={one}
                name="finding"
                value={one}
                checked={finding === one}
                label={t(`followUps.findings.${one}.name`)}
                text={t(`followUps.findings.${one}.text`)}
                onChoose={setFinding}
              />
            ))}
          </Choices>
        </Change>
      )}
    </li>
  )
}

/** The newest request that the list shows: what is closed is no more than what was read. */
function seenUntil({ at, opened }: FollowUp): string {
  return new Date(Math.max(...[at, ...opened.map(({ until }) => until)].map((time) => Date.parse(time)))).toISOString()
}

/** What was asked of each service, with the number of requests and their times, and whether something restricted was opened. */
function OpenedServices({ followUp: { opened, service: first } }: { followUp: FollowUp }) {
  const { t, service, language } = useWords()
  if (opened.length === 0) return service(first)
  return (
    <ul className="facts__list">
      {opened.map(({ service: id, requests, restricted, from, until }) => {
        const [start, end] = [formatTime(from, language), formatTime(until, language)]
        const when = start === end ? start : t('word.range', { from: start, until: end })
        const asked = t('followUps.openedOf', { service: service(id), count: requests, when })
        const said = restricted === null ? [] : [t(restricted ? 'followUps.restricted' : 'followUps.notRestricted')]
        return <li key={id}>{[asked, ...said].join('; ')}</li>
      })}
    </ul>
  )
}
