/** Every score in a table, newest first. The table scrolls inside its own region on narrow screens, by keyboard too. */
import { formatDateTime } from '@helsevev/ui/format.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { BandTag } from './BandTag.tsx'
import type { News2Data, ShownScore } from './panel-data.ts'

export function ScoreTable({ data }: { data: News2Data }) {
  const { t } = useTranslation('news2')
  const id = useId()
  const columns = [
    'table.time',
    'total.label',
    'band.label',
    'worst.label',
    'table.sentTotal',
    'scale.label',
    'table.source',
    'table.unit',
    'table.flags',
  ]
  return (
    <div className="news2-all">
      <h3 id={id}>{t('table.heading')}</h3>
      {data.more && <p>{t('table.more', { count: data.scores.length })}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="news2-scroll" aria-labelledby={id} tabIndex={0}>
        <table className="news2-table">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.scores.map((score) => (
              <ScoreRow
                key={score.id}
                score={score}
                source={data.controllers.find(({ organization }) => organization === score.controller)?.name}
              />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

function ScoreRow({ score, source }: { score: ShownScore; source: string | undefined }) {
  const { t, i18n } = useTranslation('news2')
  const withdrawn = score.status === 'entered-in-error'
  const worst = score.worstParameters.map((parameter) => t(`parameter.${parameter}`)).join(', ')
  return (
    <tr className={withdrawn ? 'news2-table__withdrawn' : undefined}>
      <th scope="row">
        <time dateTime={score.time}>{formatDateTime(score.time, i18n.language)}</time>
      </th>
      <td>{score.total ?? t('total.none')}</td>
      <td>{withdrawn ? t('table.withdrawn') : <BandTag score={score} />}</td>
      <td>{worst ? `${worst} (${score.worstScore})` : t('worst.none')}</td>
      <td>{sentTotal(score, t)}</td>
      <td>{score.scale ?? '–'}</td>
      <td>{source ?? (score.controller || t('table.unknownSource'))}</td>
      <td>{score.unit ?? '–'}</td>
      <td>
        {score.flags.length > 0 ? (
          <ul>
            {score.flags.map((flag) => (
              <li key={flag}>{t(`flag.${flag}`)}</li>
            ))}
          </ul>
        ) : (
          '–'
        )}
      </td>
    </tr>
  )
}

function sentTotal({ sentTotal: sent, total }: ShownScore, t: (key: string) => string): string {
  if (sent === undefined) return t('table.notSent')
  return sent === total ? t('table.same') : String(sent)
}
