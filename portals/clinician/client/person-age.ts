/** The age of a person, as health workers write it. */
import { wholeMonths, wholeYears } from '@helsevev/kernel/values/age'
import { dayInNorway, formatCount } from '@helsevev/ui/format.ts'

/** `85 år`; in months below two years, and in days below one month, as is usual for children. Empty when the birth date is not complete. */
export function formatPersonAge(birthDate: string, now: Date, language?: string): string {
  const today = dayInNorway(now)
  const days = Math.round((Date.parse(today) - Date.parse(birthDate)) / 86_400_000)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate) || !(days >= 0)) return ''
  const years = wholeYears(birthDate, today)
  if (years >= 2) return formatCount(years, 'year', language)
  const months = wholeMonths(birthDate, today)
  return months > 0 ? formatCount(months, 'month', language) : formatCount(days, 'day', language)
}
