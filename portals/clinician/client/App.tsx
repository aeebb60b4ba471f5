/** Chooses the page that is shown: the page from the address, where the session allows it. */
import { setOwner } from '@helsevev/panel/own-key.ts'
import { Account } from '@helsevev/portal/client/Account'
import { Gate } from '@helsevev/portal/client/Gate'
import { Shell } from '@helsevev/portal/client/Shell'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { launchedMark, type SignedIn, type Workday } from '../contract.ts'
import { ChooseOrganization } from '../pages/ChooseOrganization.tsx'
import { FindPatient } from '../pages/FindPatient.tsx'
import { LaunchFailed } from '../pages/LaunchFailed.tsx'
import { Patient, PatientChanged } from '../pages/Patient.tsx'
import { isPatientPage, type Page } from '../routes.ts'
import { AccessProvider } from './access.tsx'
import { ElevatedBar } from './ElevatedBar.tsx'
import { go, usePage } from './navigation.ts'
import { PatientBanner } from './PatientBanner.tsx'
import { PatientBar } from './page/PatientBar.tsx'
import { isOpenHere } from './panel-store.ts'
import { Strip } from './Strip.tsx'
import { hasChoice, useSession } from './session.ts'
import { useStickyHeight } from './sticky-height.ts'

/** The page the person may see: the one asked for, or the one the person is taken to instead. */
function allowedPage(asked: Page, me: SignedIn): Page {
  if (!me.organization || !me.place) return 'organization'
  if (isPatientPage(asked) && !me.patient) return 'find'
  if (asked === 'organization' && !hasChoice(me)) return 'find'
  return asked
}

export function App() {
  // Shown to every visitor, signed in or not.
  if (usePage() === 'launchFailed') return <LaunchFailed />
  return <Gate<Workday>>{(me) => <SignedInApp me={me} />}</Gate>
}

function SignedInApp({ me }: { me: SignedIn }) {
  const { t } = useTranslation('clinician')
  const asked = usePage()
  const page = allowedPage(asked, me)
  setOwner(me.name)
  useEffect(() => {
    if (page !== asked) go(page, 'replace')
  }, [page, asked])

  const { tellOthers } = useSession()
  useEffect(() => {
    // Opened from a record system: windows that show another patient of this session must stop showing that patient.
    if (window.location.hash !== launchedMark) return
    window.history.replaceState(null, '', window.location.pathname)
    tellOthers()
  }, [tellOthers])

  const view = isPatientPage(page) ? page : undefined
  const patient = view && me.patient
  const openHere = patient !== undefined && isOpenHere(patient.opening)
  const kind = openHere ? patient.access.kind : 'ordinary'
  const ref = useStickyHeight()
  const bar = openHere && <PatientBar key={`bar ${patient.opening}`} me={me} page={view ?? 'patient'} />
  const strip = (
    <>
      <Strip me={me} page={page} />
      <div className="in-sight" ref={ref}>
        {openHere && kind !== 'ordinary' && <ElevatedBar key={patient.access.id} patient={patient} kind={kind} />}
        {openHere && <PatientBanner key={patient.opening} patient={patient} />}
        {kind === 'ordinary' && bar}
      </div>
      {kind !== 'ordinary' && bar}
    </>
  )
  return (
    <AccessProvider patient={openHere ? patient : undefined}>
      <Shell portal={t('portal')} account={<Account name={me.name} />} strip={strip}>
        {page === 'organization' && <ChooseOrganization me={me} />}
        {page === 'find' && <FindPatient me={me} />}
        {patient && (openHere ? <Patient key={patient.opening} me={me} patient={patient} view={view ?? 'patient'} /> : <PatientChanged />)}
      </Shell>
    </AccessProvider>
  )
}
