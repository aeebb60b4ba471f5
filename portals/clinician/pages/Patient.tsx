import Button from '@helsenorge/designsystem-react/components/Button'
import { SurroundingsProvider } from '@helsevev/panel/surroundings.ts'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useExceededWords } from '@helsevev/service-home-monitoring/exceeded'
import { PictureProvider } from '@helsevev/service-news2/picture'
import { DataState } from '@helsevev/ui/DataState'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Answers } from '../client/Answers.tsx'
import { go } from '../client/navigation.ts'
import { AccessMark, PanelFrame } from '../client/PanelFrame.tsx'
import { useLoadPanels } from '../client/panel-loading.ts'
import { useArrangement } from '../client/panel-order.ts'
import { isAskedFor, reset } from '../client/panel-store.ts'
import { usePictureOfPatient } from '../client/picture.ts'
import { useSession } from '../client/session.ts'
import { usePanelSurroundings } from '../client/surroundings.ts'
import type { AccessKind, OpenPatientView, SignedIn } from '../contract.ts'
import { views } from '../panels.client.ts'
import type { PatientPage } from '../routes.ts'

// Not needed on the first page: loaded when they are opened.
const Timeline = lazy(async () => ({ default: (await import('./Timeline.tsx')).Timeline }))
const Reconcile = lazy(async () => ({ default: (await import('./Reconcile.tsx')).Reconcile }))
const Compare = lazy(async () => ({ default: (await import('./Compare.tsx')).Compare }))

/**
 * One patient: the panels of the information services, or a view that gathers them. PatientBanner, above, shows who the patient is. What is
 * shown belongs to one opening and one access.
 */
export function Patient({ me, patient, view }: { me: SignedIn; patient: OpenPatientView; view: PatientPage }) {
  const load = useLoadPanels()
  const { opening, access } = patient
  useEffect(() => {
    reset({ opening, access: access.id })
    // The find page has begun to load them already; after a reload nothing has.
    const missing = views.map(({ service }) => service).filter((service) => !isAskedFor(service))
    if (missing.length > 0) void load(missing)
  }, [opening, access.id, load])
  const picture = usePictureOfPatient()
  const wordsOf = useExceededWords()
  const surroundings = usePanelSurroundings(patient, me.organization?.name)
  return (
    <PictureProvider value={{ picture, outside: picture.exceeded.map(wordsOf) }}>
      <Answers access={access.kind} />
      {view === 'patient' && (
        <SurroundingsProvider value={surroundings}>
          <Panels me={me} access={access.kind} load={load} />
        </SurroundingsProvider>
      )}
      {view !== 'patient' && access.kind !== 'ordinary' && <AccessMark kind={access.kind} />}
      <Suspense fallback={<DataState state="loading" />}>
        {view === 'timeline' && <Timeline key={access.id} shown={{ opening, access: access.id }} />}
        {view === 'compare' && <Compare key={access.id} shown={{ opening, access: access.id }} />}
        {view === 'reconcile' && <Reconcile key={access.id} patient={patient} />}
      </Suspense>
    </PictureProvider>
  )
}

interface PanelsProps {
  me: SignedIn
  access: AccessKind
  load: (services: readonly string[]) => Promise<void>
}

/** Each column fills on its own, so that a short panel leaves no gap; columns are read one after the other. */
function Panels({ me, access, load }: PanelsProps) {
  const { views: ordered, compact } = useArrangement()
  const half = Math.ceil(ordered.length / 2)
  return (
    <div className={`panels${compact ? ' panels--compact' : ''}`}>
      {[ordered.slice(0, half), ordered.slice(half)].map((column, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns stay, and panels move between them
        <div key={index} className="panels__column">
          {column.map((one) => (
            <PanelFrame key={one.service} me={me} view={one} access={access} onRetry={() => void load([one.service])} />
          ))}
        </div>
      ))}
    </div>
  )
}

/** Replaces everything about the previous patient: what is shown must be about the patient who is open. */
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
