/** For how many hours a controller's texts on what to do apply to a score. */
import { ACT_WITHIN_HOURS } from '@helsevev/clinical/news2/picture'

/** The key of the setting of the controller. */
export const ACT_WITHIN = 'act-within-hours'

/** A whole number of hours from one to a week; the general limit for anything else. */
export function actWithinHoursOf(setting: string | undefined): number {
  const hours = Number(setting)
  return Number.isInteger(hours) && hours >= 1 && hours <= 168 ? hours : ACT_WITHIN_HOURS
}
