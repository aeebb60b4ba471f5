/** One report on a line or two, which opens to its results, comments, and who to ask. */
import { Entry } from '@helsevev/panel/Entry'
import { isNew } from '@helsevev/panel/panel.ts'
import { formatDate } from '@helsevev/ui/format.ts'
import { PhoneLink } from '@helsevev/ui/PhoneLink'
import { codedText, type Wording } from '@helsevev/ui/texts.ts'
import { useWords } from '@helsevev/ui/useWords'
import { useTranslation } from 'react-i18next'
import { identity } from '../../identity.ts'
import type { ShownReport } from '../panel-data.ts'
import { plainNameOf } from './plain-names.ts'
import { Result } from './Result.tsx'

const NAMESPACE = 'test-results/citizen'

export function Report({ report, since }: { report: ShownReport; since: string | undefined }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const { id, status, time, specimens, results, shownFrom } = report
  const { title, term } = namesOf(report, useWords(NAMESPACE))
  const stands = status !== 'cancelled' && status !== 'entered-in-error'
  const outside = stands ? results.filter(({ deviation }) => deviation).length : 0
  const facts = [
    time && formatDate(time, i18n.language),
    specimens.length > 0 && specimens.join(', ').toLowerCase(),
    results.length > 1 && t('results', { count: results.length }),
    outside > 0 && t('outsideCount', { count: outside }),
  ]
  return (
    <Entry id={id} title={title} term={term} isNew={isNew(shownFrom, since)}>
      <p>{facts.filter(Boolean).join(' · ')}</p>
      {status !== 'final' && <p className="entry__note">{t(`status.${status}`)}</p>}
      <details>
        <summary className="screen-only">
          {t('showReport')}
          <span className="visually-hidden">{`: ${title}, ${time ? formatDate(time, i18n.language) : ''}`}</span>
        </summary>
        <Inside report={report} outside={outside} />
      </details>
    </Entry>
  )
}

function Inside({ report, outside }: { report: ShownReport; outside: number }) {
  const { t } = useTranslation(NAMESPACE)
  const { laboratory, requester, comments, results, controller } = report
  return (
    <div className="panel__group">
      {results.length > 0 && (
        <ul className="entry__list">
          {results.map((result) => (
            <Result key={result.id} result={result} />
          ))}
        </ul>
      )}
      {comments.map((comment) => (
        <p key={comment} className="entry__text">
          {comment}
        </p>
      ))}
      {outside > 0 && <p className="entry__note">{t('outside')}</p>}
      <p className="entry__note">
        {t('from', { who: [laboratory, controller.name].filter((name, at, names) => name && names.indexOf(name) === at).join(', ') })}.{' '}
        {requester && t('orderedBy', { who: requester })}{' '}
        {controller.phone ? (
          <>
            {t('call', { who: controller.name })} <PhoneLink phone={controller.phone} />
          </>
        ) : (
          t('ask', { who: controller.name })
        )}
      </p>
    </div>
  )
}

/** The kind of test in plain words, and its name at the laboratory or in medicine. */
export function namesOf(
  { expertise, title }: ShownReport,
  { t, language }: Wording<'test-results/citizen'>,
): { title: string; term: string } {
  const term = title || (codedText(t, 'term', expertise) ?? '')
  return { title: codedText(t, 'kind', expertise) ?? (term || identity.names[language]), term }
}

/** `Hvite blodceller` after another name; an abbreviation, such as `LDL`, stays as it is. */
function insideSentence(name: string): string {
  return /^.[\p{Lu}\d-]/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1)
}

/** A report among other things, in a line: a blood test by what was measured, others by their kind. */
export function lineOf(report: ShownReport, { t, language }: Wording<'test-results/citizen'>): string {
  const names =
    report.expertise === 'CLIN' ? report.results.map((result) => plainNameOf(result, language) ?? result.name).filter(Boolean) : []
  const [first, second] = names
  if (first === undefined) return namesOf(report, { t, language }).title
  const named = second === undefined ? first : `${first}, ${insideSentence(second)}`
  return names.length > 2 ? t('andMore', { names: named, count: names.length - 2 }) : named
}
