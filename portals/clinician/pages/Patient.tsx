import Button from '@helsenorge/designsystem-react/components/Button'
import { formatTime } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { go } from '../client/navigation.ts'
import { PageTitle } from '../client/PageTitle.tsx'
import { PanelFrame } from '../client/PanelFrame.tsx'
import { isAskedFor, loadPanel, oldestAnswer, reset, subscribe } from '../client/panel-store.ts'
import { useSession } from '../client/session.tsx'
import type { OpenPatientView } from '../contract.ts'
import { views } from '../panels.client.ts'

/** One patient, one page: who it is, and the panels of the information services. */
export function Patient({ patient }: { patient: OpenPatientView }) {
  const { t, i18n } = useTranslation('clinician')
  const { refresh } = useSession()
  const [changed, setChanged] = useState(false)

  const load = useCallback(
    async (services: readonly string[]) => {
      const problems = await Promise.all(services.map(loadPanel))
      if (problems.some((problem) => problem?.code === 'signed-out' || problem?.code === 'person-unknown')) await refresh()
      else if (problems.some((problem) => problem?.code === 'patient-changed' || problem?.code === 'no-patient')) setChanged(true)
      else announce(t('patient.loaded'))
    },
    [refresh, t],
  )

  useEffect(() => {
    reset(patient.opening)
    // What the find page asked for is under way already; after a reload nothing is.
    const missing = views.map(({ service }) => service).filter((service) => !isAskedFor(service))
    if (missing.length > 0) void load(missing)
  }, [patient.opening, load])

  const fetched = useSyncExternalStore(subscribe, oldestAnswer)
  if (changed) return <PatientChanged />
  return (
    <>
      <div className="patient">
        <div className="patient__who">
          <PageTitle name={t('title.patient')} />
          <p className="patient__number">
            {t('patient.number')} <span aria-hidden="true">•••••• •••{patient.numberEnding}</span>
            <span className="visually-hidden">{t('patient.ending', { ending: patient.numberEnding })}</span>
          </p>
        </div>
        <div className="patient__fetched">
          {fetched && <p>{t('patient.fetched', { time: formatTime(fetched, i18n.language) })}</p>}
          <Button variant="outline" onClick={() => void load(views.map(({ service }) => service))}>
            {t('patient.refresh')}
          </Button>
        </div>
      </div>
      <div className="panels">
        {views.map((view) => (
          <PanelFrame key={view.service} view={view} onRetry={() => void load([view.service])} />
        ))}
      </div>
    </>
  )
}

/** In place of everything about the patient who was here: what is shown must be about the patient who is open. */
export function PatientChanged() {
  const { t } = useTranslation('clinician')
  const { refresh } = useSession()
  async function leave() {
    reset()
    await refresh()
    go('find')
  }
  return (
    <div className="card card--narrow">
      <PageTitle name={t('patient.changed')} />
      <p className="lead">{t('patient.changedText')}</p>
      <Button onClick={() => void leave()}>{t('patient.changedButton')}</Button>
    </div>
  )
}
