/** NEWS2 line by line: every score, and the newest at a moment. */

import { instantOf, pictureOf } from '@helsevev/clinical/news2/picture'
import type { Line, Snapshot } from '@helsevev/panel/panel.ts'
import { dayInNorway, formatTime } from '@helsevev/ui/format.ts'
import type { Wording } from '@helsevev/ui/texts.ts'
import { identity } from '../identity.ts'
import { responseBand } from '../model/response-band.ts'
import type { News2Data, ShownScore } from './panel-data.ts'
import { toldOf } from './readings.ts'

export function timeline(data: News2Data, words: Wording<'news2'>): Line[] {
  return standing(data).map((score) => line(score, data, words))
}

/**
 * What stands for the present at that moment, as the panel shows it: several when scores of the same time differ, and a newer one that is
 * incomplete. The other scores of that day go with them.
 */
export function snapshot(data: News2Data, at: Date, words: Wording<'news2'>): Snapshot {
  const known = standing(data).filter(({ time }) => instantOf(time) <= at.getTime())
  const { current } = pictureOf(toldOf({ ...data, scores: known }).readings, [], at)
  const moment = current && instantOf(current.time)
  const oldest = data.scores.at(-1)
  const now = known.filter(({ time }) => instantOf(time) === moment)
  const later = known.filter(({ time }) => moment !== undefined && instantOf(time) > moment)
  const dayOf = ({ time }: Pick<ShownScore, 'time'>) => dayInNorway(new Date(instantOf(time)))
  const sameDay = known
    .filter((score) => current && !now.includes(score) && !later.includes(score) && dayOf(score) === dayOf(current))
    .map((score) => `${wordsOf(score, words)}${score.time.includes('T') ? ` (${formatTime(score.time, words.language)})` : ''}`)
  return {
    lines: [
      ...now.map((score, index) => ({ ...line(score, data, words), key: `newest-${index}`, ...(sameDay.length > 0 ? { sameDay } : {}) })),
      ...later.map((score, index) => ({ ...line(score, data, words), key: `later-${index}` })),
    ],
    ...(data.more && oldest ? { from: oldest.time } : {}),
  }
}

function standing({ scores }: News2Data): ShownScore[] {
  return scores.filter(({ status }) => status !== 'entered-in-error')
}

/** With how it came about, where nobody has assessed the patient or the scale is not the usual one. */
function wordsOf(score: ShownScore, { t }: Wording<'news2'>): string {
  const { total, band, notApplicable, computed, scale } = score
  const manner = [...(computed ? [t('manner.computed')] : []), ...(scale === 2 ? [t('scale.2')] : [])]
  if (total !== undefined) return [`${total} ${t('total.of')}`, ...(band ? [t(`band.${band}`)] : []), ...manner].join(', ')
  if (notApplicable.length > 0) return t('notApplicable.tag')
  const reached = responseBand(score)
  return reached ? t('inList.uncertain', { level: t(`band.${reached.band}`) }) : t('incomplete.tag')
}

function line(score: ShownScore, { controllers }: News2Data, words: Wording<'news2'>): Line {
  const { t, language } = words
  const { id, time, unit, author } = score
  const controller = controllers.find(({ organization }) => organization === score.controller)
  return {
    key: id,
    time,
    kind: t('line.score'),
    what: identity.names[language],
    value: wordsOf(score, words),
    controller: controller?.name ?? (score.controller || t('table.unknownSource')),
    ...(unit ? { unit } : {}),
    ...(author ? { author } : {}),
    ...(controller?.phone ? { phone: controller.phone } : {}),
  }
}
