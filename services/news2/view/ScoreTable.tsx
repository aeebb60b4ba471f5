/** Every score in a table, newest first: the latest five, and the others on request. Narrow screens get a block for each row. */

import { NotOnPaper } from '@helsevev/panel/NotOnPaper'
import { formatDateTime } from '@helsevev/ui/format.ts'
import { codedText, type Words } from '@helsevev/ui/texts.ts'
import { type Ref, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BandTag } from './BandTag.tsx'
import type { News2Data, ShownScore } from './panel-data.ts'

const latest = 5

/** Flags that the sender's vendor should resolve, and that a reader can do nothing about. */
const flagsForVendors = new Set(['identifier-missing'])

export function ScoreTable({ data }: { data: News2Data }) {
  const { t } = useTranslation('news2')
  const id = useId()
  const [all, setAll] = useState(false)
  const firstRevealed = useRef<HTMLTableRowElement>(null)
  const scores = all ? data.scores : data.scores.slice(0, latest)
  const withRemarks = scores.some((score) => remarksOf(score, t).length > 0)
  useEffect(() => {
    if (all) firstRevealed.current?.focus()
  }, [all])
  return (
    <section className="news2-all" aria-labelledby={id}>
      <h3 id={id}>{t('table.heading')}</h3>
      {data.more && <p>{t('table.more', { count: data.scores.length })}</p>}
      <table className="news2-table news2-table--scores" id={`${id}-table`} aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col">{t('table.time')}</th>
            <th scope="col">{t('total.label')}</th>
            <th scope="col">{t(withRemarks ? 'table.bandAndRemarks' : 'band.label')}</th>
            <th scope="col">{t('worst.label')}</th>
            <th scope="col">{t('table.source')}</th>
          </tr>
        </thead>
        <tbody>
          {scores.map((score, index) => (
            <ScoreRow
              key={score.id}
              ref={index === latest ? firstRevealed : undefined}
              score={score}
              source={data.controllers.find(({ organization }) => organization === score.controller)?.name}
            />
          ))}
        </tbody>
      </table>
      {data.scores.length > latest && (
        <button
          type="button"
          className="news2-all__button screen-only"
          aria-expanded={all}
          aria-controls={`${id}-table`}
          onClick={() => setAll(!all)}
        >
          {all ? t('table.fewer', { count: latest }) : t('table.all', { count: data.scores.length })}
        </button>
      )}
      {!all && data.scores.length > latest && <NotOnPaper count={data.scores.length - latest} />}
    </section>
  )
}

interface ScoreRowProps {
  score: ShownScore
  source: string | undefined
  ref?: Ref<HTMLTableRowElement> | undefined
}

function ScoreRow({ score, source, ref }: ScoreRowProps) {
  const { t, i18n } = useTranslation('news2')
  const withdrawn = score.status === 'entered-in-error'
  const worst = score.worstParameters.map((parameter) => t(`short.${parameter}`)).join(', ')
  const remarks = remarksOf(score, t)
  return (
    <tr className={withdrawn ? 'news2-table__withdrawn' : undefined} ref={ref} tabIndex={ref ? -1 : undefined}>
      <th scope="row">
        <time dateTime={score.time}>{formatDateTime(score.time, i18n.language)}</time>
      </th>
      <td className="news2-table__total">
        {score.total ?? (
          <>
            <span aria-hidden="true">–</span>
            <span className="visually-hidden">{t('total.none')}</span>
          </>
        )}
      </td>
      <td>
        {withdrawn ? t('table.withdrawn') : <BandTag score={score} />}
        {remarks.length > 0 && (
          <ul className="news2-table__remarks">
            {remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        )}
      </td>
      <td data-label={t('worst.label')}>{worst ? `${worst}:\u00a0${score.worstScore}` : t('worst.none')}</td>
      <td data-label={t('table.source')}>
        {source ?? (score.controller || t('table.unknownSource'))}
        {score.unit && <span className="news2-table__unit">{score.unit}</span>}
        {score.author && <span className="news2-table__unit">{score.author}</span>}
      </td>
    </tr>
  )
}

/** What is unusual: the sender's total where it differs from ours, the other scale, and the flags. */
function remarksOf({ sentTotal, total, scale, flags, computed }: ShownScore, t: Words<'news2'>): string[] {
  return [
    ...(sentTotal !== undefined && sentTotal !== total ? [t('table.sentTotal', { sent: sentTotal })] : []),
    ...(computed ? [t('table.computed')] : []),
    ...(scale === 2 ? [t('table.scale2')] : []),
    ...flags.filter((flag) => !flagsForVendors.has(flag)).map((flag) => codedText(t, 'flag', flag) ?? flag),
  ]
}
