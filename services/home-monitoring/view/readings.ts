/** What the service has about how a patient is: a score computed of the newest session, and what is outside the person's own limits. */
import type { Told } from '@helsevev/clinical/news2/picture'
import { bandOf } from '@helsevev/clinical/news2/score'
import type { ListSignal } from '@helsevev/panel/panel.ts'
import { readSignal } from '../model/list-signal.ts'
import type { HomeMonitoringData } from './panel-data.ts'

const id = 'computed'

export function toldOf({ news2, kinds }: HomeMonitoringData): Told {
  const exceeded = kinds.flatMap(({ kind, unit, newest, threshold }) => {
    if (!newest?.outside) return []
    return [{ kind, unit, value: newest.value, written: newest.written, time: newest.time, source: newest.source, ...threshold }]
  })
  if (!news2) return { readings: [], exceeded }
  const { at: time, total, worst, subScores, source, onScale2 } = news2
  const second = onScale2 && { ...onScale2, band: bandOf(onScale2.total, onScale2.worst) }
  const reading = { id, time, computed: true, certain: true, total, band: bandOf(total, worst), subScores, source }
  return { readings: [{ ...reading, ...(second ? { onScale2: second } : {}) }], exceeded }
}

export function listedIn({ code, time }: ListSignal): Told {
  const { band, total, onScale2, isOutside, outside } = readSignal(code)
  const second = onScale2?.band ?? band
  const totalOnSecond = onScale2?.total ?? total
  const onTwo = second && { band: second, ...(totalOnSecond === undefined ? {} : { total: totalOnSecond }) }
  const first = { id, time, computed: true, certain: true, ...(total === undefined ? {} : { total }) }
  return {
    readings: band && onTwo ? [{ ...first, band, onScale2: onTwo }] : [],
    exceeded: (outside.length > 0 ? outside : isOutside ? [''] : []).map((kind) => ({ kind, time })),
  }
}
