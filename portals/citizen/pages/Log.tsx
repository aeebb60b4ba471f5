import Button from '@helsenorge/designsystem-react/components/Button'
import { isProblem } from '@helsevev/portal/client/call.ts'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useSession } from '@helsevev/portal/client/session'
import { DataState } from '@helsevev/ui/DataState'
import { formatDate } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LogFilters } from '../client/LogFilters.tsx'
import { LogProofLine } from '../client/LogProofLine.tsx'
import { LoadedView, useLoaded } from '../client/loaded.tsx'
import { useAsk, usePeople } from '../client/people.tsx'
import type { Sentences } from '../client/sentence.ts'
import { VisitItem } from '../client/VisitItem.tsx'
import { type Choice, contract, type LogLine, type Question } from '../contract.ts'
import { byDay, byPlace, filtered, type LogFilter, visitsOf } from '../log-visits.ts'
import { type PeriodName, periodOf } from '../period.ts'

const none: readonly LogLine[] = []

/** The number of visits shown at a time. */
const step = 20

/** Who has looked, newest first. */
export function Log() {
  const { t, i18n } = useTranslation('citizen')
  const { about } = usePeople()
  const { me } = useSession()
  const [period, setPeriod] = useState<PeriodName>('quarter')
  const [filter, setFilter] = useState<LogFilter>({ emergencyOnly: false, citizens: false })
  const [group, setGroup] = useState<'day' | 'place'>('day')
  const [shown, setShown] = useState(step)
  const { loaded, questions, setQuestions, choices, unblocked } = useLog(period)
  const mayChoose = about.choices.open

  const words: Sentences = { t, i18n, about, me: me?.signedIn ? me.name : '', choices }
  const lines = loaded.answer?.lines ?? none
  const visits = useMemo(() => visitsOf(filtered(lines, filter)), [lines, filter])
  const groups = group === 'day' ? byDay(visits.slice(0, shown)) : byPlace(visits.slice(0, shown))

  function narrow(to: LogFilter) {
    setFilter(to)
    setShown(step)
    announce(t('log.found', { count: visitsOf(filtered(lines, to)).length }))
  }

  return (
    <div className="page">
      <PageTitle name={t('nav.log')} />
      <p className="lead">{t('log.lead')}</p>
      <LogFilters {...{ lines, words, period, filter, group }} onPeriod={setPeriod} onFilter={narrow} onGroup={setGroup} />
      <LoadedView loaded={loaded}>
        {({ more, proof }) => (
          <div aria-busy={loaded.loading}>
            {more && <DataState state="partial" title={t('log.partial.title')} text={t('log.partial.text')} />}
            {visits.length === 0 && <DataState state="none" title={t('log.none.title')} text={t('log.none.text')} />}
            {visits.length > 0 && <p className="small">{t('log.found', { count: visits.length })}</p>}
            {proof && <LogProofLine proof={proof} />}
            {groups.map(({ key, visits: inside }) => {
              const title = group === 'day' ? formatDate(key, i18n.language) : key || t('log.nowhere')
              return (
                <section key={key} className="group" aria-label={title}>
                  <h2>{title}</h2>
                  <ul className="visits">
                    {inside.map((visit) => (
                      <VisitItem
                        key={visit.id}
                        {...{ visit, words, mayChoose }}
                        questions={questions.filter(({ line }) => visit.lines.some(({ id }) => id === line))}
                        withDay={group === 'place'}
                        onAsked={(question) => setQuestions([question, ...questions])}
                        onEnded={() => void unblocked()}
                      />
                    ))}
                  </ul>
                </section>
              )
            })}
            {visits.length > shown && (
              <Button variant="outline" onClick={() => setShown(shown + step)}>
                {t('log.more')}
              </Button>
            )}
          </div>
        )}
      </LoadedView>
    </div>
  )
}

/** The log of a period, with the questions about it and the choices. */
function useLog(period: PeriodName) {
  const ask = useAsk()
  const { about } = usePeople()
  const [questions, setQuestions] = useState<readonly Question[]>([])
  const [choices, setChoices] = useState<readonly Choice[]>([])
  const mayChoose = about.choices.open

  const fetchLog = useCallback(async () => {
    const [log, asked, chosen] = await Promise.all([
      ask(contract.log, { body: periodOf(period, new Date()) }),
      ask(contract.questions),
      mayChoose ? ask(contract.choices) : { choices: [] },
    ])
    // The log is worth showing without the questions and the choices too.
    if (!isProblem(asked)) setQuestions(asked.questions)
    if (!isProblem(chosen)) setChoices(chosen.choices)
    return log
  }, [ask, period, mayChoose])
  const loaded = useLoaded(fetchLog)

  /** The list stays where it is: only what may be done with its lines has changed. */
  async function unblocked() {
    const chosen = await ask(contract.choices)
    if (!isProblem(chosen)) setChoices(chosen.choices)
  }

  return { loaded, questions, setQuestions, choices, unblocked }
}
