/** The level of a score: words, and an icon with a shape of its own, so that colour is never the only sign. */
import Icon from '@helsenorge/designsystem-react/components/Icon'
import AlertSignFill from '@helsenorge/designsystem-react/components/Icons/AlertSignFill'
import AlertSignStroke from '@helsenorge/designsystem-react/components/Icons/AlertSignStroke'
import CheckOutline from '@helsenorge/designsystem-react/components/Icons/CheckOutline'
import ErrorSignFill from '@helsenorge/designsystem-react/components/Icons/ErrorSignFill'
import HelpSign from '@helsenorge/designsystem-react/components/Icons/HelpSign'
import InfoSignStroke from '@helsenorge/designsystem-react/components/Icons/InfoSignStroke'
import type { Band } from '@helsevev/clinical/news2/chart'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownScore } from './panel-data.ts'

const icons = {
  'band-0': CheckOutline,
  'band-1-4': InfoSignStroke,
  'single-3': AlertSignStroke,
  'band-5-6': AlertSignFill,
  'band-7': ErrorSignFill,
} as const

export function BandTag({ score }: { score: ShownScore }) {
  const { t } = useTranslation('news2')
  const words = score.band ? t(`band.${score.band}`) : t(score.notApplicable.length > 0 ? 'notApplicable.tag' : 'incomplete.tag')
  return <LevelTag band={score.band}>{words}</LevelTag>
}

export function LevelTag({ band, children }: { band: Band | undefined; children: ReactNode }) {
  return (
    <span className={`news2-band news2-band--${band ?? 'none'}`}>
      <Icon svgIcon={band ? icons[band] : HelpSign} size={24} />
      {children}
    </span>
  )
}
