/** Doses line by line; and what was given in the day before a moment. */
import type { Line, Snapshot } from '@helsevev/panel/panel.ts'
import type { Wording } from '@helsevev/ui/texts.ts'
import type { HospitalMedicinesData, ShownDose, ShownMedicine } from './panel-data.ts'
import { doseWords, ingredientWords, medicineWords } from './words.ts'

type Words = Wording<'hospital-medicines'>
const DAY = 24 * 3_600_000

export function timeline({ medicines }: HospitalMedicinesData, words: Words): Line[] {
  return medicines.flatMap((one) => one.doses.map((dose) => line(one, dose, words)))
}

/** The last dose of each medicine, where it was given in the 24 hours before; those of the same day stand with it. */
export function snapshot({ medicines, more }: HospitalMedicinesData, at: Date, words: Words): Snapshot {
  const lines = medicines.flatMap((one) => {
    const until = one.doses.filter(({ time, isError }) => !isError && isBefore(time, at))
    const [last] = until
    return last && Date.parse(last.time) > at.getTime() - DAY ? [line(one, last, words)] : []
  })
  const oldest = medicines.flatMap(({ doses }) => doses.map(({ time }) => time)).sort((a, b) => Date.parse(a) - Date.parse(b))[0]
  return { lines, ...(more && oldest ? { from: oldest } : {}) }
}

function isBefore(time: string, at: Date): boolean {
  return Date.parse(time) <= at.getTime()
}

function line(one: ShownMedicine, dose: ShownDose, words: Words): Line {
  const rest = [
    ...one.ingredients.map((each) => ingredientWords(each, words)),
    ...(one.regimen ? [`${words.t('regimen')}: ${one.regimen}`] : []),
    ...(dose.reason ? [`${words.t('reason')}: ${dose.reason}`] : []),
  ]
  return {
    key: dose.id,
    time: dose.time,
    kind: words.t('line.given'),
    what: medicineWords(one, words),
    value: doseWords(dose, words),
    ...(rest.length > 0 ? { rest } : {}),
    controller: dose.controller.name,
    ...(dose.controller.phone ? { phone: dose.controller.phone } : {}),
    ...(dose.place ? { unit: dose.place } : {}),
  }
}
