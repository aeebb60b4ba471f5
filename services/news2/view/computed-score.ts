/** A score that was computed from measurements of another service, in the form of the scores of this one: on the same axis and table. */
import { instantOf, type Picture, type Reading } from '@helsevev/clinical/news2/picture'
import type { News2Data, ShownScore } from './panel-data.ts'

/** The scores of the panel with the computed ones of the picture among them, newest first. */
export function withComputed(data: News2Data, { scores }: Picture): News2Data {
  const computed = scores.filter((reading) => reading.computed).map(shownScore)
  const all = [...computed, ...data.scores].sort((a, b) => instantOf(b.time) - instantOf(a.time))
  return { ...data, scores: all }
}

function shownScore({ id, time, source, scale, total, band, subScores = [] }: Reading): ShownScore {
  const worst = subScores.reduce((highest, { score }) => (score > highest ? score : highest), subScores[0]?.score ?? 0)
  return {
    id,
    time,
    status: 'final',
    missing: [],
    worstParameters: worst > 0 ? subScores.flatMap(({ parameter, score }) => (score === worst ? [parameter] : [])) : [],
    ...(worst > 0 ? { worstScore: worst } : {}),
    notApplicable: [],
    subScores: [...subScores],
    flags: [],
    computed: true,
    controller: source ?? '',
    ...(scale === undefined ? {} : { scale }),
    ...(total === undefined ? {} : { total }),
    ...(band === undefined ? {} : { band }),
  }
}
