import Button from '@helsenorge/designsystem-react/components/Button'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { go } from '../client/navigation.ts'
import { PanelBanner, PanelFrame } from '../client/PanelFrame.tsx'
import { useLoadPanels } from '../client/panel-loading.ts'
import { isAskedFor, reset } from '../client/panel-store.ts'
import { useSession } from '../client/session.ts'
import type { OpenPatientView } from '../contract.ts'
import { views } from '../panels.client.ts'

/** One patient, one page: the panels of the information services. Who it is stands above, in PatientBanner. */
export function Patient({ patient }: { patient: OpenPatientView }) {
  const load = useLoadPanels()
  useEffect(() => {
    reset({ opening: patient.opening, access: patient.access.id })
    // What the find page asked for is under way already; after a reload nothing is.
    const missing = views.map(({ service }) => service).filter((service) => !isAskedFor(service))
    if (missing.length > 0) void load(missing)
  }, [patient.opening, patient.access.id, load])
  return (
    <div className="panels">
      {views.map((view) => (
        <PanelBanner key={view.service} view={view} />
      ))}
      {views.map((view) => (
        <PanelFrame key={view.service} view={view} access={patient.access.kind} onRetry={() => void load([view.service])} />
      ))}
    </div>
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
