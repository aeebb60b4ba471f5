/** Home measurements line by line: what was measured each day, every alarm, and the newest day of each kind at a moment. */

import { instantOf } from '@helsevev/clinical/news2/picture'
import type { Line, Snapshot } from '@helsevev/panel/panel.ts'
import { dayInNorway, formatDecimal } from '@helsevev/ui/format.ts'
import { codedText, type Wording } from '@helsevev/ui/texts.ts'
import { dayNumber } from './numbers.ts'
import type { HomeMonitoringData, ShownDay, ShownKind } from './panel-data.ts'

/** The newest measurements at the time they were taken, and the days as one line for each source. */
export function timeline(data: HomeMonitoringData, words: Wording<'home-monitoring'>): Line[] {
  const { t } = words
  const newest = data.kinds.flatMap((kind) => (kind.newest ? [{ kind, newest: kind.newest }] : []))
  const taken = [...Map.groupBy(newest, ({ newest: { time, source } }) => `${time} ${source}`)].map(
    ([key, one]): Line => ({
      ...measured(`newest ${key}`, one[0]?.newest.time ?? '', one[0]?.newest.source ?? '', words),
      value: one.map(({ kind, newest: found }) => `${t(`kind.${kind.kind}`)} ${newestValue(kind, found, words)}`).join(' · '),
    }),
  )
  const days = Map.groupBy(
    data.kinds.flatMap((kind) => kind.days.filter((day) => !isNewestAlone(kind, day)).map((day) => ({ kind, day }))),
    ({ day }) => `${day.day} ${day.source}`,
  )
  const overDays = [...days].map(
    ([key, one]): Line => ({
      ...measured(key, one[0]?.day.day ?? '', one[0]?.day.source ?? '', words),
      value: one.map(({ kind, day }) => `${t(`kind.${kind.kind}`)} ${overDay(kind, day, words)}`).join(' · '),
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
  return [...taken, ...overDays, ...alarms]
}

function measured(key: string, time: string, controller: string, { t }: Wording<'home-monitoring'>): Line {
  return { key, time, kind: t('line.measured'), what: t('line.measured'), controller }
}

/** Whether the only measurement of that day is the newest one, which has a line with its time. */
function isNewestAlone({ newest }: ShownKind, { day, source, count }: ShownDay): boolean {
  return newest !== undefined && count === 1 && newest.source === source && dayInNorway(new Date(instantOf(newest.time))) === day
}

/** The newest measurement of each kind at the moment, as the panel has it; of an earlier moment, the newest day with its spread. */
export function snapshot({ kinds }: HomeMonitoringData, at: Date, words: Wording<'home-monitoring'>): Snapshot {
  const today = dayInNorway(at)
  const first = kinds.flatMap(({ days }) => days.map(({ day }) => day)).sort()[0]
  return {
    lines: kinds.flatMap((kind) => {
      const { newest } = kind
      const day = kind.days.filter((one) => one.day <= today).at(-1)
      if (newest && instantOf(newest.time) <= at.getTime()) {
        const line = lineOf(kind, newest.time, newestValue(kind, newest, words), newest.source, words)
        const isSameDay = day !== undefined && day.count > 1 && day.day === dayInNorway(new Date(instantOf(newest.time)))
        return [{ ...line, ...(isSameDay ? { sameDay: [overDay(kind, day, words)] } : {}) }]
      }
      return day ? [lineOf(kind, day.day, overDay(kind, day, words), day.source, words)] : []
    }),
    ...(first ? { from: first } : {}),
  }
}

function lineOf({ kind }: ShownKind, time: string, value: string, controller: string, { t }: Wording<'home-monitoring'>): Line {
  return { key: kind, time, kind: t('line.measured'), what: t(`kind.${kind}`), value, controller }
}

function newestValue(kind: ShownKind, { value, written }: NonNullable<ShownKind['newest']>, words: Wording<'home-monitoring'>): string {
  return marked(withUnit(formatDecimal(written, words.language), kind, words), kind, value, value, words)
}

function overDay(kind: ShownKind, { mean, low, high, count, decimals }: ShownDay, words: Wording<'home-monitoring'>): string {
  const number = dayNumber(words.language)
  const middle = quantity(mean, kind, words, decimals)
  const said = count < 2 ? middle : words.t('line.day', { mean: middle, low: number(low, decimals), high: number(high, decimals) })
  return marked(said, kind, low, high, words)
}

/** Says that the lowest or the highest is outside the person's own limit, as it is now. */
function marked(
  said: string,
  { threshold }: ShownKind,
  lowest: number,
  highest: number,
  { t, language }: Wording<'home-monitoring'>,
): string {
  const { low, high, decimals } = threshold ?? {}
  const number = dayNumber(language)
  const limits = [
    ...(low !== undefined && lowest < low ? [t('line.least', { limit: number(low, decimals) })] : []),
    ...(high !== undefined && highest > high ? [t('line.most', { limit: number(high, decimals) })] : []),
  ]
  return limits.length > 0 ? `${said}, ${t('outside')} (${limits.join(', ')})` : said
}

function quantity(value: number, kind: ShownKind, words: Wording<'home-monitoring'>, decimals: number): string {
  return withUnit(dayNumber(words.language)(value, decimals), kind, words)
}

function withUnit(number: string, { unit }: ShownKind, { t }: Wording<'home-monitoring'>): string {
  return `${number} ${codedText(t, 'unit', unit) ?? unit}`
}
