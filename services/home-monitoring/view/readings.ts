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
  const { band, onScale2, isOutside } = readSignal(code)
  const second = onScale2 ?? band
  return {
    readings: band && second ? [{ id, time, computed: true, certain: true, band, onScale2: { band: second } }] : [],
    exceeded: isOutside ? [{ kind: '', time }] : [],
  }
}
