/** Every state and piece, in the frame of the portal that the address names. */

import { type FramedAnswer, PanelContent } from '@helsevev/panel/PanelFrame'
import { DataState, type ViewState } from '@helsevev/ui/DataState'
import { languageOf } from '@helsevev/ui/format.ts'
import { Shell } from '@helsevev/ui/Shell'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { type Look, looks, pathOf } from '../looks.ts'
import { LogProofs } from './LogProofs.tsx'
import { Pieces } from './Pieces.tsx'
import { nothings, viewsOf } from './services.ts'

const states: readonly ViewState[] = [
  'some',
  'loading',
  'none',
  'unknown',
  'withheld',
  'partial',
  'refused',
  'failed',
  'unavailable',
  'stale',
]
/** What the patient's own choice hides: withheld, with words for each cause. */
const causes = ['GeneralBlock', 'SpecificBlock', 'Reservation'] as const

const base = '/gallery'

export function lookOf(path: string): Look {
  return looks.find((look) => path === base + pathOf(look)) ?? 'clinician'
}

const answerOf = (status: (typeof nothings)[number]): FramedAnswer => ({ status, partial: false, withheld: [], fetched: '' })

export function Gallery() {
  const { t, i18n } = useTranslation('gallery')
  const { t: ui } = useTranslation('ui')
  const nameOf = (state: ViewState) => (state === 'some' ? t('state.some') : ui(`state.${state}.title`))
  const look = lookOf(window.location.pathname)
  useEffect(() => {
    document.title = `${t('title')}, ${t(`look.${look}`)} – Helsevev`
  }, [t, look])
  const retry = () => undefined
  return (
    <Shell home={{ href: '/' }} portal={t(`look.${look}`)} footer={<p>{t('footer')}</p>}>
      <div className="gallery">
        <h1>{t('title')}</h1>
        <p className="lead">{t('lead')}</p>
        <nav aria-label={t('looks')}>
          <ul className="gallery__looks">
            {looks.map((one) => (
              <li key={one}>
                <a href={base + pathOf(one)} aria-current={one === look ? 'page' : undefined}>
                  {t(`look.${one}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <section aria-labelledby="states">
          <h2 id="states">{t('states')}</h2>
          <div className="gallery__grid">
            {states.map((state) => (
              <div key={state} className="card">
                <h3>{nameOf(state)}</h3>
                <DataState state={state} onRetry={retry}>
                  <p>{t('data')}</p>
                </DataState>
              </div>
            ))}
            {causes.map((cause) => (
              <div key={cause} className="card">
                <h3>{t(`cause.${cause}.name`)}</h3>
                <DataState state="withheld" title={t(`cause.${cause}.title`)} text={t(`cause.${cause}.text`)} />
              </div>
            ))}
          </div>
        </section>
        <Pieces />
        {look === 'citizen' && <LogProofs />}
        {viewsOf[look].map((view) => (
          <section key={view.service} aria-labelledby={`service-${view.service}`}>
            <h2 id={`service-${view.service}`}>{view.titles[languageOf(i18n.language)]}</h2>
            <div className="gallery__grid">
              {nothings.map((status) => (
                <div key={status} className="card">
                  <h3>{nameOf(status)}</h3>
                  <PanelContent view={view} state={{ loading: false, answer: answerOf(status) }} onRetry={retry} withheld={() => null} />
                </div>
              ))}
            </div>
          </section>
        ))}
      </div>
    </Shell>
  )
}
