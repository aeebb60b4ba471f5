/** NEWS2 is not for children. */
import { wholeYears } from '@helsevev/kernel/values/age'
import { lowestAge } from './chart.ts'

/** Whether the person is still under sixteen on the day. Both are dates, `2010-03-01`. */
export function isTooYoung(birthDate: string, day: string): boolean {
  return wholeYears(birthDate, day) < lowestAge
}
