/** The list line by line: when each drug was started, changed and discontinued; and what was taken at a moment. */
import type { Line, Snapshot } from '@helsevev/panel/panel.ts'
import type { Wording } from '@helsevev/ui/texts.ts'
import type { MedicationListData, ShownLine } from './panel-data.ts'
import { contradictionText, drugWords, reasonWords, sentences, stepWords } from './words.ts'

type Words = Wording<'medication-list'>

export function timeline({ lines }: MedicationListData, words: Words): Line[] {
  return lines.flatMap((one) => {
    const { start, changed, stop, standing } = one
    const isOwnChange =
      changed !== undefined && changed.slice(0, 10) !== start?.slice(0, 10) && changed.slice(0, 10) !== stop?.time?.slice(0, 10)
    const isStopped = standing === 'stopped' && stop?.time !== undefined
    return [
      ...(start && standing !== 'not-started' ? [line(one, start, 'line.started', words)] : []),
      ...(isOwnChange ? [{ ...line(one, changed, 'line.changed', words), key: `${one.id} changed`, about: 'change' as const }] : []),
      ...(isStopped && stop.time ? [stopped(one, stop.time, words)] : []),
    ]
  })
}

/** What was taken at the moment: begun by then, and not ended. */
export function snapshot({ lines, list }: MedicationListData, at: Date, words: Words): Snapshot {
  const moment = at.getTime()
  const shown = lines.flatMap((one) => {
    const ends = [one.standing === 'stopped' && one.stop?.time === undefined ? 0 : timeOf(one.stop?.time), endOfDay(one.end)]
    const isBegun = one.start === undefined || Date.parse(one.start) <= moment
    if (!isBegun || ends.some((end) => end <= moment)) return []
    const inUse = line(one, one.start ?? one.changed ?? list?.made ?? '', 'line.inUse', words)
    return [{ ...inUse, ...(one.changed ? { changed: one.changed } : {}) }]
  })
  return { lines: shown }
}

function timeOf(time: string | undefined): number {
  return time === undefined ? Number.POSITIVE_INFINITY : Date.parse(time)
}

/** A day is the last with the drug. */
function endOfDay(end: string | undefined): number {
  if (end === undefined) return Number.POSITIVE_INFINITY
  return end.length > 10 ? Date.parse(end) : Date.parse(`${end}T23:59:59`) + 1000
}

function line(one: ShownLine, time: string, kind: 'line.started' | 'line.changed' | 'line.inUse', words: Words): Line {
  const { t } = words
  const rest = [
    ...one.steps.map((step) => stepWords(step, words)),
    ...(one.label ? [one.label] : []),
    ...one.contradictions.map((about) => contradictionText(about, words)),
    ...one.notes,
  ]
  const value = [one.dose ?? t('noDose'), one.area].filter(Boolean).join(', ')
  return {
    key: one.id,
    time,
    kind: t(kind),
    what: drugWords(one, words),
    value,
    ...(rest.length > 0 ? { rest } : {}),
    ...sourceOf(one),
    ...(one.prescriber ? { author: one.prescriber } : {}),
  }
}

function stopped(one: ShownLine, time: string, words: Words): Line {
  const { stop = {} } = one
  const value = sentences([reasonWords(stop, words), stop.note])
  return {
    key: `${one.id} stopped`,
    time,
    kind: words.t('line.stopped'),
    what: drugWords(one, words),
    ...(value ? { value } : {}),
    ...sourceOf(one),
    ...(stop.by ? { author: stop.by } : {}),
    about: 'end',
  }
}

function sourceOf({ controller }: ShownLine): Pick<Line, 'controller' | 'phone'> {
  return { controller: controller.name, ...(controller.phone ? { phone: controller.phone } : {}) }
}
