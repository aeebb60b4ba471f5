/** A sign with words: an arrow alone means nothing to a screen reader. */
import { useTranslation } from 'react-i18next'
import type { ShownResult } from './panel-data.ts'

const signs = { over: '↑', under: '↓', outside: '↕' } as const

export function Deviation({ of }: { of: ShownResult['deviation'] | undefined }) {
  const { t } = useTranslation('test-results')
  if (!of) return null
  return (
    <span className="results__deviation" title={t(`deviation.${of}`)}>
      <span aria-hidden="true">{signs[of]}</span>
      <span className="visually-hidden">{t(`deviation.${of}`)}</span>
    </span>
  )
}
