/** The picture of the patient as words: in the header, in a list, and for the panel, which gets it from the portal. */
import Icon from '@helsenorge/designsystem-react/components/Icon'
import Hourglass from '@helsenorge/designsystem-react/components/Icons/Hourglass'
import { ACT_WITHIN_HOURS, OLD_AFTER_HOURS, type Picture, type Reading } from '@helsevev/clinical/news2/picture'
import { formatAge, formatDateTime, languageOf } from '@helsevev/ui/format.ts'
import type { Words } from '@helsevev/ui/texts.ts'
import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { identity } from '../identity.ts'
import { LevelTag } from './BandTag.tsx'

interface Shown {
  picture: Picture
  /** What is outside the person's own limits, in words, newest first. */
  outside: readonly string[]
}

const PictureContext = createContext<Shown | undefined>(undefined)
export const PictureProvider = PictureContext.Provider

/** The picture that the portal has made of all services; undefined where there is no portal around. */
export function usePicture(): Shown | undefined {
  return useContext(PictureContext)
}

/** From before to now, and since when. */
export function useChange({ before, current, direction }: Picture): string | undefined {
  const { t, i18n } = useTranslation('news2')
  if (!current || !direction) return undefined
  if (!before) return t(`change.only.${direction}`)
  return t(`change.${direction}`, { from: told(before, t), to: told(current, t), time: formatDateTime(before.time, i18n.language) })
}

/** The total, and the level where no total is known. */
function told({ total, band, certain }: Reading, t: Words<'news2'>): string {
  if (total !== undefined) return String(total)
  const level = band ? t(`band.${band}`) : t('inList.unscored')
  return certain ? level : t('inList.uncertain', { level })
}

/** How the number came about: computed or not, and the scale where it is not the usual one. */
function useManner({ computed, scale }: Reading): string | undefined {
  const { t } = useTranslation('news2')
  const said = [...(computed ? [t('manner.computed')] : []), ...(scale === 2 ? [t('scale.2')] : [])]
  return said.length > 0 ? said.join(', ') : undefined
}

/** The answer to "how is the patient", short enough for the first screen. Draws nothing when nothing is known. */
export function PictureAnswer() {
  const { i18n } = useTranslation('news2')
  const shown = usePicture()
  if (!shown) return null
  const { picture, outside } = shown
  const { current } = picture
  return (
    <div className="news2-answer">
      {current && (
        <>
          {current.total !== undefined && <strong className="news2-answer__total">{current.total}</strong>}
          <Level reading={current} picture={picture} />
          <time dateTime={current.time}>{formatDateTime(current.time, i18n.language)}</time> <Age reading={current} now={new Date()} />
          <Manner reading={current} />
          {current.source && <span className="news2-answer__source">{current.source}</span>}
          {current.band && <Change picture={picture} />}
        </>
      )}
      <Outside outside={outside} />
    </div>
  )
}

function Change({ picture }: { picture: Picture }) {
  const { t } = useTranslation('news2')
  return <span className="news2-answer__change">{useChange(picture) ?? t('change.none')}</span>
}

/** The same in a list, of what is stated there. */
export function ListMark({ picture, outside, now }: Shown & { now: Date }) {
  const { t, i18n } = useTranslation('news2')
  const { current } = picture
  const change = useChange(picture)
  return (
    <>
      {current && (
        <>
          <span className="news2-list__name">{identity.names[languageOf(i18n.language)]}</span>
          {current.total !== undefined && <strong>{current.total}</strong>}
          <Level reading={current} picture={picture} />
          <time dateTime={current.time}>{formatAge(current.time, now, i18n.language)}</time>
          <Manner reading={current} />
          {current.band && (
            <span className="news2-answer__change">
              {change && <span aria-hidden="true">{signs[picture.direction ?? 'same']} </span>}
              {change ?? t('change.none')}
            </span>
          )}
        </>
      )}
      <Outside outside={outside} />
    </>
  )
}

const signs = { up: '↑', down: '↓', same: '→' } as const

/** Past the limit of its controller, or a day old, a level says so: it is nothing to act on. */
function Level({ reading, picture: { old, actionable } }: { reading: Reading; picture: Picture }) {
  const { t } = useTranslation('news2')
  const { band, certain, notApplicable, actWithinHours: count = ACT_WITHIN_HOURS } = reading
  const level = band ? t(`band.${band}`) : t(notApplicable ? 'notApplicable.tag' : 'inList.unscored')
  const tooOld = band !== undefined && !actionable && count < OLD_AFTER_HOURS
  if (band === undefined || (!old && !tooOld)) return <LevelTag band={band}>{certain ? level : t('inList.uncertain', { level })}</LevelTag>
  return (
    <span className="news2-band news2-band--none">
      <Icon svgIcon={Hourglass} size={24} />
      {old ? t('inList.old', { level }) : t('inList.tooOld', { level, count })}
    </span>
  )
}

function Age({ reading, now }: { reading: Reading; now: Date }) {
  const { i18n } = useTranslation('news2')
  const age = formatAge(reading.time, now, i18n.language)
  return age && <span className="news2-answer__age">({age})</span>
}

function Manner({ reading }: { reading: Reading }) {
  const manner = useManner(reading)
  return manner && <span className="news2-answer__manner">{manner}</span>
}

function Outside({ outside }: { outside: readonly string[] }) {
  const { t } = useTranslation('news2')
  if (outside.length === 0) return null
  return (
    <span className="news2-answer__outside">
      <span className="news2-answer__limit">{t('outside.label')}:</span> {outside.join(' · ')}
    </span>
  )
}
