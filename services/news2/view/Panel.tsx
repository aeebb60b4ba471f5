/** The panel of NEWS2: how the patient is and what to do, the trend, and all scores in a table. */

import { instantOf, pictureOf } from '@helsevev/clinical/news2/picture'
import { defineView } from '@helsevev/panel/view.ts'
import { useTranslation } from 'react-i18next'
import { identity } from '../identity.ts'
import { CurrentScore } from './CurrentScore.tsx'
import { snapshot, timeline } from './lines.ts'
import type { News2Data } from './panel-data.ts'
import './panel.css'
import { useChange, usePicture } from './picture.tsx'
import { toldOf } from './readings.ts'
import { ScoreTable } from './ScoreTable.tsx'
import { Trend } from './Trend.tsx'
import { news2Texts } from './texts.ts'

/** A portal that knows of computed scores has put them among the others. */
function Some({ data }: { data: News2Data }) {
  const { t } = useTranslation('news2')
  const told = usePicture()
  const picture = told?.picture ?? pictureOf(toldOf(data).readings, [], new Date())
  const standing = data.scores.filter(({ status }) => status !== 'entered-in-error')
  const at = picture.current && instantOf(picture.current.time)
  const current = standing.filter(({ time }) => instantOf(time) === at)
  // A newer score with a part missing: it is shown, and does not stand for the present.
  const later = standing.filter(({ time }) => at !== undefined && instantOf(time) > at)
  const earlier = standing.find(({ total, time }) => total !== undefined && at !== undefined && instantOf(time) < at)
  const change = useChange(picture)
  return (
    <div className="news2">
      {current.length === 0 && <p>{t('allWithdrawn')}</p>}
      {current.length > 0 && <p className="news2-change">{change ?? t('change.none')}</p>}
      {told && told.outside.length > 0 && (
        <p className="news2-answer__outside">
          <strong>{t('outside.label')}:</strong> {told.outside.join(' · ')}
        </p>
      )}
      {[...current, ...later].map((score) => (
        <CurrentScore
          key={score.id}
          score={score}
          data={data}
          earlier={earlier}
          actionable={picture.actionable && current.includes(score)}
          heading={t(later.includes(score) ? 'current.later' : current.length > 1 ? 'current.several' : 'current.heading')}
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
  timeline,
  snapshot,
})
