/** What a medicine and a dose are called on a screen. */
import { formatDateTime, formatDecimal, formatTime, type Language } from '@helsevev/ui/format.ts'
import type { Amount, ShownDose, ShownMedicine } from './panel-data.ts'

type Translate = (key: 'nameless' | 'noDose' | 'error' | 'byPatient') => string

interface Words {
  t: Translate
  language: Language
}

function amountWords({ value, unit }: Amount, { language }: Pick<Words, 'language'>): string {
  return `${formatDecimal(value, language)} ${unit}`.trim()
}

export function medicineWords({ name }: Pick<ShownMedicine, 'name'>, { t }: Pick<Words, 't'>): string {
  return name ?? t('nameless')
}

/** `Haldol inj 5 mg/ml: 0,5 mg/mL`, in the mixture; what one unit is of needs no number. */
export function ingredientWords({ name, strength }: ShownMedicine['ingredients'][number], words: Pick<Words, 'language'>): string {
  if (!strength) return name
  const [of, per] = strength
  return `${name}: ${amountWords(of, words)}/${per.value === '1' ? per.unit : amountWords(per, words)}`
}

/** How much, by which way, and who took it where it was the patient. */
export function doseWords(dose: ShownDose, { t, language }: Words): string {
  return [
    ...(dose.isError ? [t('error')] : []),
    dose.amount ? amountWords(dose.amount, { language }) : t('noDose'),
    ...(dose.route ? [dose.route] : []),
    ...(dose.isByPatient ? [t('byPatient')] : []),
  ].join(', ')
}

/** An infusion with its end; the day once where it is the same. */
export function timeWords({ time, until }: Pick<ShownDose, 'time' | 'until'>, language: string): string {
  if (until === undefined) return formatDateTime(time, language)
  const [from, to] = [formatDateTime(time, language), formatDateTime(until, language)]
  const isOneDay = from.slice(0, from.lastIndexOf(' ')) === to.slice(0, to.lastIndexOf(' '))
  return `${from}–${isOneDay ? formatTime(until, language) : to}`
}
