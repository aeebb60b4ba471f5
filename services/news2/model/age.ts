/** Age on the day of a score, in Norway. NEWS2 is not for anyone under 16. */
import { lowestAge } from './chart.ts'

const osloDate = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' })

/** The Norwegian date of a FHIR dateTime that has at least a day; a date without a time is taken as it stands. */
export function norwegianDate(time: string): string {
  return time.length > 10 ? osloDate.format(new Date(time)) : time
}

/** Whether the sixteenth birthday is still to come on the day. Both are dates, `2010-03-01`. */
export function isTooYoung(birthDate: string, day: string): boolean {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  const whole = day.slice(5) < birthDate.slice(5) ? years - 1 : years
  return whole < lowestAge
}
