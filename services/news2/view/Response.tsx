/** What to do: the text that the controller has set for the level, or the general one, always with its source. */
import { languageOf } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'
import { responseBand } from '../model/response-band.ts'
import type { News2Data, ShownScore } from './panel-data.ts'

export function Response({ score, data }: { score: ShownScore; data: News2Data }) {
  const { t, i18n } = useTranslation('news2')
  const response = responseBand(score)
  if (!response) return null
  const controller = data.controllers.find(({ organization }) => organization === score.controller)
  const language = languageOf(i18n.language)
  const { text, writtenIn, setBy } = (controller?.texts ?? data.defaultTexts)[response.band][language]
  const name = controller?.name ?? (score.controller || t('table.unknownSource'))
  const whose = data.textsUnavailable ? t('response.unavailable') : t(`response.${setBy}`, { name })
  const said = [
    ...(response.certain ? [] : [t('response.uncertain')]),
    writtenIn === language ? whose : `${whose} (${t('response.writtenIn', { language: t(`language.${writtenIn}`) })})`,
  ]
  return (
    <section className={`news2-response news2-response--${response.band}`}>
      <h4>
        {t('response.heading')}: {t(`band.${response.band}`)}
      </h4>
      <p lang={writtenIn}>{text}</p>
      <p className="news2-response__source">{said.join('. ')}.</p>
    </section>
  )
}
