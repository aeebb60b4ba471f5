/** A measurement outside the person's own limit, in words. */
import type { Exceeded } from '@helsevev/clinical/news2/picture'
import { formatDateTime, formatDecimal } from '@helsevev/ui/format.ts'
import { codedText } from '@helsevev/ui/texts.ts'
import { useTranslation } from 'react-i18next'
import { dayNumber } from './numbers.ts'

/** In a list, where no value is given, the words are what it was and when. */
export function useExceededWords(): (exceeded: Exceeded) => string {
  const { t, i18n } = useTranslation('home-monitoring')
  const number = dayNumber(i18n.language)
  return ({ kind, value, written, unit = '', low, high, decimals, time }) => {
    const at = formatDateTime(time, i18n.language)
    const name = codedText(t, 'kind', kind)
    if (!name) return at
    if (value === undefined) return `${name} ${at}`
    const isLow = low !== undefined && value < low
    const limit = isLow ? low : high
    return t(isLow ? 'exceeded.low' : 'exceeded.high', {
      name,
      value: written === undefined ? number(value) : formatDecimal(written, i18n.language),
      unit: codedText(t, 'unit', unit) ?? unit,
      limit: limit === undefined ? '' : number(limit, decimals),
      time: at,
    })
  }
}
