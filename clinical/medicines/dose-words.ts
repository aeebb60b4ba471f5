/**
 * A dose in words, in three languages, from its structure (Dosering of Forskrivning). The text that was sent stands by itself and is never
 * mixed with these words. Where text, short dose and structure disagree, or where a part of the structure has no sure words (weekdays:
 * their code list is not published), there are no words from the structure, and the text as sent is what is shown.
 */
import { type Dose, doseOf } from '../e-prescription/dose.ts'
import type { Prescribing } from '../e-prescription/messages/drug.ts'
import type { Amount } from '../e-prescription/types.ts'

interface Words {
  readonly nb: string
  readonly nn: string
  readonly en: string
}

export interface DoseWords {
  /** The words of the sender, or the name of the short dose where there are none. */
  readonly asSent?: string
  /** The words of an extension, where they are others: they are shown as well. */
  readonly inExtension?: string
  /** One for each line of the structure, in their order: a taper is read from the first to the last. */
  readonly structured?: readonly [Words, ...Words[]]
  /** Sources that disagree. When there are any, `structured` is absent. */
  readonly contradictions: Dose['contradictions']
}

/** `extension`: Doseringstekst of the extension of M1 or M25.1. */
export function doseInWords(prescribing: Prescribing, extension?: string): DoseWords {
  const dose = doseOf(prescribing, extension)
  const asSent = dose.text ?? dose.shortDose?.name
  const [first, ...more] = dose.lines.map((line, at) => lineInWords(line, prescribing.dosings[at], dose))
  const structured = first && dose.contradictions.length === 0 ? allOf(first, more) : undefined
  return {
    ...(asSent !== undefined && { asSent }),
    ...(dose.extensionText !== undefined && { inExtension: dose.extensionText }),
    ...(structured && { structured }),
    contradictions: dose.contradictions,
  }
}

function allOf(first: Words, more: readonly (Words | undefined)[]): [Words, ...Words[]] | undefined {
  const others = more.flatMap((words) => words ?? [])
  return others.length === more.length ? [first, ...others] : undefined
}

type DoseLine = Dose['lines'][number]
type FixedDose = DoseLine['fixed'][number]

function lineInWords(line: DoseLine, sent: Prescribing['dosings'][number] | undefined, { isAsNeeded, lines }: Dose): Words | undefined {
  const doses = line.asNeeded.length > 0 ? asNeededInWords(sent?.asNeeded ?? []) : fixedInWords(line.fixed)
  if (!doses) return undefined
  const parts = [
    line.asNeeded.length === 0 && isAsNeeded ? joined(' ', [doses, terms.asNeeded]) : doses,
    ...periodInWords(line, lines.length > 1),
  ]
  return joined(', ', parts)
}

/** Doses on the same days: at places of the day, at times, or so many times a day. */
function fixedInWords(doses: readonly FixedDose[]): Words | undefined {
  const [first] = doses
  if (!first || doses.some(({ weekdays }) => weekdays.length > 0)) return undefined
  const key = ({ intervalHours, daysOn, daysOff }: FixedDose) => [intervalHours, daysOn, daysOff].join()
  if (doses.some((dose) => key(dose) !== key(first))) return undefined
  const days = daysInWords(first)
  const times = days && timesInWords(doses, first)
  return times && joined(', ', [joined(' ', [times, ...days.often]), ...days.pause])
}

function timesInWords(doses: readonly FixedDose[], { amount, intervalHours }: FixedDose): Words | undefined {
  const amounts = doses.map((dose) => amountInWords(dose.amount))
  if (amounts.some((words) => words === undefined)) return undefined
  const isPlaced = doses.every(({ when, timeOfDay }) => (when !== undefined && when in places) || timeOfDay !== undefined)
  if (isPlaced) return listed(doses.flatMap((dose, at) => joined(' ', [...(amounts[at] ? [amounts[at]] : []), placeOf(dose)])))
  const isEqual = doses.every((dose) => dose.amount.value === amount.value && dose.amount.unit === amount.unit)
  const isPlaceless = doses.every(({ when, timeOfDay }) => when === undefined && timeOfDay === undefined)
  const [each] = amounts
  if (!isEqual || !isPlaceless || !each || (doses.length > 1 && intervalHours !== 24)) return undefined
  return doses.length === 1 ? each : joined(' ', [each, timesOf(doses.length)])
}

function placeOf({ when, timeOfDay }: FixedDose): Words {
  const clock = timeOfDay?.slice(0, 5)
  if (clock !== undefined) return { nb: `kl. ${clock.replace(':', '.')}`, nn: `kl. ${clock.replace(':', '.')}`, en: `at ${clock}` }
  return places[when ?? ''] ?? terms.daily
}

/** How often, and with which pause; undefined when no interval is stated, or one that has no words here. */
function daysInWords(dose: FixedDose): { often: readonly Words[]; pause: readonly Words[] } | undefined {
  const { intervalHours: hours, daysOn, daysOff, when, timeOfDay } = dose
  const isPlaced = when !== undefined || timeOfDay !== undefined
  if (hours === undefined) return isPlaced && daysOn === undefined && daysOff === undefined ? { often: [], pause: [] } : undefined
  const often = intervalInWords(hours, isPlaced)
  if (!often) return undefined
  if (daysOn === undefined && daysOff === undefined) return { often, pause: [] }
  if (daysOn === undefined || daysOff === undefined || daysOn < 1 || daysOff < 1) return undefined
  const pause = {
    nb: `${days('nb', daysOn)} med og ${days('nb', daysOff)} uten`,
    nn: `${days('nn', daysOn)} med og ${days('nn', daysOff)} utan`,
    en: `${days('en', daysOn)} on and ${days('en', daysOff)} off`,
  }
  return { often, pause: [pause] }
}

function intervalInWords(hours: number, isPlaced: boolean): readonly Words[] | undefined {
  if (hours === 24) return [terms.daily]
  if (hours === 48) return [terms.everySecondDay]
  if (hours === 168) return [terms.weekly]
  if (hours % 24 === 0) return [{ nb: `hver ${hours / 24}. dag`, nn: `kvar ${hours / 24}. dag`, en: `every ${hours / 24} days` }]
  if (isPlaced || !Number.isInteger(hours)) return undefined
  return [hours === 1 ? terms.hourly : { nb: `hver ${hours}. time`, nn: `kvar ${hours}. time`, en: `every ${hours} hours` }]
}

function asNeededInWords(doses: Prescribing['dosings'][number]['asNeeded']): Words | undefined {
  const [dose, ...others] = doses
  const amount = dose?.amount && amountInWords(dose.amount)
  const most = dose?.maxPerDay && amountInWords(dose.maxPerDay)
  if (!amount || others.length > 0 || (dose.maxPerDay && !most)) return undefined
  const limit = most && { nb: `høyst ${most.nb} i døgnet`, nn: `høgst ${most.nn} i døgnet`, en: `at most ${most.en} in 24 hours` }
  return joined(', ', [joined(' ', [amount, terms.asNeeded]), ...(limit ? [limit] : [])])
}

/** Sluttidspunkt is the first day without the drug; the words name the last day with it. */
function periodInWords({ start, end }: DoseLine, isPart: boolean): Words[] {
  const [from, until] = [start?.slice(0, 10), end === undefined ? undefined : lastDay(end)]
  if (until !== undefined) {
    const first = from === undefined ? '' : from
    return [
      {
        nb: `${first && `fra ${norwegian(first)} `}til og med ${norwegian(until)}`,
        nn: `${first && `frå ${norwegian(first)} `}til og med ${norwegian(until)}`,
        en: `${first && `from ${first} `}up to and including ${until}`,
      },
    ]
  }
  if (from === undefined || !isPart) return []
  return [{ nb: `fra ${norwegian(from)}`, nn: `frå ${norwegian(from)}`, en: `from ${from}` }]
}

/** An end with a time of day is on that day itself. */
function lastDay(end: string): string {
  if (end.length > 10) return end.slice(0, 10)
  return new Date(Date.parse(end) - 86_400_000).toISOString().slice(0, 10)
}

function norwegian(day: string): string {
  return day.split('-').reverse().join('.')
}

/** A unit without words here stands as sent. */
function amountInWords({ value, unit }: Amount): Words | undefined {
  const number = Number(value)
  if (value === undefined || !(number > 0)) return undefined
  const named = unit === undefined ? undefined : units[unit.toLowerCase().replace(/\(er\)$/, '')]
  const at = number > 1 ? 1 : 0
  const after = (own: string | undefined) => (own === undefined ? '' : ` ${own}`)
  const comma = String(number).replace('.', ',')
  return {
    nb: `${comma}${after(named?.nb[at] ?? unit)}`,
    nn: `${comma}${after(named?.nn[at] ?? unit)}`,
    en: `${number}${after(named?.en[at] ?? unit)}`,
  }
}

function joined(between: string, parts: readonly Words[]): Words {
  const all = (language: keyof Words) => parts.map((part) => part[language]).join(between)
  return { nb: all('nb'), nn: all('nn'), en: all('en') }
}

/** `a, b og c` */
function listed(parts: readonly Words[]): Words {
  const all = (language: keyof Words, and: string) => {
    const texts = parts.map((part) => part[language])
    return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} ${and} ${texts.at(-1)}`
  }
  return { nb: all('nb', 'og'), nn: all('nn', 'og'), en: all('en', 'and') }
}

function days(language: keyof Words, count: number): string {
  const [one, many] = { nb: ['dag', 'dager'], nn: ['dag', 'dagar'], en: ['day', 'days'] }[language]
  return `${count} ${count === 1 ? one : many}`
}

function timesOf(count: number): Words {
  const en = count === 2 ? 'twice' : `${count} times`
  return { nb: `${count} ganger`, nn: `${count} gonger`, en }
}

const terms = {
  daily: { nb: 'daglig', nn: 'dagleg', en: 'daily' },
  everySecondDay: { nb: 'annenhver dag', nn: 'annakvar dag', en: 'every second day' },
  weekly: { nb: 'hver uke', nn: 'kvar veke', en: 'every week' },
  hourly: { nb: 'hver time', nn: 'kvar time', en: 'every hour' },
  asNeeded: { nb: 'ved behov', nn: 'ved behov', en: 'as needed' },
} as const

/** Volven 8325 */
const places: Readonly<Record<string, Words>> = {
  1: { nb: 'morgen', nn: 'morgon', en: 'in the morning' },
  2: { nb: 'formiddag', nn: 'føremiddag', en: 'before noon' },
  3: { nb: 'midt på dagen', nn: 'midt på dagen', en: 'at midday' },
  4: { nb: 'ettermiddag', nn: 'ettermiddag', en: 'in the afternoon' },
  5: { nb: 'kveld', nn: 'kveld', en: 'in the evening' },
  6: { nb: 'natt', nn: 'natt', en: 'at night' },
}

type Forms = readonly [one: string, many: string]
/** Units as senders write them; the unit is free text. */
const units: Readonly<Record<string, { readonly nb: Forms; readonly nn: Forms; readonly en: Forms }>> = {
  tablett: { nb: ['tablett', 'tabletter'], nn: ['tablett', 'tablettar'], en: ['tablet', 'tablets'] },
  kapsel: { nb: ['kapsel', 'kapsler'], nn: ['kapsel', 'kapslar'], en: ['capsule', 'capsules'] },
  dose: { nb: ['dose', 'doser'], nn: ['dose', 'dosar'], en: ['dose', 'doses'] },
  dråpe: { nb: ['dråpe', 'dråper'], nn: ['drope', 'dropar'], en: ['drop', 'drops'] },
  sprøyte: { nb: ['sprøyte', 'sprøyter'], nn: ['sprøyte', 'sprøyter'], en: ['syringe', 'syringes'] },
  plaster: { nb: ['plaster', 'plastre'], nn: ['plaster', 'plaster'], en: ['patch', 'patches'] },
  stikkpille: { nb: ['stikkpille', 'stikkpiller'], nn: ['stikkpille', 'stikkpiller'], en: ['suppository', 'suppositories'] },
  inhalasjon: { nb: ['inhalasjon', 'inhalasjoner'], nn: ['inhalasjon', 'inhalasjonar'], en: ['inhalation', 'inhalations'] },
  stk: { nb: ['stk.', 'stk.'], nn: ['stk.', 'stk.'], en: ['piece', 'pieces'] },
}
