/** A measurement outside the person's own limit, in words. */
import type { Exceeded } from '@helsevev/clinical/news2/picture'
import { formatDateTime, formatDecimal, formatNumber } from '@helsevev/ui/format.ts'
import { codedText } from '@helsevev/ui/texts.ts'
import { useTranslation } from 'react-i18next'

/** In a list, where neither kind nor value is given, the words are only when it was. */
export function useExceededWords(): (exceeded: Exceeded) => string {
  const { t, i18n } = useTranslation('home-monitoring')
  const number = (value: number | undefined) => (value === undefined ? '' : formatNumber(Math.round(value * 10) / 10, i18n.language))
  return ({ kind, value, written, unit = '', low, high, time }) => {
    const at = formatDateTime(time, i18n.language)
    const name = codedText(t, 'kind', kind)
    if (!name || value === undefined) return at
    const isLow = low !== undefined && value < low
    return t(isLow ? 'exceeded.low' : 'exceeded.high', {
      name,
      value: written === undefined ? number(value) : formatDecimal(written, i18n.language),
      unit: codedText(t, 'unit', unit) ?? unit,
      limit: number(isLow ? low : high),
      time: at,
    })
  }
}
