/** One visit: the sentence, emergency access in words, the lines behind it, and the questions about it. */
import { formatDate, formatTime } from '@helsevev/ui/format.ts'
import { codedText } from '@helsevev/ui/texts.ts'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contract, type LogLine, type Question } from '../contract.ts'
import { type Detail, detailsOf, partsOf } from '../log-parts.ts'
import { canAsk, isEmergency, type Visit } from '../log-visits.ts'
import { AskForm } from './AskForm.tsx'
import { blockSoon } from './block-soon.ts'
import { Confirm } from './Confirm.tsx'
import { go } from './navigation.ts'
import { useAsk } from './people.tsx'
import { actOf, areaInSentence, furtherOf, isAboutRecords, type Sentences, sentenceOf, withheldOf } from './sentence.ts'
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
  /** A choice has ended. */
  onEnded: () => void
}

export function VisitItem({ visit, words, questions, mayChoose, withDay, onAsked, onEnded }: VisitItemProps) {
  const { t, i18n } = useTranslation('citizen')
  const [asking, setAsking] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const asked = useRef<HTMLDivElement>(null)
  const { actor, from, to, lines } = visit
  const [first, last] = [formatTime(from, i18n.language), formatTime(to, i18n.language)]
  const waits = questions.some(({ answer }) => !answer)

  function close(then: RefObject<HTMLElement | null>) {
    setAsking(false)
    window.requestAnimationFrame(() => then.current?.focus())
  }

  return (
    <li className="visit">
      <p className="visit__time">
        {withDay && <span className="visit__day">{formatDate(to, i18n.language)}</span>}
        <time dateTime={to}>{first === last ? t('log.time', { from: first }) : t('log.times', { from: first, to: last })}</time>
      </p>
      <div className="visit__what">
        <p>{sentenceOf(words, visit)}</p>
        {furtherOf(words, visit).map((sentence) => (
          <p key={sentence} className="small">
            {sentence}
          </p>
        ))}
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
        {visit.withheld && partsOf(visit, words.choices)[0]?.found === 'some' && <p className="small">{withheldOf(words, visit)}</p>}
        <Lines lines={lines} words={words} />
        <div ref={asked} tabIndex={-1}>
          {questions.map((question) => (
            <Thread key={question.id} question={question} />
          ))}
        </div>
        <div className="visit__actions">
          {canAsk(visit) && !asking && !waits && (
            <button ref={opener} type="button" className="link-button" onClick={() => setAsking(true)}>
              {t('log.ask')}
              <span className="visually-hidden">: {sentenceOf(words, visit)}</span>
            </button>
          )}
          {mayChoose && <Block actor={actor} words={words} onEnded={onEnded} />}
        </div>
        {asking && actor.organization && (
          <AskForm
            line={visit.id}
            organization={actor.organization}
            onCancel={() => close(opener)}
            onSent={(question) => {
              onAsked(question)
              close(asked)
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

/** The lines of the log behind a visit; those that say the same are one. */
function Lines({ lines, words }: { lines: readonly LogLine[]; words: Sentences }) {
  const { t } = useTranslation('citizen')
  return (
    <details className="visit__lines">
      <summary>{t('log.lines')}</summary>
      <ul>
        {detailsOf(lines).map((detail) => (
          <li key={detail.id}>{t('log.line.times', { count: detail.times, line: lineOf(words, detail) })}</li>
        ))}
      </ul>
    </details>
  )
}

function lineOf(words: Sentences, { from, to, service = 'unknown', outcome, did, count, withheld, choice }: Detail): string {
  const { t, i18n } = words
  const [first, last] = [formatTime(from, i18n.language), formatTime(to, i18n.language)]
  const time = first === last ? first : `${first}–${last}`
  if (choice) {
    const kind = codedText(t, 'log.choiceKind', choice.kind) ?? choice.kind
    const covers = choice.service === undefined ? t('log.everything') : areaInSentence(words, choice.service)
    return t(choice.oneRecord ? 'log.choiceOfOne' : 'log.choice', { time, kind, service: covers })
  }
  if (!isAboutRecords({ did })) return t('log.line.act', { time, act: actOf(words, { did, outcome, what: '' }) })
  const what = { time, service: areaInSentence(words, service) }
  if (outcome !== 'ok') return t(`log.line.${outcome}`, what)
  if (count === undefined || (count === 0 && did !== 'looked')) return t('log.line.alone', what)
  return count === 0 ? t(withheld ? 'log.line.refused' : 'log.line.none', what) : t('log.line.some', { ...what, count })
}

interface BlockProps extends Pick<LogLine, 'actor'> {
  words: Sentences
  onEnded: () => void
}

/** Leads to the form that blocks the practitioner, or lifts the block; absent without a number in the register of health personnel. */
function Block({ actor: { hprNumber, name, authorization }, words, onEnded }: BlockProps) {
  const { t } = useTranslation('citizen')
  const ask = useAsk()
  const opener = useRef<HTMLButtonElement>(null)
  const lifted = useRef(false)
  const block = words.choices.find(({ kind, active, practitioner }) => kind === 'block' && active && practitioner?.hprNumber === hprNumber)
  useEffect(() => {
    if (lifted.current && !block) opener.current?.focus()
    lifted.current = false
  }, [block])
  if (!hprNumber || !name) return null
  if (block) {
    return (
      <Confirm
        label={t('log.unblock')}
        of={name}
        question={<p>{t('choices.endQuestion.block')}</p>}
        yes={t('choices.endYes')}
        no={t('choices.endNo')}
        done={t('log.unblocked')}
        act={async () => await ask(contract.endChoice, { id: block.id })}
        onDone={() => {
          lifted.current = true
          onEnded()
        }}
      />
    )
  }
  return (
    <button
      ref={opener}
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
