/** NEWS2 line by line: every score, and the newest at a moment. */

import { instantOf } from '@helsevev/clinical/news2/picture'
import type { Line, Snapshot } from '@helsevev/panel/panel.ts'
import { dayInNorway, formatTime } from '@helsevev/ui/format.ts'
import type { Wording } from '@helsevev/ui/texts.ts'
import { identity } from '../identity.ts'
import type { News2Data, ShownScore } from './panel-data.ts'

export function timeline(data: News2Data, words: Wording<'news2'>): Line[] {
  return standing(data).map((score) => line(score, data, words))
}

/** Several when scores of the same moment differ; the other scores of that day go with them. */
export function snapshot(data: News2Data, at: Date, words: Wording<'news2'>): Snapshot {
  const known = standing(data).filter(({ time }) => instantOf(time) <= at.getTime())
  const [newest] = known
  const oldest = data.scores.at(-1)
  const isNewest = ({ time }: ShownScore) => newest !== undefined && instantOf(time) === instantOf(newest.time)
  const dayOf = ({ time }: ShownScore) => dayInNorway(new Date(instantOf(time)))
  const sameDay = known
    .filter((score) => newest && !isNewest(score) && dayOf(score) === dayOf(newest))
    .map((score) => `${wordsOf(score, words)}${score.time.includes('T') ? ` (${formatTime(score.time, words.language)})` : ''}`)
  return {
    lines: known.filter(isNewest).map((score, index) => ({
      ...line(score, data, words),
      key: `newest-${index}`,
      ...(sameDay.length > 0 ? { sameDay } : {}),
    })),
    ...(data.more && oldest ? { from: oldest.time } : {}),
  }
}

function standing({ scores }: News2Data): ShownScore[] {
  return scores.filter(({ status }) => status !== 'entered-in-error')
}

function wordsOf({ total, band, notApplicable }: ShownScore, { t }: Wording<'news2'>): string {
  if (total === undefined) return t(notApplicable.length > 0 ? 'notApplicable.tag' : 'incomplete.tag')
  return [`${total} ${t('total.of')}`, ...(band ? [t(`band.${band}`)] : [])].join(', ')
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
