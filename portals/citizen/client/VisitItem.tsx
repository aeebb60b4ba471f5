/** One visit: the sentence, emergency access in words, the lines behind it, and the questions about it. */
import { formatDate, formatTime } from '@helsevev/ui/format.ts'
import { codedText } from '@helsevev/ui/texts.ts'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogLine, Question } from '../contract.ts'
import { canAsk, isEmergency, type Visit } from '../log-visits.ts'
import { AskForm } from './AskForm.tsx'
import { blockSoon } from './block-soon.ts'
import { go } from './navigation.ts'
import { areaInSentence, type Sentences, sentenceOf } from './sentence.ts'
import { Thread } from './Thread.tsx'

interface VisitItemProps {
  visit: Visit
  words: Sentences
  /** Questions about lines of this visit. */
  questions: readonly Question[]
  /** Whether the person may block the practitioner here. */
  mayChoose: boolean
  /** Shows the day too, where no heading above does. */
  withDay: boolean
  onAsked: (question: Question) => void
}

export function VisitItem({ visit, words, questions, mayChoose, withDay, onAsked }: VisitItemProps) {
  const { t, i18n } = useTranslation('citizen')
  const [asking, setAsking] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const { actor, from, to, lines } = visit
  const [first, last] = [formatTime(from, i18n.language), formatTime(to, i18n.language)]
  const waits = questions.some(({ answer }) => !answer)

  function close() {
    setAsking(false)
    window.requestAnimationFrame(() => opener.current?.focus())
  }

  return (
    <li className="visit">
      <p className="visit__time">
        {withDay && <span className="visit__day">{formatDate(to, i18n.language)}</span>}
        <time dateTime={to}>{first === last ? t('log.time', { from: first }) : t('log.times', { from: first, to: last })}</time>
      </p>
      <div className="visit__what">
        <p>{sentenceOf(words, visit)}</p>
        {isEmergency(visit) && (
          <div className="visit__emergency">
            <p>
              <strong>{t('log.purposes.BTG')}.</strong> {t(`log.emergency.${openedIn(visit)}`)}
            </p>
            {visit.reason && <p>{t('log.reason', { reason: visit.reason })}</p>}
          </div>
        )}
        {visit.basis === 'consent' && (
          <p className="small">{t(visit.openedBy.includes('declared-consent') ? 'log.consentOpened' : 'log.consent')}</p>
        )}
        {visit.openedBy.includes('registered-consent') && <p className="small">{t('log.registeredConsent')}</p>}
        {visit.withheld && <p className="small">{t('log.withheld')}</p>}
        <Lines lines={lines} words={words} />
        {questions.map((question) => (
          <Thread key={question.id} question={question} />
        ))}
        <div className="visit__actions">
          {canAsk(visit) && !asking && !waits && (
            <button ref={opener} type="button" className="link-button" onClick={() => setAsking(true)}>
              {t('log.ask')}
              <span className="visually-hidden">: {sentenceOf(words, visit)}</span>
            </button>
          )}
          {mayChoose && <Block actor={actor} />}
        </div>
        {asking && actor.organization && (
          <AskForm
            line={visit.id}
            organization={actor.organization}
            onCancel={close}
            onSent={(question) => {
              onAsked(question)
              close()
            }}
          />
        )}
      </div>
    </li>
  )
}

/** Whether emergency access opened something restricted: not everybody may know that, and old lines do not have it. */
function openedIn({ openedBy }: Visit): 'opened' | 'perhaps' | 'nothing' {
  if (openedBy.includes('emergency')) return 'opened'
  return openedBy.includes('unknown') ? 'perhaps' : 'nothing'
}

/** The lines of the log behind a visit. */
function Lines({ lines, words }: { lines: readonly LogLine[]; words: Sentences }) {
  const { t, i18n } = useTranslation('citizen')
  return (
    <details className="visit__lines">
      <summary>{t('log.lines', { count: lines.length })}</summary>
      <ul>
        {lines.map(({ id, at, service = 'unknown', count, outcome, choice }) => {
          const [time, what] = [formatTime(at, i18n.language), areaInSentence(words, service)]
          const chosen = choice && {
            kind: codedText(t, 'log.choiceKind', choice.kind) ?? choice.kind,
            service: choice.service === undefined ? t('log.everything') : areaInSentence(words, choice.service),
          }
          return (
            <li key={id}>
              {chosen
                ? t(choice.oneRecord ? 'log.choiceOfOne' : 'log.choice', { time, ...chosen })
                : t(outcome !== 'ok' ? 'log.lineRefused' : count === undefined ? 'log.lineAlone' : 'log.line', {
                    time,
                    service: what,
                    count: count ?? 0,
                  })}
            </li>
          )
        })}
      </ul>
    </details>
  )
}

/** Leads to the form that blocks the practitioner; absent for a user without a number in the register of health personnel. */
function Block({ actor: { hprNumber, name, authorization } }: Pick<LogLine, 'actor'>) {
  const { t } = useTranslation('citizen')
  if (!hprNumber || !name) return null
  return (
    <button
      type="button"
      className="link-button"
      onClick={() => {
        blockSoon({ hprNumber, name, ...(authorization ? { authorization } : {}) })
        go('choices')
      }}
    >
      {t('log.block')}
      <span className="visually-hidden">: {name}</span>
    </button>
  )
}
