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
  const { refresh, tellOthers } = useSession()
  const load = useLoadPanels()
  const wordsOf = useProblemWords()
  // The next patient is most often looked up for the same purpose.
  const [purpose, setPurpose] = useState(me.purpose)
  const [purposeMissing, setPurposeMissing] = useState(false)
  const [numberError, setNumberError] = useState<NumberError>()
  const [problem, setProblem] = useState<{ from: From; words: string }>()
  const [busy, setBusy] = useState<From>()

  const { place } = me
  // A person who chose the purpose earlier sees the list at once on coming back; after choosing it here, the person presses the button.
  const showAtOnce = useEffectEvent(() => {
    const { answer, problem: before, loading } = worklistState()
    if (me.purpose && place && !before && !loading && answer?.place !== place.number) void askFor(me.purpose)
  })
  useEffect(() => showAtOnce(), [])

  function demandPurpose(): Purpose | undefined {
    setPurposeMissing(!purpose)
    if (purpose) return purpose
    announce(t('find.purposeRequired'))
    document.getElementById(`purpose-${purposes[0]}`)?.focus()
    return undefined
  }

  async function askFor(why: Purpose) {
    announce(t('worklist.loading'))
    const failed = await loadWorklist(why)
    if (failed?.code === 'signed-out' || failed?.code === 'list-changed' || failed?.code === 'no-organization')
      return void (await refresh())
    announce(failed ? (wordsOf(failed) ?? t('problem.failed')) : t('worklist.loaded'))
  }

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

  const wordsFor = (from: From) => (problem?.from === from ? problem.words : undefined)
  return (
    <div className="find">
      <div className="card find__why">
        <PageTitle name={t('title.find')} />
        {me.patient && (
          <button type="button" className="link-button" onClick={() => go('patient')}>
            {t('find.resume')}
          </button>
        )}
        <Choices legend={t('find.purpose')} error={purposeMissing && !purpose ? t('find.purposeRequired') : undefined}>
          <div className="find__purposes">
            {purposes.map((code) => (
              <Choice
                key={code}
                id={`purpose-${code}`}
                name="purpose"
                value={code}
                checked={purpose === code}
                label={t(`purpose.${code}.name`)}
                text={t(`purpose.${code}.text`)}
                onChoose={(value) => setPurpose(value as Purpose)}
              />
            ))}
          </div>
        </Choices>
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
              if (why) void askFor(why)
            }}
            onOpen={({ id }) => void open('list', { row: id })}
          />
        </div>
      )}
      <FindByNumber
        error={numberError}
        problem={wordsFor('number')}
        busy={busy === 'number'}
        recordSystems={me.recordSystems}
        onFault={setNumberError}
        onOpen={(identityNumber) => void open('number', { identityNumber })}
      />
    </div>
  )
}
