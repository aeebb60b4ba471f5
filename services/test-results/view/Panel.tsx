/** The test results of the open patient: newest reports by discipline, analyses over time with a plot, and each report in full. */

import Tag from '@helsenorge/designsystem-react/components/Tag'
import { NotOnPaper } from '@helsevev/panel/NotOnPaper'
import { SourceLine } from '@helsevev/panel/SourceLine'
import { defineView } from '@helsevev/panel/view.ts'
import { formatDateTime } from '@helsevev/ui/format.ts'
import { codedText } from '@helsevev/ui/texts.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { identity } from '../identity.ts'
import { Analyses } from './Analyses.tsx'
import { Answer } from './Answer.tsx'
import { Deviation } from './Deviation.tsx'
import { inLanguage } from './in-language.ts'
import { snapshot, timeline } from './lines.ts'
import { outsideIn } from './outside.ts'
import type { ShownReport, ShownResult, TestResultsData } from './panel-data.ts'
import './panel.css'
import { testResultsTexts } from './texts.ts'

const NAMESPACE = 'test-results'
const REPORTS_AT_ONCE = 4

function Some({ data }: { data: TestResultsData }) {
  const { t } = useTranslation(NAMESPACE)
  const byExpertise = Map.groupBy(data.reports, ({ expertise }) => expertise)
  return (
    <div className="results">
      {data.analyses.length > 0 && <Analyses analyses={data.analyses} />}
      {[...byExpertise].map(([expertise, reports]) => (
        <Discipline key={expertise} expertise={expertise} reports={reports} />
      ))}
      {data.more && <p className="results__more">{t('more', { count: data.reports.length })}</p>}
    </div>
  )
}

function Discipline({ expertise, reports }: { expertise: string; reports: ShownReport[] }) {
  const { t } = useTranslation(NAMESPACE)
  const id = useId()
  const [all, setAll] = useState(false)
  const shown = all ? reports : reports.slice(0, REPORTS_AT_ONCE)
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{codedText(t, 'discipline', expertise) ?? expertise}</h3>
      <ul className="results__list">
        {shown.map((report, index) => (
          <li key={report.id}>
            <Report report={report} open={index === 0 && expertise !== 'CLIN'} />
          </li>
        ))}
      </ul>
      {!all && reports.length > shown.length && (
        <>
          <button type="button" className="results__choose screen-only" onClick={() => setAll(true)}>
            {t('showAll', { count: reports.length })}
          </button>
          <NotOnPaper count={reports.length - shown.length} />
        </>
      )}
    </section>
  )
}

function Report({ report, open }: { report: ShownReport; open: boolean }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const { status, time, issued, laboratory, requester, copies, specimens, comments, results, controller, title } = report
  const outside = results.filter(({ deviation }) => deviation).length
  return (
    <details className={`results__report results__report--${status}`} open={open}>
      <summary>
        <span className="results__title">
          {title || (codedText(t, 'discipline', report.expertise) ?? report.expertise)}
          {specimens.length > 0 && <span className="results__unit">, {specimens.join(', ').toLowerCase()}</span>}
        </span>{' '}
        <time dateTime={time}>{formatDateTime(time, i18n.language)}</time> {status !== 'final' && <Tag>{t(`status.${status}`)}</Tag>}{' '}
        {outside > 0 && <Tag variant="emphasised">{t('outside', { count: outside })}</Tag>}
      </summary>
      {status === 'cancelled' && <p className="results__cancelled">{t('cancelledText')}</p>}
      {results.length > 0 && (
        <ul className="results__results">
          {results.map((result) => (
            <Result key={result.id} result={result} />
          ))}
        </ul>
      )}
      {comments.map((comment) => (
        <p key={comment} className="results__comment">
          {comment}
        </p>
      ))}
      {requester && <p className="results__caption">{t('orderedBy', { who: requester })}</p>}
      <SourceLine controller={controller.name} unit={laboratory} time={issued} phone={controller.phone} />
      {copies.length > 0 && <p className="results__caption">{t('copies', { names: copies.join('; ') })}</p>}
    </details>
  )
}

function Result({ result }: { result: ShownResult }) {
  const { t } = useTranslation(NAMESPACE)
  const { name, value, text, deviation, interval, susceptibility, comments, status, members } = result
  const agents = members.filter((member) => member.susceptibility)
  const others = members.filter((member) => !member.susceptibility)
  return (
    <li className={`results__result results__result--${status}`}>
      <p>
        <span className="results__name">{name}</span>{' '}
        {value && (
          <span className="results__value">
            {value} <Deviation of={deviation} />
          </span>
        )}{' '}
        {susceptibility && <Susceptibility answer={susceptibility} />}{' '}
        {interval && <span className="results__unit">{t('interval', { interval })}</span>}{' '}
        {status !== 'final' && <Tag>{t(`status.${status}`)}</Tag>}
      </p>
      {text && !susceptibility && <p className="results__text">{text}</p>}
      {comments.map((comment) => (
        <p key={comment} className="results__comment">
          {comment}
        </p>
      ))}
      {agents.length > 0 && (
        <table className="results__table">
          <caption>{t('susceptibility.caption', { name: text ?? name })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('susceptibility.agent')}</th>
              <th scope="col">{t('susceptibility.answer')}</th>
            </tr>
          </thead>
          <tbody>
            {agents.map((agent) => (
              <tr key={agent.id}>
                <th scope="row">{agent.name}</th>
                <td>{agent.susceptibility && <Susceptibility answer={agent.susceptibility} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {others.length > 0 && (
        <ul className="results__results">
          {others.map((member) => (
            <Result key={member.id} result={member} />
          ))}
        </ul>
      )}
    </li>
  )
}

function Susceptibility({ answer }: { answer: 'S' | 'I' | 'R' }) {
  const { t } = useTranslation(NAMESPACE)
  return (
    <span className={`results__answer results__answer--${answer}`}>
      <strong>{answer}</strong> {t(`susceptibility.${answer}`)}
    </span>
  )
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: testResultsTexts,
  Some,
  inLanguage,
  Answer,
  timeline,
  snapshot,
  urgency: (data) => (outsideIn(data).length > 0 ? 1 : 0),
})
