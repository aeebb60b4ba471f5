/**
 * What a reader asks first, on the first screen of each view: reactions, how the patient is, municipal services, results outside their
 * reference, and what is withheld and why, as far as that may be shown.
 */
import { PanelAnswer } from '@helsevev/panel/PanelFrame'
import { PictureAnswer, usePicture } from '@helsevev/service-news2/picture'
import { formatList, languageOf } from '@helsevev/ui/format.ts'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessKind } from '../contract.ts'
import { type View, views } from '../panels.client.ts'
import { useAskFor } from './access.tsx'
import { usePanelState } from './PanelFrame.tsx'
import { linkTo } from './page/jump.ts'
import { panelStates, subscribe } from './panel-store.ts'
import './answers.scss'
import { emergencyPlace, withheldIn } from './withheld-by.ts'

const NEWS2 = 'news2'

export function Answers({ access }: { access: AccessKind }) {
  const { t } = useTranslation('clinician')
  return (
    <section className="answers" aria-label={t('answers.label')}>
      <dl className="answers__list">
        {views
          .filter(({ service, drawAnswer }) => drawAnswer || service === NEWS2)
          .map((view) => (
            <Answer key={view.service} view={view} />
          ))}
        <Withheld access={access} />
      </dl>
    </section>
  )
}

function Answer({ view }: { view: View }) {
  const { t, i18n } = useTranslation('clinician')
  const { answer, problem, loading } = usePanelState(view.service)
  const fault = problem && (problem.code === 'refused' || problem.code === 'unavailable' ? problem.code : 'failed')
  const told = usePicture()
  const isTold = view.service === NEWS2 && told && (told.picture.current !== undefined || told.outside.length > 0)
  return (
    <div className="answers__answer">
      <dt>
        <a {...linkTo(view.service)}>{view.service === 'test-results' ? t('answers.outside') : view.titles[languageOf(i18n.language)]}</a>
      </dt>
      <dd>{isTold ? <PictureAnswer /> : <PanelAnswer view={view} state={{ answer, loading, fault }} />}</dd>
    </div>
  )
}

/** By the patient's own choice, or because no agreement opens it; each service is named once for each cause. */
function Withheld({ access }: { access: AccessKind }) {
  const { t, i18n } = useTranslation('clinician')
  const states = useSyncExternalStore(subscribe, panelStates)
  const language = languageOf(i18n.language)
  const found = withheldIn(states)
  const askFor = useAskFor()
  const loading = views.some(({ service }) => !states.get(service)?.answer && states.get(service)?.problem === undefined)
  const nameOf = (service: string) => views.find((view) => view.service === service)?.titles[language] ?? service
  return (
    <div className="answers__answer">
      <dt>{t('answers.withheld')}</dt>
      <dd>
        {found.length > 0 && (
          <ul className="answer__list">
            {found.map(({ by, services }) => (
              <li key={by}>
                {t(`answers.by.${by}`)}: {formatList(services.map(nameOf), language)}
              </li>
            ))}
          </ul>
        )}
        {found.length === 0 && <p>{t(loading ? 'answers.loading' : 'answers.nothingWithheld')}</p>}{' '}
        {access === 'ordinary' && emergencyPlace(states) === 'aside' && (
          <button type="button" className="link-button answers__emergency" onClick={() => askFor('emergency')}>
            {t('access.emergency.open')}
          </button>
        )}
      </dd>
    </div>
  )
}
