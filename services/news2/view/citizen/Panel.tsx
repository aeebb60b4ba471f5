/** NEWS2 for the person who was measured: what the number is, the latest one in words, and the earlier ones. */

import { Entries, Entry } from '@helsevev/panel/Entry'
import { isNew } from '@helsevev/panel/panel.ts'
import { defineView } from '@helsevev/panel/view.ts'
import { formatDate, formatDateTime } from '@helsevev/ui/format.ts'
import { PhoneLink } from '@helsevev/ui/PhoneLink'
import type { Words } from '@helsevev/ui/texts.ts'
import { ValueChart } from '@helsevev/ui/ValueChart'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { identity } from '../../identity.ts'
import type { News2Data, ShownScore } from '../panel-data.ts'
import { news2CitizenTexts } from './texts.ts'

const NAMESPACE = 'news2/citizen'

function Some({ data, since }: { data: News2Data; since?: string | undefined }) {
  const { t } = useTranslation(NAMESPACE)
  const standing = data.scores.filter((score) => score.status !== 'entered-in-error')
  const [latest, ...earlier] = standing
  // New scores are always in sight, and so are those that have been withdrawn since.
  const toShow = [...(latest ? [latest] : []), ...data.scores.filter((score) => score !== latest && isNew(score.reported, since))]
  return (
    <>
      <p className="entry__note">{t('about')}</p>
      {!latest && <p>{t('allWithdrawn')}</p>}
      <Entries>
        {toShow.map((score) => (
          <Scored key={score.id} score={score} data={data} since={since} isLatest={score === latest} />
        ))}
      </Entries>
      {earlier.length > 0 && <Course scores={standing} />}
      {data.more && <p className="entry__note">{t('more')}</p>}
    </>
  )
}

interface ScoredProps {
  score: ShownScore
  data: News2Data
  since: string | undefined
  isLatest: boolean
}

function Scored({ score, data, since, isLatest }: ScoredProps) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const { id, status, band, bandAtLeast, time, unit, author, reported } = score
  const controller = data.controllers.find(({ organization }) => organization === score.controller)
  const withdrawn = status === 'entered-in-error'
  const words = band ?? bandAtLeast
  const who = [author, unit ?? controller?.name].filter(Boolean).join(', ')
  return (
    <Entry id={id} title={isLatest ? t('latest') : t('earlier')} isNew={isNew(reported, since)}>
      <p>
        {!withdrawn && <strong className="entry__value">{pointsOf(score, t)}</strong>}{' '}
        {t('measured', { time: formatDateTime(time, i18n.language) })}
        {who && ` ${t('by', { who })}`}.
      </p>
      {withdrawn && <p>{t('withdrawn')}</p>}
      {!withdrawn && words && <p>{t(`band.${words}`)}</p>}
      {!withdrawn && score.total === undefined && <p className="entry__note">{t('incomplete')}</p>}
      {controller && (
        <p className="entry__note">
          {controller.phone ? (
            <>
              {t('call', { who: controller.name })} <PhoneLink phone={controller.phone} />
            </>
          ) : (
            t('ask', { who: controller.name })
          )}
        </p>
      )}
    </Entry>
  )
}

function pointsOf({ total, partialSum }: ShownScore, t: Words<'news2/citizen'>): string {
  const sum = total ?? partialSum
  return sum === undefined ? t('noTotal') : t('points', { count: sum })
}

function Course({ scores }: { scores: ShownScore[] }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const [open, setOpen] = useState(false)
  const date = (time: string) => formatDate(time, i18n.language)
  const points = scores
    .flatMap((score) => (score.total === undefined ? [] : [{ score, total: score.total }]))
    .toReversed()
    .map(({ score, total }) => ({
      time: Date.parse(score.time),
      value: total,
      words: `${formatDateTime(score.time, i18n.language)}: ${t('points', { count: total })}`,
      source: '',
    }))
  return (
    <details className="entry-help" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('show')}</summary>
      {open && (
        <>
          {points.length > 1 && (
            <ValueChart
              title={t('chart')}
              description={t('text', {
                first: date(scores.at(-1)?.time ?? ''),
                last: date(scores[0]?.time ?? ''),
                values: points.map(({ value }) => value).join(', '),
              })}
              points={points}
              unit={t('unit')}
              language={i18n.language}
            />
          )}
          <ul>
            {scores.map((score) => (
              <li key={score.id}>
                {formatDateTime(score.time, i18n.language)}: {pointsOf(score, t)}
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  )
}

export const view = defineView({
  service: identity,
  namespace: NAMESPACE,
  texts: news2CitizenTexts,
  Some,
  newIn: ({ scores }, since, { t }) =>
    scores
      .filter(({ reported }) => isNew(reported, since))
      .map((score) => ({
        id: score.id,
        title: `NEWS2: ${score.status === 'entered-in-error' ? t('withdrawn') : pointsOf(score, t)}`,
        time: score.time,
      })),
})
