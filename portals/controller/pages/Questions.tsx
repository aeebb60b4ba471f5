import type { Question } from '@helsevev/kernel/control/contract'
import { useDraft } from '@helsevev/portal/client/drafts.ts'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useState } from 'react'
import { useAsk } from '../client/ask.ts'
import { Change } from '../client/Change.tsx'
import { Facts } from '../client/Facts.tsx'
import { Field, TextField } from '../client/Field.tsx'
import { OpenOrClosed, type OpenOrClosedValue } from '../client/OpenOrClosed.tsx'
import { PagedView, usePaged } from '../client/paged.tsx'
import { usePatientWords } from '../client/patient-words.ts'
import { hasReason } from '../client/ReasonField.tsx'
import { useRole } from '../client/role.tsx'
import { useWords } from '../client/words.ts'
import { contract, longestAnswer } from '../contract.ts'

/** Patients' questions about lines of the access log, and our answers. */
export function Questions() {
  const { t } = useWords()
  const [status, setStatus] = useState<OpenOrClosedValue>('open')
  const list = usePaged(contract.questions, (slice) => ({ query: { status, ...slice } }))
  return (
    <>
      <PageTitle name={t('title.questions')} />
      <p className="lead">{t('questions.lead')}</p>
      <OpenOrClosed value={status} onChange={setStatus} />
      <PagedView paged={list} none={t(`questions.none.${status}`)}>
        {(found) => (
          <ul className="items">
            {found.map((one) => (
              <OneQuestion key={one.id} question={one} reload={list.loaded.reload} />
            ))}
          </ul>
        )}
      </PagedView>
    </>
  )
}

function OneQuestion({ question: one, reload }: { question: Question; reload: () => Promise<void> }) {
  const { t, time, service, purpose, event, authorization } = useWords()
  const { may } = useRole()
  const patientWords = usePatientWords()
  return (
    <li className="item">
      <h2>{t(`questions.asked.${one.askedAs}`, { time: time(one.asked) })}</h2>
      {one.before && (
        <div className="before">
          <p className="small">{t('questions.before')}</p>
          <blockquote className="quote">{one.before.question}</blockquote>
          <blockquote className="quote">{one.before.answer}</blockquote>
        </div>
      )}
      {one.question === undefined ? <p>{t('questions.notTold')}</p> : <blockquote className="quote">{one.question}</blockquote>}
      <Facts
        facts={[
          [t('followUps.patient'), patientWords(one.patient)],
          [
            t('questions.line'),
            one.at &&
              `${time(one.at)}: ${[one.name, one.role && authorization(one.role), one.organization?.name].filter(Boolean).join(', ')}`,
          ],
          [t('questions.what'), [one.event && event(one.event), one.service && service(one.service)].filter(Boolean).join(', ')],
          [t('word.purpose'), one.purpose && purpose(one.purpose)],
          [t('followUps.event'), one.eventId],
          [t('questions.answered'), one.answered && `${time(one.answered)}, ${one.answeredBy ?? ''} (${one.answeredRole ?? ''})`],
        ]}
      />
      {one.answer && <blockquote className="quote">{one.answer}</blockquote>}
      {!one.answered && may('answer-questions') && <Answer question={one} reload={reload} />}
    </li>
  )
}

function Answer({ question, reload }: { question: Question; reload: () => Promise<void> }) {
  const { t, time } = useWords()
  const { role } = useRole()
  const ask = useAsk()
  const { value: answer, setValue: setAnswer, forget, kept } = useDraft(`answer ${question.id}`, t('questions.answer.title'), '')
  const [as, setAs] = useState<string>(t(`questions.as.${role}`))
  return (
    <Change
      label={t('questions.answer.button')}
      about={t(`questions.asked.${question.askedAs}`, { time: time(question.asked) })}
      title={t('questions.answer.title')}
      consequences={[t('questions.answer.seen'), t('questions.answer.once'), t('questions.answer.name')]}
      withoutReason
      fault={() => (!hasReason(answer) ? t('refused.answer-invalid') : as.trim() ? undefined : t('refused.role-missing'))}
      send={() => ask(contract.answerQuestion, { id: question.id, body: { answer: answer.trim(), role: as.trim() } })}
      done={t('questions.answer.done')}
      onDone={async () => {
        forget()
        await reload()
      }}
    >
      <Field label={t('questions.answer.text')} help={t('questions.answer.help')}>
        {(described) => (
          <textarea
            {...described}
            {...kept}
            className="field__input field__input--long"
            rows={6}
            maxLength={longestAnswer}
            value={answer}
            onChange={(event) => setAnswer(event.target.value)}
          />
        )}
      </Field>
      <TextField label={t('questions.answer.as')} help={t('questions.answer.asHelp')} value={as} onChange={setAs} long />
    </Change>
  )
}
