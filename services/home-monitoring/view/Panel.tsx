/**
 * The home measurements of the open patient: newest values against the patient's own thresholds, the trend of the chosen kind, alarms, and
 * the computed NEWS2.
 */

import { SourceLine } from '@helsevev/panel/SourceLine'
import { defineView } from '@helsevev/panel/view.ts'
import { formatAge, formatDate, formatDateTime, formatDecimal } from '@helsevev/ui/format.ts'
import { codedText } from '@helsevev/ui/texts.ts'
import { ValueChart } from '@helsevev/ui/ValueChart'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { identity } from '../identity.ts'
import { snapshot, timeline } from './lines.ts'
import { dayNumber } from './numbers.ts'
import type { HomeMonitoringData, ShownKind } from './panel-data.ts'
import './panel.css'
import { homeMonitoringTexts } from './texts.ts'

const NAMESPACE = 'home-monitoring'

function Some({ data }: { data: HomeMonitoringData }) {
  return (
    <div className="home">
      {data.news2 && <ComputedScore news2={data.news2} />}
      {data.kinds.length > 0 && <Kinds kinds={data.kinds} />}
      {data.alarms.length > 0 && <Alarms alarms={data.alarms} />}
    </div>
  )
}

function ComputedScore({ news2 }: { news2: NonNullable<HomeMonitoringData['news2']> }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  return (
    <p className="home__score">
      {t('news2.from', { time: formatDateTime(news2.at, i18n.language) })} <a href="#panel-news2">NEWS2</a>.
    </p>
  )
}

function Kinds({ kinds }: { kinds: ShownKind[] }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const id = useId()
  const firstOutside = Math.max(
    0,
    kinds.findIndex(({ newest }) => newest?.outside),
  )
  const [chosen, setChosen] = useState(firstOutside)
  const kind = kinds[chosen] ?? kinds[0]
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{t('newest')}</h3>
      <ul className="home__kinds">
        {kinds.map((one, index) => (
          <li key={one.kind}>
            <button type="button" className="home__kind on-paper" aria-pressed={index === chosen} onClick={() => setChosen(index)}>
              <span className="home__name">{t(`kind.${one.kind}`)}</span>
              {one.newest && (
                <>
                  <span className="home__value">
                    {formatDecimal(one.newest.written, i18n.language)} {codedText(t, 'unit', one.unit) ?? one.unit}
                  </span>
                  {one.newest.outside && <span className="home__outside">{t('outside')}</span>}
                  <span className="home__time">
                    {formatAge(one.newest.time, new Date(), i18n.language) || formatDate(one.newest.time, i18n.language)}
                  </span>
                </>
              )}
            </button>
          </li>
        ))}
      </ul>
      {kind && <Course kind={kind} />}
    </section>
  )
}

function Course({ kind }: { kind: ShownKind }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const { days, threshold, newest, unit } = kind
  const name = t(`kind.${kind.kind}`)
  const shownUnit = codedText(t, 'unit', unit) ?? unit
  const number = dayNumber(i18n.language)
  const decimals = Math.max(0, ...days.map((day) => day.decimals))
  const range =
    threshold &&
    t(
      threshold.low !== undefined && threshold.high !== undefined
        ? 'threshold.between'
        : threshold.low !== undefined
          ? 'threshold.low'
          : 'threshold.high',
      { low: number(threshold.low ?? 0, threshold.decimals), high: number(threshold.high ?? 0, threshold.decimals), unit: shownUnit },
    )
  return (
    <div className="home__course">
      {days.length > 1 && (
        <figure>
          <ValueChart
            title={t('course.title', { name })}
            description={t('course.text', {
              days: days.length,
              first: formatDate(days[0]?.day ?? '', i18n.language),
              last: formatDate(days.at(-1)?.day ?? '', i18n.language),
              lowest: number(Math.min(...days.map(({ low }) => low)), decimals),
              highest: number(Math.max(...days.map(({ high }) => high)), decimals),
            })}
            points={days.map(({ day, mean, low, high, source, decimals: of }) => ({
              time: Date.parse(`${day}T12:00:00Z`),
              value: mean,
              source,
              words: `${formatDate(day, i18n.language)}: ${number(mean, of)} (${number(low, of)}–${number(high, of)})`,
            }))}
            bands={threshold ? [{ ...threshold, name: t('threshold.name') }] : []}
            unit={shownUnit}
            language={i18n.language}
          />
          <figcaption className="home__caption">
            {t('course.covers', { name })} {range}
          </figcaption>
        </figure>
      )}
      {newest && <SourceLine controller={newest.source} author={newest.performer} device={newest.device} time={newest.time} />}
      {days.length > 0 && (
        <details className="screen-only">
          <summary>{t('table.show')}</summary>
          <table className="home__table">
            <thead>
              <tr>
                <th scope="col">{t('table.day')}</th>
                <th scope="col">{t('table.mean')}</th>
                <th scope="col">{t('table.range')}</th>
                <th scope="col">{t('table.count')}</th>
              </tr>
            </thead>
            <tbody>
              {days.toReversed().map(({ day, mean, low, high, count, source, decimals: of }) => (
                <tr key={`${day} ${source}`}>
                  <th scope="row">{formatDate(day, i18n.language)}</th>
                  <td>{number(mean, of)}</td>
                  <td>
                    {number(low, of)}–{number(high, of)}
                  </td>
                  <td>{count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      {days.length > 0 && <p className="print-only home__caption">{t('table.notOnPaper', { name })}</p>}
    </div>
  )
}

function Alarms({ alarms }: { alarms: HomeMonitoringData['alarms'] }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{t('alarms')}</h3>
      <ul className="home__alarms">
        {alarms.map(({ id: key, title, time, source, events }) => (
          <li key={key}>
            <strong>{title}</strong> <time dateTime={time}>{formatDateTime(time, i18n.language)}</time>
            {events.length > 0 && (
              <span className="home__caption"> {events.map((code) => codedText(t, 'event', code) ?? code).join(' → ')}</span>
            )}
            <SourceLine controller={source} />
          </li>
        ))}
      </ul>
    </section>
  )
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: homeMonitoringTexts,
  Some,
  timeline,
  snapshot,
})
