/** Which patient the page is about, in sight while it scrolls, so that nobody reads or acts on the wrong patient; and the way out. */
import Icon from '@helsenorge/designsystem-react/components/Icon'
import Refresh from '@helsenorge/designsystem-react/components/Icons/Refresh'
import Shield from '@helsenorge/designsystem-react/components/Icons/Shield'
import X from '@helsenorge/designsystem-react/components/Icons/X'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { formatDate, formatTime } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenPatientView, Person } from '../contract.ts'
import { views } from '../panels.client.ts'
import { useAskFor } from './access.tsx'
import { go } from './navigation.ts'
import { useLoadPanels } from './panel-loading.ts'
import { oldestAnswer, panelStates, reset, subscribe } from './panel-store.ts'
import { formatPersonAge } from './person-age.ts'
import { closePatient, fetchIdentityNumber, identifyPatient, isProblem } from './server.ts'
import { useSession } from './session.ts'
import { emergencyPlace } from './withheld-by.ts'

export function PatientBanner({ patient }: { patient: OpenPatientView }) {
  const { t, i18n } = useTranslation('clinician')
  const { refresh, tellOthers } = useSession()
  const load = useLoadPanels()
  const askFor = useAskFor()
  const fetched = useSyncExternalStore(subscribe, oldestAnswer)
  const emergency = useSyncExternalStore(subscribe, () => emergencyPlace(panelStates()))

  // The name is stuck to the top, and has the focus: the page is brought to its start by hand.
  useEffect(() => {
    if (!window.location.hash) window.scrollTo(0, 0)
  }, [])

  async function close() {
    reset()
    await closePatient()
    tellOthers()
    await refresh()
    go('find')
    announce(t('patient.closed'))
  }

  return (
    <section className="patient" aria-label={t('title.patient')}>
      <div className="patient__who">
        <PageTitle name={t('title.patient')}>{patient.person ? (patient.person.name ?? t('word.nameless')) : t('title.patient')}</PageTitle>
        <ul className="patient__facts">
          {patient.person && <PersonFacts person={patient.person} />}
          <li className="patient__number">
            <IdentityNumber patient={patient} />
          </li>
          {patient.person?.hasProtectedAddress && <li className="patient__protected">{t('patient.protectedAddress')}</li>}
          {!patient.person && <Unidentified />}
        </ul>
      </div>
      <div className="patient__actions">
        {fetched && <p className="patient__fetched">{t('patient.fetched', { time: formatTime(fetched, i18n.language) })}</p>}
        <button type="button" className="patient__action patient__refresh" onClick={() => void load(views.map(({ service }) => service))}>
          <Icon svgIcon={Refresh} size={24} />
          {t('patient.refresh')}
        </button>
        {patient.access.kind === 'ordinary' && emergency === 'header' && (
          <button type="button" className="patient__action" onClick={() => askFor('emergency')}>
            <Icon svgIcon={Shield} size={24} />
            {t('access.emergency.open')}
          </button>
        )}
        <button type="button" className="patient__action patient__action--close" onClick={() => void close()}>
          <Icon svgIcon={X} size={24} />
          {t('patient.close')}
        </button>
      </div>
    </section>
  )
}

/** The number is shown when asked for, to compare with the wristband, and hidden again. It is fetched each time and not kept. */
function IdentityNumber({ patient }: { patient: OpenPatientView }) {
  const { t } = useTranslation('clinician')
  const [number, setNumber] = useState<string>()
  const name = t(`patient.number.${patient.numberKind}`)
  async function turn() {
    if (number) return setNumber(undefined)
    const answer = await fetchIdentityNumber(patient.opening)
    if (isProblem(answer)) return announce(t('share.numberFailed'))
    setNumber(answer.identityNumber)
    announce(`${name} ${answer.identityNumber.split('').join(' ')}`)
  }
  return (
    <>
      <span translate="no">
        {name}{' '}
        {number ? (
          `${number.slice(0, 6)} ${number.slice(6)}`
        ) : (
          <>
            <span aria-hidden="true">•••••• •••{patient.numberEnding}</span>
            <span className="visually-hidden">{t('patient.ending', { ending: patient.numberEnding })}</span>
          </>
        )}
      </span>{' '}
      <button
        type="button"
        className="link-button"
        aria-label={t(number ? 'patient.hideNumber' : 'patient.showNumber')}
        onClick={() => void turn()}
      >
        {t(number ? 'patient.hide' : 'patient.show')}
      </button>
    </>
  )
}

/** Shows what the register has, and nothing in place of what it lacks. */
function PersonFacts({ person: { birthDate, gender } }: { person: Person }) {
  const { t, i18n } = useTranslation('clinician')
  const age = birthDate && formatPersonAge(birthDate, new Date(), i18n.language)
  return (
    <>
      {age && <li className="patient__age">{age}</li>}
      {birthDate && <li>{t('patient.born', { date: formatDate(birthDate, i18n.language) })}</li>}
      {gender && gender !== 'unknown' && <li>{t(`patient.gender.${gender}`)}</li>}
    </>
  )
}

/** Shown when the register did not answer who the patient is: the number is then all there is to go by. Offers to ask again. */
function Unidentified() {
  const { t } = useTranslation('clinician')
  const { refresh } = useSession()
  const [busy, setBusy] = useState(false)
  async function again() {
    setBusy(true)
    await identifyPatient()
    await refresh()
    setBusy(false)
  }
  return (
    <li className="patient__unidentified">
      {t('patient.unidentified')}{' '}
      <button type="button" className="link-button" disabled={busy} onClick={() => void again()}>
        {t('patient.identifyAgain')}
      </button>
    </li>
  )
}
