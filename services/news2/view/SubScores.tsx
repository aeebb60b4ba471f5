/** The seven parameters of a score: value, points, and the sender's points where they differ. */

import Expander from '@helsenorge/designsystem-react/components/Expander'
import { parameters } from '@helsevev/clinical/news2/chart'
import { formatDecimal } from '@helsevev/ui/format.ts'
import { codedText, type Words } from '@helsevev/ui/texts.ts'
import { useTranslation } from 'react-i18next'
import type { ShownScore, ShownSubScore } from './panel-data.ts'

/** Unfolded when asked for, and in a line on paper. */
export function SubScores({ score }: { score: ShownScore }) {
  const { t, i18n } = useTranslation('news2')
  const onPaper = parameters.map((parameter) => {
    const found = score.subScores.find((subScore) => subScore.parameter === parameter)
    const value = found?.measured === undefined ? '' : ` ${measuredWords(found, t, i18n.language)}`
    return `${t(`short.${parameter}`)}${value}: ${found?.score ?? t('subScores.missing')}`
  })
  return (
    <>
      <div className="screen-only">
        <Unfolded score={score} />
      </div>
      <p className="print-only">
        {t('subScores.heading')}: {onPaper.join(' · ')}
      </p>
    </>
  )
}

function Unfolded({ score }: { score: ShownScore }) {
  const { t } = useTranslation('news2')
  const differing = score.subScores.some(({ score: points, sent }) => sent !== undefined && sent !== points)
  const anyMeasured = score.subScores.some(({ measured }) => measured !== undefined)
  return (
    <Expander title={t('subScores.heading')} expanded={differing || score.missing.length > 0} renderChildrenWhenClosed={false}>
      {!anyMeasured && <p>{t('subScores.noneMeasured')}</p>}
      <table className="news2-table">
        <thead>
          <tr>
            <th scope="col">{t('subScores.parameter')}</th>
            {anyMeasured && <th scope="col">{t('subScores.measured')}</th>}
            <th scope="col">{t('subScores.score')}</th>
            {differing && <th scope="col">{t('subScores.sent')}</th>}
          </tr>
        </thead>
        <tbody>
          {parameters.map((parameter) => {
            const found = score.subScores.find((subScore) => subScore.parameter === parameter)
            return (
              <tr key={parameter}>
                <th scope="row">{t(`parameter.${parameter}`)}</th>
                {anyMeasured && (
                  <td>
                    <Measured subScore={found} />
                  </td>
                )}
                <td>{found?.score ?? t('subScores.missing')}</td>
                {differing && <td>{found?.sent ?? t('subScores.notShared')}</td>}
              </tr>
            )
          })}
        </tbody>
      </table>
    </Expander>
  )
}

function Measured({ subScore }: { subScore: ShownSubScore | undefined }) {
  const { t, i18n } = useTranslation('news2')
  if (subScore?.measured === undefined) return t('subScores.notShared')
  return measuredWords(subScore, t, i18n.language)
}

function measuredWords({ measured, written, parameter }: ShownSubScore, t: Words<'news2'>, language: string): string {
  if (typeof measured === 'string') return codedText(t, 'answer', measured) ?? measured
  return `${formatDecimal(written ?? String(measured), language)} ${codedText(t, 'unit', parameter) ?? ''}`.trim()
}
