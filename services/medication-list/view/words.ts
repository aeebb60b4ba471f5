/** Parts of a line in the words of the reader. */
import { contradictionWords } from '@helsevev/clinical/medicines/contradiction-words'
import { formatDate, formatDecimal } from '@helsevev/ui/format.ts'
import { codedText, type Wording } from '@helsevev/ui/texts.ts'
import type { Step } from '../model/dosing.ts'
import type { ShownLine, Stop } from './panel-data.ts'

type Words = Wording<'medication-list'>

export function drugWords({ drug }: Pick<ShownLine, 'drug'>, { t }: Words): string {
  return drug ?? t('notStated')
}

/** One part of a taper: how much, when in the day, and for which days. */
export function stepWords(step: Step, { t, language }: Words): string {
  return inWords(step, {
    language,
    from: (date) => t('step.from', { date }),
    until: (date) => t('step.until', { date }),
    when: (code) => codedText(t, 'when', code),
  })
}

/** The same for the person who takes it. */
export function citizenStepWords(step: Step, { t, language }: Wording<'medication-list/citizen'>): string {
  return inWords(step, {
    language,
    from: (date) => t('step.from', { date }),
    until: (date) => t('step.until', { date }),
    when: (code) => codedText(t, 'when', code),
  })
}

/** The same on paper. */
export function paperStepWords(step: Step, { t, language }: Wording<'medication-list/paper'>): string {
  return inWords(step, {
    language,
    from: (date) => t('step.from', { date }),
    until: (date) => t('step.until', { date }),
    when: (code) => codedText(t, 'when', code),
  })
}

interface StepTexts {
  language: Words['language']
  from(date: string): string
  until(date: string): string
  when(code: string): string | undefined
}

function inWords({ amount, when, from, until }: Step, texts: StepTexts): string {
  const { language } = texts
  const days = [
    ...(from === undefined ? [] : [texts.from(formatDate(from, language))]),
    ...(until === undefined ? [] : [texts.until(formatDate(until, language))]),
  ].join(' ')
  const dose = amount && [formatDecimal(amount.value, language), amount.unit].filter(Boolean).join(' ')
  const times = when.map((one) => texts.when(one) ?? one).join(', ')
  return [[dose, times].filter(Boolean).join(' '), days].filter(Boolean).join(', ')
}

/** What the sources of a dose disagree about. */
export function contradictionText(stated: string, { t, language }: Words): string {
  return t('contradiction', { about: contradictionWords(stated, language) })
}

/** Why it was discontinued (Volven 7494). */
export function reasonWords({ reason }: Stop, { t }: Words): string | undefined {
  return reason === undefined ? undefined : (codedText(t, 'reason', reason) ?? t('reason.other', { code: reason }))
}

/** Parts as sentences. Notes of senders often end with a full stop. */
export function sentences(parts: readonly (string | undefined)[]): string {
  return parts.flatMap((part) => (part ? [part.trim().replace(/\.$/, '')] : [])).join('. ')
}
