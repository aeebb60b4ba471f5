/** NEWS2 line by line: every score, and the newest at a moment. */

import { instantOf } from '@helsevev/clinical/news2/picture'
import type { Line, Snapshot } from '@helsevev/panel/panel.ts'
import type { Wording } from '@helsevev/ui/texts.ts'
import { identity } from '../identity.ts'
import type { News2Data, ShownScore } from './panel-data.ts'

export function timeline(data: News2Data, words: Wording<'news2'>): Line[] {
  return standing(data).map((score) => line(score, data, words))
}

/** Several when scores of the same moment differ. */
export function snapshot(data: News2Data, at: Date, words: Wording<'news2'>): Snapshot {
  const known = standing(data).filter(({ time }) => instantOf(time) <= at.getTime())
  const [newest] = known
  const oldest = data.scores.at(-1)
  return {
    lines: known
      .filter(({ time }) => newest && instantOf(time) === instantOf(newest.time))
      .map((score, index) => ({ ...line(score, data, words), key: `newest-${index}` })),
    ...(data.more && oldest ? { from: oldest.time } : {}),
  }
}

function standing({ scores }: News2Data): ShownScore[] {
  return scores.filter(({ status }) => status !== 'entered-in-error')
}

function line(score: ShownScore, { controllers }: News2Data, { t, language }: Wording<'news2'>): Line {
  const { id, time, total, band, notApplicable, unit, author } = score
  const controller = controllers.find(({ organization }) => organization === score.controller)
  const value =
    total === undefined
      ? t(notApplicable.length > 0 ? 'notApplicable.tag' : 'incomplete.tag')
      : [`${total} ${t('total.of')}`, ...(band ? [t(`band.${band}`)] : [])].join(', ')
  return {
    key: id,
    time,
    kind: t('line.score'),
    what: identity.names[language],
    value,
    controller: controller?.name ?? (score.controller || t('table.unknownSource')),
    ...(unit ? { unit } : {}),
    ...(author ? { author } : {}),
  }
}
