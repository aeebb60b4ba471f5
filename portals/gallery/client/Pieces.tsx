/** The pieces in addition to the states: source line, chart, buttons, fields, choices. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { SourceLine } from '@helsevev/panel/SourceLine'
import { Choice, Choices } from '@helsevev/portal/client/Choices'
import { type ChartPoint, ValueChart } from '@helsevev/ui/ValueChart'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

const now = new Date('2026-11-25T12:00:00+01:00')
const hours = 3_600_000

/** Made up: two sources, one value below the limit of detection. */
const points: readonly ChartPoint[] = [4.1, 4.4, 5.2, 6.1, 5.6, 4.9].map((value, index) => ({
  time: now.getTime() - (6 - index) * 24 * hours,
  value,
  words: `${value}`,
  source: index % 2 === 0 ? 'Helse Vest' : 'Bergen kommune',
  ...(index === 0 ? { open: true } : {}),
}))

export function Pieces() {
  const { t, i18n } = useTranslation('gallery')
  const [chosen, setChosen] = useState('first')
  return (
    <section aria-labelledby="pieces">
      <h2 id="pieces">{t('pieces')}</h2>
      <div className="gallery__grid">
        <section className="card" aria-labelledby="piece-source">
          <h3 id="piece-source">{t('piece.source')}</h3>
          <SourceLine
            controller="Bergen kommune"
            unit="Bergen legevakt"
            author="Ingrid Solheim"
            device={t('piece.device')}
            time="2026-11-25T08:30:00+01:00"
            phone="+47 55 00 00 00"
            stale
            now={now}
          />
        </section>
        <section className="card" aria-labelledby="piece-chart">
          <h3 id="piece-chart">{t('piece.chart')}</h3>
          <ValueChart
            title={t('piece.chart')}
            description={t('piece.chartText')}
            points={points}
            bands={[{ low: 3.9, high: 5.5, name: t('piece.band') }]}
            unit="mmol/L"
            language={i18n.language}
          />
        </section>
        <section className="card" aria-labelledby="piece-buttons">
          <h3 id="piece-buttons">{t('piece.buttons')}</h3>
          <div className="gallery__row">
            <Button>{t('piece.button')}</Button>
            <Button variant="outline">{t('piece.outline')}</Button>
            <button type="button" className="link-button">
              {t('piece.link')}
            </button>
          </div>
        </section>
        <section className="card" aria-labelledby="piece-fields">
          <h3 id="piece-fields">{t('piece.fields')}</h3>
          <div className="field">
            <label htmlFor="field">{t('piece.field')}</label>
            <span className="field__help" id="field-help">
              {t('piece.help')}
            </span>
            <input id="field" className="field__input" aria-describedby="field-help" />
          </div>
          <div className="field field--error">
            <label htmlFor="wrong">{t('piece.field')}</label>
            <span className="field__error" id="wrong-error">
              {t('piece.wrong')}
            </span>
            <input id="wrong" className="field__input" aria-invalid="true" aria-describedby="wrong-error" />
          </div>
        </section>
        <section className="card" aria-labelledby="piece-choices">
          <h3 id="piece-choices">{t('piece.choices')}</h3>
          <Choices legend={t('piece.legend')}>
            {(['first', 'second'] as const).map((value) => (
              <Choice
                key={value}
                name="choice"
                value={value}
                checked={chosen === value}
                label={t(`piece.${value}`)}
                text={t(`piece.${value}Text`)}
                onChoose={setChosen}
              />
            ))}
          </Choices>
        </section>
      </div>
    </section>
  )
}
