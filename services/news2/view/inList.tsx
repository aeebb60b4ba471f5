/** What a list of patients shows about the newest NEWS2: its level in words with an icon of its own, and when. docs/services/news2.md */

import Icon from '@helsenorge/designsystem-react/components/Icon'
import Hourglass from '@helsenorge/designsystem-react/components/Icons/Hourglass'
import type { ListSignal } from '@helsevev/panel/panel.ts'
import type { InList } from '@helsevev/panel/view.ts'
import { formatAge, languageOf } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'
import { identity } from '../identity.ts'
import { LevelTag } from './BandTag.tsx'
import { gravity, levelOf } from './list-level.ts'

function Mark({ signal, now }: { signal: ListSignal; now: Date }) {
  const { t, i18n } = useTranslation('news2')
  const { band, certain, old } = levelOf(signal, now)
  const level = band ? t(`band.${band}`) : t('inList.unscored')
  return (
    <>
      <span className="news2-list__name">{identity.names[languageOf(i18n.language)]}</span>
      {old ? (
        <span className="news2-band news2-band--none">
          <Icon svgIcon={Hourglass} size={24} />
          {t('inList.old', { level })}
        </span>
      ) : (
        <LevelTag band={band}>{certain ? level : t('inList.uncertain', { level })}</LevelTag>
      )}
      <time dateTime={signal.time}>{formatAge(signal.time, now, i18n.language)}</time>
    </>
  )
}

export const inList: InList = { Mark, gravity }
