/** Home measurements line by line: what was measured each day, every alarm, and the newest day of each kind at a moment. */

import type { Line, Snapshot } from '@helsevev/panel/panel.ts'
import { dayInNorway, formatDecimal } from '@helsevev/ui/format.ts'
import { codedText, type Wording } from '@helsevev/ui/texts.ts'
import { dayNumber } from './numbers.ts'
import type { HomeMonitoringData, ShownDay, ShownKind } from './panel-data.ts'

export function timeline(data: HomeMonitoringData, words: Wording<'home-monitoring'>): Line[] {
  const { t } = words
  const days = Map.groupBy(
    data.kinds.flatMap((kind) => kind.days.map((day) => ({ kind, day }))),
    ({ day }) => `${day.day} ${day.source}`,
  )
  const measured = [...days].map(
    ([key, one]): Line => ({
      key,
      time: one[0]?.day.day ?? '',
      kind: t('line.measured'),
      what: t('line.measured'),
      value: one.map(({ kind, day }) => `${t(`kind.${kind.kind}`)} ${quantity(day.mean, kind, words, day.decimals)}`).join(' · '),
      controller: one[0]?.day.source ?? '',
    }),
  )
  const alarms = data.alarms.map(
    ({ id, title, time, events, source }): Line => ({
      key: id,
      time,
      kind: t('line.alarm'),
      what: title || t('line.alarm'),
      ...(events.length > 0 ? { value: events.map((code) => codedText(t, 'event', code) ?? code).join(' → ') } : {}),
      controller: source,
    }),
  )
  return [...measured, ...alarms]
}

/**
 * The mean of the newest day with a measurement; for a kind without days, such as one that is not drawn over time, the newest measurement.
 */
export function snapshot({ kinds }: HomeMonitoringData, at: Date, words: Wording<'home-monitoring'>): Snapshot {
  const today = dayInNorway(at)
  const first = kinds.flatMap(({ days }) => days.map(({ day }) => day)).sort()[0]
  return {
    lines: kinds.flatMap((kind) => {
      const day = kind.days.filter((one) => one.day <= today).at(-1)
      if (day) return [lineOf(kind, day.day, overDay(kind, day, words), day.source, words)]
      const { newest } = kind
      if (!newest || Date.parse(newest.time) > at.getTime()) return []
      return [lineOf(kind, newest.time, withUnit(formatDecimal(newest.written, words.language), kind, words), newest.source, words)]
    }),
    ...(first ? { from: first } : {}),
  }
}

function lineOf({ kind }: ShownKind, time: string, value: string, controller: string, { t }: Wording<'home-monitoring'>): Line {
  return { key: kind, time, kind: t('line.measured'), what: t(`kind.${kind}`), value, controller }
}

function overDay(kind: ShownKind, { mean, low, high, count, decimals }: ShownDay, words: Wording<'home-monitoring'>): string {
  if (count < 2) return quantity(mean, kind, words, decimals)
  const number = dayNumber(words.language)
  return words.t('line.day', { mean: quantity(mean, kind, words, decimals), low: number(low, decimals), high: number(high, decimals) })
}

function quantity(value: number, kind: ShownKind, words: Wording<'home-monitoring'>, decimals: number): string {
  return withUnit(dayNumber(words.language)(value, decimals), kind, words)
}

function withUnit(number: string, { unit }: ShownKind, { t }: Wording<'home-monitoring'>): string {
  return `${number} ${codedText(t, 'unit', unit) ?? unit}`
}
