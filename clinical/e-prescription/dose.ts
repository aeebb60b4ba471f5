/**
 * How a drug is taken, from the three places where a prescription says it: words, short dose and structure. The words are always there to
 * be shown. Where the three disagree, that is stated, and none of them is chosen.
 */
import type { Prescribing } from './messages/drug.ts'
import { type Range, rounded, type Step, stepsOfShortDose, stepsOfText, sumOf } from './short-dose.ts'
import type { Amount } from './types.ts'

type Source = 'text' | 'extension' | 'short-dose' | 'structure' | 'use'

/** Two sources that say different things about one step. */
interface Contradiction {
  readonly between: readonly [Source, Source]
  readonly about: 'words' | 'amount' | 'days' | 'place' | 'use'
  /** From 0. */
  readonly step: number
}

/** One amount of a line. */
interface DoseAmount {
  readonly amount: Amount
  /** Code of 8325. */
  readonly when?: string
  /** `HH:MM:SS` */
  readonly timeOfDay?: string
  readonly isExact?: boolean
  /** Hours between doses; undefined when none is stated, or its unit is not known. */
  readonly intervalHours?: number
  /** Codes of FasteUkedager, as sent. */
  readonly weekdays: readonly string[]
  readonly daysOn?: number
  readonly daysOff?: number
  /** The most of a day, of a dose as needed. */
  readonly maxPerDay?: Amount
}

/** A line of the structure (Dosering). */
interface DoseLine {
  readonly start?: string
  /** The first day on which it is no longer taken. */
  readonly end?: string
  readonly fixed: readonly DoseAmount[]
  readonly asNeeded: readonly DoseAmount[]
  /** The sum of a day on which the drug is taken; undefined when units differ, days differ, or an interval is not known. */
  readonly perDay?: Amount
}

export interface Dose {
  /** To be shown first. */
  readonly text?: string
  /** The words of an extension, to be shown as well where they are others. */
  readonly extensionText?: string
  readonly use?: 'regular' | 'course' | 'as-needed' | 'vaccine'
  /** By use (9101) alone: a drug as needed often has fixed doses in its structure. */
  readonly isAsNeeded: boolean
  /** The name of the short dose, and what it says where that is amounts of a day. */
  readonly shortDose?: { readonly name: string; readonly steps?: readonly Step[] }
  readonly lines: readonly DoseLine[]
  readonly contradictions: readonly Contradiction[]
  /** Sources that say something that no amounts were read from: they are not compared. */
  readonly notCompared: readonly Source[]
}

const uses = { '1': 'regular', '2': 'course', '3': 'as-needed', '4': 'vaccine' } as const

/** The dose of a drug. `words`: the text of an extension (Doseringstekst). */
export function doseOf(prescribing: Prescribing, words?: string): Dose {
  const { doseText } = prescribing
  const text = doseText ?? words
  const isOther = words !== undefined && doseText !== undefined && spaced(words) !== spaced(doseText)
  const code = prescribing.use?.code
  const use = code !== undefined && Object.hasOwn(uses, code) ? uses[code as keyof typeof uses] : undefined
  const name = prescribing.shortDose?.display ?? prescribing.shortDose?.text
  const lines = prescribing.dosings.map(lineOf)
  const shortSteps = name === undefined ? undefined : stepsOfShortDose(name)
  const textSteps = text === undefined ? undefined : stepsOfText(text)
  const structure = stepsOfLines(lines)
  const sources: readonly (readonly [Source, boolean, readonly Step[] | undefined])[] = [
    ['text', text !== undefined, textSteps],
    ['short-dose', name !== undefined, shortSteps],
    ['structure', lines.length > 0, structure],
  ]
  return {
    ...(text === undefined ? {} : { text }),
    ...(isOther ? { extensionText: words } : {}),
    ...(use === undefined ? {} : { use }),
    isAsNeeded: use === 'as-needed',
    ...(name === undefined ? {} : { shortDose: { name, ...(shortSteps ? { steps: shortSteps } : {}) } }),
    lines,
    contradictions: [
      ...(isOther ? [{ between: ['text', 'extension'] as const, about: 'words' as const, step: 0 }] : []),
      ...compared(['text', 'short-dose'], textSteps, shortSteps),
      ...compared(['text', 'structure'], textSteps, structure),
      ...compared(['short-dose', 'structure'], shortSteps, structure),
      ...ofUse(use, text, lines),
    ],
    notCompared: sources.flatMap(([source, isStated, steps]) => (isStated && !steps ? [source] : [])),
  }
}

function spaced(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function compared(between: readonly [Source, Source], one?: readonly Step[], other?: readonly Step[]): Contradiction[] {
  if (!one || !other) return []
  // Steps of one day or more may be left out of one source, such as a pause: only equal numbers of steps can be compared.
  if (one.length !== other.length) return [{ between, about: 'amount', step: Math.min(one.length, other.length) }]
  return one.flatMap((step, index): Contradiction[] => {
    const twin = other[index]
    if (!twin) return []
    if (step.isNotDaily !== twin.isNotDaily) return [{ between, about: 'days', step: index }]
    if (!isSame(step.perDay, twin.perDay)) return [{ between, about: 'amount', step: index }]
    return step.places && twin.places && !hasSamePlaces(step.places, twin.places) ? [{ between, about: 'place', step: index }] : []
  })
}

function isSame(one: Range, other: Range): boolean {
  return one.min === other.min && one.max === other.max
}

function hasSamePlaces(one: Readonly<Record<string, Range>>, other: Readonly<Record<string, Range>>): boolean {
  const places = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...places].every((place) => {
    const [a, b] = [one[place], other[place]]
    return a !== undefined && b !== undefined && isSame(a, b)
  })
}

/** What is as needed in one place, and regular in another. */
function ofUse(use: Dose['use'], text: string | undefined, lines: readonly DoseLine[]): Contradiction[] {
  if (use === undefined || use === 'as-needed') return []
  const step = lines.findIndex(({ asNeeded }) => asNeeded.length > 0)
  return [
    ...(text !== undefined && /\bved behov\b/i.test(text) ? [{ between: ['use', 'text'] as const, about: 'use' as const, step: 0 }] : []),
    ...(step >= 0 ? [{ between: ['use', 'structure'] as const, about: 'use' as const, step }] : []),
  ]
}

type Dosing = Prescribing['dosings'][number]

function lineOf({ start, end, fixed, asNeeded }: Dosing): DoseLine {
  const line = {
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    fixed: fixed.map(fixedOf),
    asNeeded: asNeeded.map(asNeededOf),
  }
  const perDay = perDayOf(line.fixed)
  return { ...line, ...(perDay && line.asNeeded.length === 0 ? { perDay } : {}) }
}

function fixedOf({ amount = {}, interval, when, timeOfDay, isExact, days }: Dosing['fixed'][number]): DoseAmount {
  return {
    amount,
    ...intervalOf(interval),
    ...(when?.code === undefined ? {} : { when: when.code }),
    ...(timeOfDay === undefined ? {} : { timeOfDay }),
    ...(isExact === undefined ? {} : { isExact }),
    weekdays: days?.weekdays.flatMap(({ code }) => code ?? []) ?? [],
    ...(days?.daysOn === undefined ? {} : { daysOn: days.daysOn }),
    ...(days?.daysOff === undefined ? {} : { daysOff: days.daysOff }),
  }
}

function asNeededOf({ amount = {}, interval, maxPerDay }: Dosing['asNeeded'][number]): DoseAmount {
  return { amount, ...intervalOf(interval), weekdays: [], ...(maxPerDay === undefined ? {} : { maxPerDay }) }
}

/** Hours of a unit of time, as senders write it. */
const hours: ReadonlyMap<string, number> = new Map([
  ...['minutt', 'minutter', 'min'].map((unit) => [unit, 1 / 60] as const),
  ...['time', 'timer', 't', 'h'].map((unit) => [unit, 1] as const),
  ...['døgn', 'dag', 'dager', 'd'].map((unit) => [unit, 24] as const),
  ...['uke', 'uker', 'wk'].map((unit) => [unit, 168] as const),
])

function intervalOf(interval: Amount | undefined): { intervalHours?: number } {
  const unit = hours.get(interval?.unit?.toLowerCase() ?? '')
  const value = Number(interval?.value)
  return unit !== undefined && value > 0 ? { intervalHours: rounded(value * unit) } : {}
}

/** The sum of a day on which the drug is taken. */
function perDayOf(fixed: readonly DoseAmount[]): Amount | undefined {
  const [first] = fixed
  const isOnOneDay = fixed.every((dose) => dayKey(dose) === dayKey(first))
  const isOneUnit = fixed.every(({ amount: { unit } }) => unit === first?.amount.unit)
  const amounts = fixed.map(({ amount, when, timeOfDay, intervalHours = 24 }) => {
    const value = amount.value === undefined ? Number.NaN : Number(amount.value)
    return when === undefined && timeOfDay === undefined && intervalHours < 24 ? value * (24 / intervalHours) : value
  })
  const sum = rounded(amounts.reduce((total, value) => total + value, 0))
  if (!first || !isOnOneDay || !isOneUnit || Number.isNaN(sum)) return undefined
  return { value: String(sum), ...(first.amount.unit === undefined ? {} : { unit: first.amount.unit }) }
}

/** The days on which a dose is taken. */
function dayKey(dose: DoseAmount | undefined): string {
  const { weekdays = [], daysOn, daysOff, intervalHours = 24 } = dose ?? {}
  return JSON.stringify([weekdays, daysOn, daysOff, Math.max(24, intervalHours)])
}

/** Lines as steps, in their order; undefined when one of them has no sum of a day, or lies over another. */
function stepsOfLines(lines: readonly DoseLine[]): readonly Step[] | undefined {
  const steps = lines.map(({ perDay, fixed }) => {
    const isDaily = fixed.every((dose) => dayKey(dose) === dayKey(undefined))
    if (perDay === undefined) return undefined
    const value = Number(perDay.value)
    const places = fixed.every(({ when }) => when !== undefined)
    return {
      perDay: { min: value, max: value },
      ...(places ? { places: placesOf(fixed) } : {}),
      ...(isDaily ? {} : { isNotDaily: true as const }),
    }
  })
  const isInOrder = lines.every(({ end }, index) => {
    const next = lines[index + 1]?.start
    return index === lines.length - 1 || (end !== undefined && next !== undefined && end <= next)
  })
  return steps.length > 0 && isInOrder && steps.every((step) => step !== undefined) ? steps : undefined
}

function placesOf(fixed: readonly DoseAmount[]): Readonly<Record<string, Range>> {
  const byPlace = new Map<string, Range[]>()
  for (const { when = '', amount } of fixed) {
    const value = Number(amount.value)
    byPlace.set(when, [...(byPlace.get(when) ?? []), { min: value, max: value }])
  }
  return Object.fromEntries([...byPlace].map(([place, ranges]) => [place, sumOf(ranges)]))
}
