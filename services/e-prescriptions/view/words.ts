/** Parts of a prescription in the words of the reader. */
import { contradictionWords } from '@helsevev/clinical/medicines/contradiction-words'
import { formatDecimal, formatNumber } from '@helsevev/ui/format.ts'
import { codedText, type Wording } from '@helsevev/ui/texts.ts'
import type { Amount, ShownPrescription, ShownRecall } from './panel-data.ts'

type Words = Wording<'e-prescriptions'>

/** What the sources of a dose disagree about. */
export function contradictionText(stated: string, { t, language }: Words): string {
  return t('contradiction', { about: contradictionWords(stated, language) })
}

export function drugWords({ drug, isLocked }: Pick<ShownPrescription, 'drug' | 'isLocked'>, { t }: Words): string {
  return drug ?? t(isLocked ? 'locked' : 'notHere')
}

export function amountWords({ value, unit }: Amount, { t, language }: Words): string {
  if (unit === undefined) return t('packages', { count: Number(value), packages: formatDecimal(value, language) })
  return [formatDecimal(value, language), unit].filter(Boolean).join(' ')
}

/** What is left of what it is for; undefined where that is not known. */
export function leftWords({ left, amount, allowed }: ShownPrescription, { t, language }: Words): string | undefined {
  if (!left || allowed === undefined) return undefined
  if ('dispensings' in left) return t('left.dispensings', { count: left.dispensings, all: allowed })
  const number = (value: number) => formatNumber(value, language)
  return t('left.packages', {
    left: number(left.packages),
    count: Number(amount?.value ?? 0) * allowed,
    all: number(Number(amount?.value ?? 0) * allowed),
  })
}

/** What became of a recall. */
export function answerWords({ answer, withdrawn }: Answered, { t }: Words): string {
  if (withdrawn) return t(`withdrawn.${withdrawn}`)
  return t(answer === '1' || answer === '2' ? `answer.${answer}` : 'answer.none')
}

interface Answered {
  answer?: ShownRecall['answer'] | undefined
  withdrawn?: ShownRecall['withdrawn'] | undefined
}

/** Why it was recalled (Volven 7500). */
export function reasonWords(reason: string | undefined, { t }: Words): string | undefined {
  return reason === undefined ? undefined : (codedText(t, 'reason', reason) ?? t('reason.other', { code: reason }))
}
