/** The panel of NEWS2: the current score and what to do, the trend, and all scores in a table. */

import { defineView } from '@helsevev/panel/view.ts'
import { useTranslation } from 'react-i18next'
import { identity } from '../identity.ts'
import { CurrentScore } from './CurrentScore.tsx'
import { inList } from './inList.tsx'
import { snapshot, timeline } from './lines.ts'
import type { News2Data } from './panel-data.ts'
import './panel.css'
import { ScoreTable } from './ScoreTable.tsx'
import { Trend } from './Trend.tsx'
import { news2Texts } from './texts.ts'
import { instantOf } from './trend.ts'

function Some({ data }: { data: News2Data }) {
  const { t } = useTranslation('news2')
  const standing = data.scores.filter(({ status }) => status !== 'entered-in-error')
  const newest = standing[0]
  const current = newest ? standing.filter(({ time }) => instantOf(time) === instantOf(newest.time)) : []
  const earlier = standing.slice(current.length).find(({ total }) => total !== undefined)
  return (
    <div className="news2">
      {current.length === 0 && <p>{t('allWithdrawn')}</p>}
      {current.map((score) => (
        <CurrentScore
          key={score.id}
          score={score}
          data={data}
          earlier={earlier}
          heading={t(current.length > 1 ? 'current.several' : 'current.heading')}
        />
      ))}
      <Trend data={data} />
      <ScoreTable data={data} />
    </div>
  )
}

export const view = defineView({
  service: identity,
  namespace: 'news2',
  texts: news2Texts,
  Some,
  inList,
  timeline,
  snapshot,
})
