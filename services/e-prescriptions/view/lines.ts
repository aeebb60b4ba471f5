/** Prescriptions line by line: when each was written, dispensed, recalled and expired; and at a moment those that could be handed out. */
import type { Line, Snapshot } from '@helsevev/panel/panel.ts'
import { formatDate } from '@helsevev/ui/format.ts'
import type { Wording } from '@helsevev/ui/texts.ts'
import type { EPrescriptionsData, ShownDispensing, ShownPrescription, ShownRecall } from './panel-data.ts'
import { amountWords, answerWords, contradictionText, drugWords, leftWords, reasonWords } from './words.ts'

type Words = Wording<'e-prescriptions'>

export function timeline({ prescriptions }: EPrescriptionsData, words: Words): Line[] {
  return prescriptions.flatMap((one) => [
    ...(one.authored ? [written(one, one.authored, words)] : []),
    ...one.dispensings.map((each) => dispensed(one, each, words)),
    ...one.recalls.map((each) => recalled(one, each, words)),
    ...(one.state === 'F' && one.ends ? [expired(one, one.ends, words)] : []),
  ])
}

/** Those that a pharmacy could hand out at the moment: written by then, and not ended. One whose end is not known is none. */
export function snapshot({ prescriptions, more }: EPrescriptionsData, at: Date, words: Words): Snapshot {
  const moment = at.getTime()
  const lines = prescriptions.flatMap((one) => {
    if (!one.authored || Date.parse(one.authored) > moment) return []
    if (one.standing === 'unclear' || (one.ends === undefined ? one.standing === 'ended' : Date.parse(one.ends) <= moment)) return []
    const until = one.dispensings.filter(({ time, isCancelled }) => !isCancelled && Date.parse(time) <= moment)
    const [last] = until
    const line = written(one, one.authored, words)
    const isNow = until.length === one.dispensings.filter(({ isCancelled }) => !isCancelled).length
    const left = isNow && one.standing === 'open' ? leftWords(one, words) : undefined
    const value = [
      line.value,
      ...(last ? [words.t('line.lastDispensed', { count: until.length, date: formatDate(last.time, words.language) })] : []),
      left,
    ].filter(Boolean)
    return [{ ...line, ...(value.length > 0 ? { value: value.join('. ') } : {}) }]
  })
  const oldest = prescriptions.flatMap(({ authored }) => authored ?? []).sort()[0]
  return { lines, ...(more && oldest ? { from: oldest } : {}) }
}

function written(one: ShownPrescription, time: string, words: Words): Line {
  const { t, language } = words
  const value = [
    one.dose,
    one.amount && amountWords(one.amount, words),
    one.validUntil && t('line.validUntil', { date: formatDate(one.validUntil, language) }),
  ].filter(Boolean)
  const rest = [...(one.label ? [one.label] : []), ...one.contradictions.map((about) => contradictionText(about, words)), ...one.notes]
  return {
    key: one.number,
    time,
    kind: t('line.prescription'),
    what: drugWords(one, words),
    ...(value.length > 0 ? { value: value.join(', ') } : {}),
    ...(rest.length > 0 ? { rest } : {}),
    ...sourceOf(one.controllers),
    ...(one.prescriber ? { author: one.prescriber } : {}),
  }
}

function dispensed(
  one: ShownPrescription,
  { id, time, drug, amount, pharmacy, isCancelled, controller }: ShownDispensing,
  words: Words,
): Line {
  const { t } = words
  const value = [amount && amountWords(amount, words), isCancelled && t('dispensing.cancelled')].filter(Boolean).join(', ')
  return {
    key: id,
    time,
    kind: t('line.dispensing'),
    what: drug ?? drugWords(one, words),
    ...(value ? { value } : {}),
    ...sourceOf([controller]),
    ...(pharmacy ? { unit: pharmacy } : {}),
  }
}

function recalled(one: ShownPrescription, recall: ShownRecall, words: Words): Line {
  const { id, time, by, notes, controller } = recall
  const value = [reasonWords(recall.reason, words), answerWords(recall, words)]
  return {
    key: id,
    time,
    kind: words.t('line.recall'),
    what: drugWords(one, words),
    value: value.filter(Boolean).join('. '),
    ...(notes.length > 0 ? { rest: notes } : {}),
    ...sourceOf([controller]),
    ...(by ? { author: by } : {}),
    about: 'end',
  }
}

function expired(one: ShownPrescription, time: string, words: Words): Line {
  return {
    key: `${one.number} expired`,
    time,
    kind: words.t('line.expiry'),
    what: drugWords(one, words),
    ...sourceOf(one.controllers),
    about: 'end',
  }
}

function sourceOf(controllers: ShownPrescription['controllers']): Pick<Line, 'controller' | 'phone'> {
  const [{ phone }] = controllers
  return { controller: [...new Set(controllers.map(({ name }) => name))].join(', '), ...(phone ? { phone } : {}) }
}
