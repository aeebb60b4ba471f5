/**
 * The source of a datum, shown with the datum: the data controller that is responsible for it, the unit, who recorded it, with which
 * device, when, and how long ago that is. Every clinical datum on a screen has one.
 */
import { formatAge, formatDateTime } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'

interface SourceLineProps {
  /** Name of the data controller; empty where it is not shown to this reader. */
  controller: string
  unit?: string | undefined
  author?: string | undefined
  /** The device that measured it. */
  device?: string | undefined
  /** Clinical time, ISO 8601 or a FHIR date. */
  time?: string | undefined
  /** Shown as a link to call. */
  phone?: string | undefined
  /** For a datum whose age is shown elsewhere. */
  withoutAge?: boolean | undefined
  /** Whether the datum is older than its service counts as current. */
  stale?: boolean | undefined
  /** Set in tests and stories; otherwise the present time. */
  now?: Date
}

export function SourceLine({ controller, unit, author, device, time, phone, withoutAge, stale, now }: SourceLineProps) {
  const { t, i18n } = useTranslation('panel')
  const age = time && time.length > 10 && !withoutAge ? formatAge(time, now ?? new Date(), i18n.language) : ''
  return (
    <dl className="source-line">
      {controller && (
        <div className="source-line__item">
          <dt>{t('source.label')}</dt>
          <dd>{controller}</dd>
        </div>
      )}
      {unit && (
        <div className="source-line__item">
          <dt>{t('source.unit')}</dt>
          <dd>{unit}</dd>
        </div>
      )}
      {author && (
        <div className="source-line__item">
          <dt>{t('source.author')}</dt>
          <dd>{author}</dd>
        </div>
      )}
      {device && (
        <div className="source-line__item">
          <dt>{t('source.device')}</dt>
          <dd>{device}</dd>
        </div>
      )}
      {time && (
        <div className="source-line__item">
          <dt>{t('source.time')}</dt>
          <dd>
            <time dateTime={time}>{formatDateTime(time, i18n.language)}</time>
            {age && <span className="source-line__age"> ({age})</span>}
            {stale && <strong className="source-line__stale"> {t('source.stale')}</strong>}
          </dd>
        </div>
      )}
      {phone && (
        <div className="source-line__item">
          <dt>{t('source.phone')}</dt>
          <dd>
            <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>
          </dd>
        </div>
      )}
    </dl>
  )
}
