import { Choice, Choices } from '@helsevev/portal/client/Choices'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { announce } from '@helsevev/ui/Shell'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FindByNumber, type NumberError } from '../client/FindByNumber.tsx'
import { go } from '../client/navigation.ts'
import { useLoadPanels } from '../client/panel-loading.ts'
import { reset } from '../client/panel-store.ts'
import { isProblem, openPatient } from '../client/server.ts'
import { useSession } from '../client/session.ts'
import { Worklist } from '../client/Worklist.tsx'
import { loadWorklist, worklistState } from '../client/worklist-store.ts'
import { type PortalProblem, type Purpose, purposes, type SignedIn } from '../contract.ts'

/** The part of the page that asked: faults are shown there. */
type From = 'list' | 'number'

/** The purpose, chosen once; then a patient of the unit's own list, or any other by number. */
export function FindPatient({ me }: { me: SignedIn }) {
  const { t } = useTranslation('clinician')
  // The next patient is most often looked up for the same purpose.
  const [purpose, setPurpose] = useState(me.purpose)
  const [purposeMissing, setPurposeMissing] = useState(false)
  const askForList = useAskForList()
  const { open, busy, problem, numberError, setNumberError } = useOpening(demandPurpose)

  const { place } = me
  // A person who chose the purpose earlier sees the list at once on coming back; after choosing it here, the person presses the button.
  const showAtOnce = useEffectEvent(() => {
    const { answer, problem: before, loading } = worklistState()
    if (me.purpose && place && !before && !loading && answer?.place !== place.number) void askForList(me.purpose)
  })
  useEffect(() => showAtOnce(), [])

  function demandPurpose(): Purpose | undefined {
    setPurposeMissing(!purpose)
    if (purpose) return purpose
    announce(t('find.purposeRequired'))
    document.getElementById(`purpose-${purposes[0]}`)?.focus()
    return undefined
  }

  return (
    <div className="find">
      <div className="card find__why">
        <PageTitle name={t('title.find')} />
        {me.patient && (
          <button type="button" className="link-button" onClick={() => go('patient')}>
            {t('find.resume')}
          </button>
        )}
        <PurposeField value={purpose} missing={purposeMissing && !purpose} onChange={setPurpose} />
      </div>
      {place && (
        <div className="card find__list">
          <a className="find__skip" href="#identity-number">
            {t('worklist.byNumber')}
          </a>
          {problem?.from === 'list' && <p className="field__error">{problem.words}</p>}
          <Worklist
            place={place}
            busy={busy !== undefined}
            onAsk={() => {
              const why = demandPurpose()
              if (why) void askForList(why)
            }}
            onOpen={({ id }) => void open('list', { row: id })}
          />
        </div>
      )}
      <FindByNumber
        error={numberError}
        problem={problem?.from === 'number' ? problem.words : undefined}
        busy={busy === 'number'}
        recordSystems={me.recordSystems}
        onFault={setNumberError}
        onOpen={(identityNumber) => void open('number', { identityNumber })}
      />
    </div>
  )
}

function PurposeField(props: { value: Purpose | undefined; missing: boolean; onChange: (purpose: Purpose) => void }) {
  const { value: chosen, missing, onChange } = props
  const { t } = useTranslation('clinician')
  return (
    <Choices legend={t('find.purpose')} error={missing ? t('find.purposeRequired') : undefined}>
      <div className="find__purposes">
        {purposes.map((code) => (
          <Choice
            key={code}
            id={`purpose-${code}`}
            name="purpose"
            value={code}
            checked={chosen === code}
            label={t(`purpose.${code}.name`)}
            text={t(`purpose.${code}.text`)}
            onChoose={() => onChange(code)}
          />
        ))}
      </div>
    </Choices>
  )
}

/** Loads the list of the unit, and announces how it went. */
function useAskForList(): (purpose: Purpose) => Promise<void> {
  const { t } = useTranslation('clinician')
  const { refresh } = useSession()
  const wordsOf = useProblemWords()
  return async (purpose) => {
    announce(t('worklist.loading'))
    const failed = await loadWorklist(purpose)
    if (failed?.code === 'signed-out' || failed?.code === 'list-changed' || failed?.code === 'no-organization')
      return void (await refresh())
    announce(failed ? (wordsOf(failed) ?? t('problem.failed')) : t('worklist.loaded'))
  }
}

/** Opens a patient and moves to the patient's page; or keeps what went wrong, with the part of this page that asked. */
function useOpening(demandPurpose: () => Purpose | undefined) {
  const { t } = useTranslation('clinician')
  const { refresh, tellOthers } = useSession()
  const load = useLoadPanels()
  const wordsOf = useProblemWords()
  const [numberError, setNumberError] = useState<NumberError>()
  const [problem, setProblem] = useState<{ from: From; words: string }>()
  const [busy, setBusy] = useState<From>()

  async function fail(from: From, failed: PortalProblem) {
    if (failed.code === 'signed-out') return void (await refresh())
    if (from === 'number' && failed.code === 'identity-number-invalid') return setNumberError({ fault: failed.fault })
    if (from === 'number' && failed.code === 'person-unknown') return setNumberError({ fault: 'person-unknown' })
    const words = failed.code === 'person-unknown' ? t('find.errors.person-unknown') : (wordsOf(failed) ?? t('problem.failed'))
    setProblem({ from, words })
    announce(words)
  }

  async function open(from: From, who: Parameters<typeof openPatient>[0]) {
    if (busy) return
    setProblem(undefined)
    const why = demandPurpose()
    if (!why) return
    setBusy(from)
    announce(t('find.opening'))
    try {
      const opened = await openPatient(who, why)
      if (isProblem(opened)) return await fail(from, opened)
      reset({ opening: opened.patient.opening, access: opened.patient.access.id })
      tellOthers()
      void load(opened.panels)
      await refresh()
      go('patient')
    } finally {
      setBusy(undefined)
    }
  }

  return { open, busy, problem, numberError, setNumberError }
}
