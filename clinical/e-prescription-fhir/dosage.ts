/**
 * How it is taken. The first Dosage has the words, which are always shown, and says whether it is as needed (Bruk alone decides). The
 * structure follows in the order of the message. What a Timing of R4 cannot say, such as days on and off, is not made into something near:
 * it stands in the elements that are kept, and the words say it.
 */

import type { Dosage, Extension, Period, Timing, TimingRepeat } from '@medplum/fhirtypes'
import { type Dose, doseOf } from '../e-prescription/dose.ts'
import type { MessageOf } from '../e-prescription/kinds.ts'
import type { Prescribing } from '../e-prescription/messages/drug.ts'
import { codingOf, conceptOf, quantityOf } from './coded.ts'
import { messageExtensions } from './systems.ts'

type Dosing = Prescribing['dosings'][number]
type Words = NonNullable<NonNullable<MessageOf<'M1'>['extension']>['dosage']>
type DoseLine = Dose['lines'][number]

/** `words`: of the extension of the message; its text counts where the message has none. */
export function dosagesOf(prescribing: Prescribing, words?: Words): { dosages: Dosage[]; isContradictory: boolean } {
  const dose = doseOf(prescribing, words?.doseText)
  const first = withWords(prescribing, dose, words)
  const structure = prescribing.dosings.flatMap((dosing, index) => structured(dosing, dose.lines[index]))
  const [only, ...more] = structure
  const isStated = Object.keys(first).length > 0
  const dosages =
    only && more.length === 0
      ? [{ ...first, ...only }]
      : [...(isStated ? [first] : []), ...structure.map((each, index) => ({ sequence: index + 1, ...each }))]
  return {
    dosages: dosages.filter((each) => Object.keys(each).length > 0),
    isContradictory: dose.contradictions.length > 0,
  }
}

function withWords({ applicationArea, use, shortDose }: Prescribing, dose: Dose, words?: Words): Dosage {
  const { text, isAsNeeded, contradictions } = dose
  const useCoding = use && codingOf(use, 9101)
  const shortCoding = shortDose && codingOf(shortDose, 7478)
  const isDoubled = shortDose?.text === undefined || shortDose.text === shortDose.display
  const extension: Extension[] = [
    ...(applicationArea === undefined ? [] : [{ url: messageExtensions.applicationArea, valueString: applicationArea }]),
    ...(useCoding ? [{ url: messageExtensions.use, valueCoding: useCoding }] : []),
    ...(shortCoding
      ? [
          {
            url: messageExtensions.shortDose,
            valueCodeableConcept: { coding: [shortCoding], ...(isDoubled ? {} : { text: shortDose.text }) },
          },
        ]
      : []),
    ...contradictions.map(({ between, about }) => ({
      url: messageExtensions.contradiction,
      valueString: `${between.join(', ')}: ${about}`,
    })),
  ]
  const instructions = (words?.instructions ?? []).flatMap((one) => conceptOf(one, 7479) ?? [])
  return {
    ...(extension.length > 0 ? { extension } : {}),
    ...(text === undefined ? {} : { text }),
    ...(instructions.length > 0 ? { additionalInstruction: instructions } : {}),
    ...(words?.additionalText === undefined ? {} : { patientInstruction: words.additionalText }),
    ...(isAsNeeded ? { asNeededBoolean: true } : {}),
  }
}

function structured(dosing: Dosing, line: DoseLine | undefined): Dosage[] {
  const bounds = boundsOf(dosing)
  return [
    ...dosing.fixed.map((dose, index): Dosage => {
      const timing = timingOf(dose, line?.fixed[index], bounds)
      return { ...(timing ? { timing } : {}), ...amountOf(dose) }
    }),
    ...dosing.asNeeded.map((dose): Dosage => {
      const most = dose.maxPerPeriod && quantityOf(dose.maxPerPeriod)
      const period = dose.period && quantityOf(dose.period)
      return {
        ...(bounds ? { timing: { repeat: { boundsPeriod: bounds } } } : {}),
        ...amountOf(dose),
        ...(most && period ? { maxDosePerPeriod: { numerator: most, denominator: period } } : {}),
      }
    }),
  ]
}

function amountOf({ amount }: Pick<Dosing['fixed'][number], 'amount'>): Dosage {
  const quantity = amount && quantityOf(amount)
  return quantity ? { doseAndRate: [{ doseQuantity: quantity }] } : {}
}

/** The message ends at the first day on which it is no longer taken; the end of a Period is the last. */
function boundsOf({ start, end }: Dosing): Period | undefined {
  if (start === undefined && end === undefined) return undefined
  const last = end !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(end) ? Temporal.PlainDate.from(end).subtract({ days: 1 }).toString() : end
  // A period that ends before it begins is a fault of the sender: its elements are kept, and no time is made of it.
  if (start !== undefined && last !== undefined && last < start.slice(0, last.length)) return undefined
  return { ...(start === undefined ? {} : { start }), ...(last === undefined ? {} : { end: last }) }
}

/** List 8325. */
const places: Readonly<Record<string, NonNullable<TimingRepeat['when']>[number]>> = {
  1: 'MORN',
  2: 'MORN.late',
  3: 'NOON',
  4: 'AFT',
  5: 'EVE',
  6: 'NIGHT',
}

const weekdays: ReadonlyMap<string, NonNullable<TimingRepeat['dayOfWeek']>[number]> = new Map(
  Object.entries({ mandag: 'mon', tirsdag: 'tue', onsdag: 'wed', torsdag: 'thu', fredag: 'fri', lørdag: 'sat', søndag: 'sun' } as const),
)

type Fixed = Dosing['fixed'][number]

function timingOf(dose: Fixed, read: DoseLine['fixed'][number] | undefined, bounds: Period | undefined): Timing | undefined {
  const { interval, days, when, timeOfDay } = dose
  if (days?.daysOn !== undefined || days?.daysOff !== undefined) return undefined
  const named = days?.weekdays.map(({ code, display, text }) => weekdays.get((display ?? text ?? code ?? '').toLowerCase())) ?? []
  const place = when?.code === undefined ? undefined : places[when.code]
  const isUnread = (interval && read?.intervalHours === undefined) || named.includes(undefined) || (when !== undefined && !place)
  if (isUnread) return undefined
  const hours = read?.intervalHours
  const dayOfWeek = named.flatMap((day) => day ?? [])
  const repeat: TimingRepeat = {
    ...(bounds ? { boundsPeriod: bounds } : {}),
    ...(hours === undefined
      ? {}
      : { frequency: 1, ...(hours % 24 === 0 ? { period: hours / 24, periodUnit: 'd' } : { period: hours, periodUnit: 'h' }) }),
    ...(dayOfWeek.length > 0 ? { dayOfWeek } : {}),
    // Not both (tim-10): a time of day says more.
    ...(timeOfDay === undefined ? (place ? { when: [place] } : {}) : { timeOfDay: [timeOfDay] }),
  }
  return Object.keys(repeat).length > 0 ? { repeat } : undefined
}
