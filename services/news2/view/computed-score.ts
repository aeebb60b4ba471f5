/** A score that was computed from measurements of another service, in the form of the scores of this one: on the same axis and table. */
import { bands } from '@helsevev/clinical/news2/chart'
import { instantOf, type Picture, type Reading } from '@helsevev/clinical/news2/picture'
import { defaultResponseTexts, languages } from '../model/response-texts.ts'
import type { News2Data, ResponseTexts, ShownScore } from './panel-data.ts'

/**
 * The scores of the service with the computed ones of the picture among them, newest first: what the panel, the timeline, a comparison and
 * a copy show. Undefined when there is neither.
 */
export function withComputed(data: News2Data | undefined, { scores }: Picture): News2Data | undefined {
  const computed = scores.filter((reading) => reading.computed).map(shownScore)
  if (computed.length === 0) return data
  const { scores: reported, ...rest } = data ?? nothingReported
  const all = [...computed, ...reported].sort((a, b) => instantOf(b.time) - instantOf(a.time))
  return { ...rest, scores: all }
}

const generalTexts = Object.fromEntries(
  bands.map((band) => [
    band,
    Object.fromEntries(
      languages.map((language) => [language, { text: defaultResponseTexts[band][language], writtenIn: language, setBy: 'default' }]),
    ),
  ]),
) as ResponseTexts

const nothingReported: News2Data = { scores: [], controllers: [], defaultTexts: generalTexts, textsUnavailable: false, more: false }

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
