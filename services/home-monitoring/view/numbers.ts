/** Numbers of days and limits on the screen: one digit after the point, and more where the measurements have more. */
import { formatNumber } from '@helsevev/ui/format.ts'

/** `decimals`: how many digits after the point the numbers were sent with. */
export function dayNumber(language: string): (value: number, decimals?: number) => string {
  return (value, decimals = 0) =>
    formatNumber(value, language, { minimumFractionDigits: decimals, maximumFractionDigits: Math.max(1, decimals) })
}
