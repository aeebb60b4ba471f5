/**
 * The analyses with numbers, each with its newest value on one line; those outside their reference first. A line opens to what the analysis
 * is, its course, and its earlier values.
 */
import Button from '@helsenorge/designsystem-react/components/Button'
import { DataState } from '@helsevev/ui/DataState'
import { formatDate, languageOf } from '@helsevev/ui/format.ts'
import type { Words } from '@helsevev/ui/texts.ts'
import { lazy, Suspense, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Graph } from '../Graph.tsx'
import type { ShownAnalysis, ShownPoint } from '../panel-data.ts'
import { plainNameOf } from './plain-names.ts'

const NAMESPACE = 'test-results/citizen'
const AT_ONCE = 8
/** Plots that fit on a screen together. */
const TOGETHER = 3

/** The explanations are long, and read by few: they load when a line is opened. */
const Explained = lazy(async () => ({ default: (await import('./Explained.tsx')).Explained }))

export function Analyses({ analyses, all }: { analyses: readonly ShownAnalysis[]; all: readonly ShownAnalysis[] }) {
  const { t } = useTranslation(NAMESPACE)
  const id = useId()
  const [whole, setWhole] = useState(false)
  const shown = whole ? analyses : analyses.slice(0, AT_ONCE)
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="panel__part">
        {t('analyses.title')}
      </h3>
      <ul className="analyses">
        {shown.map((analysis) => (
          <li key={`${analysis.name} ${analysis.unit}`}>
            <Analysis analysis={analysis} all={all} />
          </li>
        ))}
      </ul>
      {shown.length < analyses.length && (
        <Button variant="outline" onClick={() => setWhole(true)}>
          {t('analyses.all', { count: analyses.length })}
        </Button>
      )}
    </section>
  )
}

function Analysis({ analysis, all }: { analysis: ShownAnalysis; all: readonly ShownAnalysis[] }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const [open, setOpen] = useState(false)
  const newest = analysis.points.at(-1)
  if (!newest) return null
  const plain = plainNameOf(analysis, languageOf(i18n.language))
  return (
    <details className="analysis" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="analysis__line">
        <span className="analysis__name">
          {plain ?? analysis.name}
          {plain && plain !== analysis.name && <span className="entry__term"> ({analysis.name})</span>}
        </span>{' '}
        <span>
          <strong>{shownNumber(analysis, newest)}</strong>{' '}
          <span>{[newest.deviation && t(`short.${newest.deviation}`), changeOf(newest, t)].filter(Boolean).join(', ')}</span>{' '}
          <span className="entry__term">· {formatDate(new Date(newest.time), i18n.language)}</span>
        </span>
      </summary>
      {open && (
        <div className="analysis__more">
          <Suspense fallback={<DataState state="loading" />}>
            <Explained analysis={analysis} />
          </Suspense>
          <Course analysis={analysis} all={all} />
        </div>
      )}
    </details>
  )
}

function Course({ analysis, all }: { analysis: ShownAnalysis; all: readonly ShownAnalysis[] }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const id = useId()
  const [others, setOthers] = useState<readonly ShownAnalysis[]>([])
  const { points, guessed } = analysis
  const band = points.findLast(({ low, high }) => low !== undefined || high !== undefined)
  const nameOf = (one: ShownAnalysis) => plainNameOf(one, languageOf(i18n.language)) ?? one.name
  const drawn = [analysis, ...others].map((one) => ({ name: nameOf(one), unit: one.unit, points: one.points }))
  const wordsOf = ({ name }: { name: string }, point: ShownPoint) =>
    [
      `${name} ${point.written}`,
      ...(point.deviation ? [t(`deviation.${point.deviation}`)] : []),
      ...[changeOf(point, t) ?? []].flat(),
      point.source,
    ].join(', ')
  const offered = all.filter((one) => one !== analysis && one.points.length > 1 && !others.includes(one))
  if (points.length < 2) return <p className="entry__note">{t('course.one')}</p>
  return (
    <>
      <Graph title={t('course.chart', { name: drawn.map(({ name }) => name).join(', ') })} analyses={drawn} wordsOf={wordsOf} />
      {band && <p className="entry__note">{t('course.bandOf', { source: band.source })}</p>}
      {guessed && <p className="entry__note">{t('course.guessed')}</p>}
      {others.map((one) => (
        <button key={one.name} type="button" className="link-button" onClick={() => setOthers(others.filter((other) => other !== one))}>
          {t('course.without', { name: nameOf(one) })}
        </button>
      ))}
      {others.length < TOGETHER - 1 && offered.length > 0 && (
        <div className="field">
          <label htmlFor={id}>{t('course.together')}</label>
          <select
            id={id}
            className="field__input"
            value=""
            onChange={({ target }) => {
              const chosen = offered.find((one) => keyOf(one) === target.value)
              if (chosen) setOthers([...others, chosen])
            }}
          >
            <option value="">{t('course.choose')}</option>
            {offered.map((one) => (
              <option key={keyOf(one)} value={keyOf(one)}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        </div>
      )}
      <details>
        <summary>{t('course.show')}</summary>
        <ul>
          {points.toReversed().map((point) => (
            <li key={`${point.time} ${point.value}`}>
              {formatDate(new Date(point.time), i18n.language)}:{' '}
              {[shownNumber(analysis, point), point.deviation && t(`short.${point.deviation}`), changeOf(point, t)]
                .filter(Boolean)
                .join(', ')}
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

/** In the unit of the analysis, as its graph is; the laboratory's own number is in its answer. */
const shownNumber = ({ unit }: ShownAnalysis, { number }: ShownPoint) => `${number} ${unit}`.trim()

/** That it was corrected, or may still be; undefined for a number that stands as it was first sent. */
function changeOf({ status }: ShownPoint, t: Words<typeof NAMESPACE>): string | undefined {
  return status === 'amended' || status === 'corrected' || status === 'preliminary' ? t(`changed.${status}`) : undefined
}

const keyOf = ({ name, unit }: ShownAnalysis) => `${name} ${unit}`
