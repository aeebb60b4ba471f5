/** One score in full: our total and level, the worst single parameter, what to do, and where the sender's values differ. */
import Icon from '@helsenorge/designsystem-react/components/Icon'
import Hourglass from '@helsenorge/designsystem-react/components/Icons/Hourglass'
import NotificationPanel from '@helsenorge/designsystem-react/components/NotificationPanel'
import { ACT_WITHIN_HOURS, instantOf, OLD_AFTER_HOURS } from '@helsevev/clinical/news2/picture'
import { SourceLine } from '@helsevev/panel/SourceLine'
import { formatAge, formatDateTime } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'
import { BandTag } from './BandTag.tsx'
import type { News2Data, ShownScore } from './panel-data.ts'
import { Response } from './Response.tsx'
import { SubScores } from './SubScores.tsx'

interface CurrentScoreProps {
  score: ShownScore
  data: News2Data
  /** The newest whole score before this one. */
  earlier: ShownScore | undefined
  heading: string
  /** Whether the score is recent enough, and stands for the present: only then a text says what to do. */
  actionable: boolean
}

export function CurrentScore({ score, data, earlier, heading, actionable }: CurrentScoreProps) {
  const { t, i18n } = useTranslation('news2')
  const controller = data.controllers.find(({ organization }) => organization === score.controller)
  const now = new Date()
  const hours = (now.getTime() - instantOf(score.time)) / 3_600_000
  const limit = controller?.actWithinHours ?? ACT_WITHIN_HOURS
  return (
    <article className={`news2-current news2-current--${score.band ?? 'none'}`}>
      <div className="news2-current__head">
        <h3>{heading}</h3>
        <p className="news2-current__age">{formatAge(score.time, now, i18n.language)}</p>
      </div>
      <p className="news2-current__total">
        <span className="visually-hidden">{t('total.label')}: </span>
        {score.total === undefined ? (
          <strong className="news2-current__none">{t('total.none')}</strong>
        ) : (
          <span className="news2-current__tile">
            <strong className="news2-current__number">{score.total}</strong> {t('total.of')}
          </span>
        )}
        <BandTag score={score} />
      </p>
      {score.computed && <p className="news2-current__computed">{t('current.computed')}</p>}
      {hours > Math.min(limit, OLD_AFTER_HOURS) && (
        <p className="news2-current__old">
          <Icon svgIcon={Hourglass} size={24} />
          {[...(hours > OLD_AFTER_HOURS ? [t('current.old')] : []), ...(hours > limit ? [t('current.tooOld', { count: limit })] : [])].join(
            ' ',
          )}
        </p>
      )}
      <SourceLine
        controller={controller?.name ?? (score.controller || t('table.unknownSource'))}
        unit={score.unit}
        author={score.author}
        time={score.time}
        phone={controller?.phone}
        withoutAge
      />
      <Incomplete score={score} earlier={earlier} />
      {score.notApplicable.map((reason) => (
        <p key={reason}>{t(`notApplicable.${reason}`)}</p>
      ))}
      <dl className="news2-facts">
        {score.notApplicable.length === 0 && (
          <div>
            <dt>{t('worst.label')}</dt>
            <dd>
              <Worst score={score} />
            </dd>
          </div>
        )}
        {score.scale && (
          <div>
            <dt>{t('scale.label')}</dt>
            <dd>
              <Scale score={score} />
            </dd>
          </div>
        )}
      </dl>
      <Disagreement score={score} />
      {actionable && <Response score={score} data={data} />}
      <SubScores score={score} />
    </article>
  )
}

function Incomplete({ score, earlier }: { score: ShownScore; earlier: ShownScore | undefined }) {
  const { t, i18n } = useTranslation('news2')
  if (score.total !== undefined || score.notApplicable.length > 0) return null
  const missing = score.missing.map((parameter) => t(`parameter.${parameter}`)).join(', ')
  return (
    <div className="news2-incomplete">
      <p>
        {score.subScores.length > 0 && score.partialSum !== undefined
          ? t('incomplete.sum', { sum: score.partialSum })
          : t('incomplete.nothing')}
      </p>
      <p>{t('incomplete.missing', { parameters: missing })}</p>
      {earlier?.total !== undefined && (
        <p>{t('incomplete.lastWhole', { total: earlier.total, time: formatDateTime(earlier.time, i18n.language) })}</p>
      )}
    </div>
  )
}

function Disagreement({ score: { sentTotal, total, notApplicable } }: { score: ShownScore }) {
  const { t } = useTranslation('news2')
  if (sentTotal === undefined || sentTotal === total) return null
  if (total === undefined)
    return <p>{t(notApplicable.length > 0 ? 'sentTotal.notApplicable' : 'sentTotal.unchecked', { sent: sentTotal })}</p>
  return (
    <NotificationPanel variant="warn" label={t('sentTotal.differs', { sent: sentTotal, total })} labelHtmlMarkup="h4">
      {t('sentTotal.differsText')}
    </NotificationPanel>
  )
}

function Worst({ score: { worstParameters, worstScore } }: { score: ShownScore }) {
  const { t } = useTranslation('news2')
  if (worstScore === undefined) return t('worst.none')
  return t('worst.value', { parameters: worstParameters.map((parameter) => t(`parameter.${parameter}`)).join(', '), count: worstScore })
}

function Scale({ score: { scale, scaleChosenBy, flags, computed } }: { score: ShownScore }) {
  const { t } = useTranslation('news2')
  const about = scaleChosenBy ? t('scale.chosenBy', { name: scaleChosenBy }) : t('scale.chooserMissing')
  if (scale === 2 && computed) return `${t('scale.2')}, ${t('scale.byLastScore')}`
  if (scale === 2) return `${t('scale.2')}, ${about}`
  return flags.includes('scale-assumed') ? t('scale.assumed') : t('scale.1')
}
