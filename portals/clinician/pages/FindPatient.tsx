import { Choice, Choices } from '@helsevev/portal/client/Choices'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { formatDate } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FindByNumber, type NumberError } from '../client/FindByNumber.tsx'
import { go } from '../client/navigation.ts'
import { useLoadPanels } from '../client/panel-loading.ts'
import { reset } from '../client/panel-store.ts'
import { isProblem, openPatient } from '../client/server.ts'
import { useSession } from '../client/session.ts'
import { Worklist } from '../client/Worklist.tsx'
import { loadWorklist } from '../client/worklist-store.ts'
import { type PortalProblem, type Purpose, purposes, type SignedIn } from '../contract.ts'

/** The part of the page that asked: faults are shown there. */
type From = 'list' | 'number'

/** A number and the purpose, chosen once; or a patient who was open before, or one of the unit's own list. Nothing is asked for unasked. */
export function FindPatient({ me }: { me: SignedIn }) {
  const { t } = useTranslation('clinician')
  // The next patient is most often looked up for the same purpose.
  const [purpose, setPurpose] = useState(me.purpose)
  const [purposeMissing, setPurposeMissing] = useState(false)
  const askForList = useAskForList()
  const { open, busy, problem, numberError, setNumberError } = useOpening()
  const { place } = me

  /** What is missing is shown; the number, which stands first, has the focus where it is wrong too. */
  function checkPurpose(): boolean {
    setPurposeMissing(!purpose)
    if (purpose) return true
    announce(t('find.purposeRequired'))
    document.getElementById(`purpose-${purposes[0]}`)?.focus()
    return false
  }

  function withPurpose(run: (purpose: Purpose) => Promise<void>) {
    if (checkPurpose() && purpose) void run(purpose)
  }

  return (
    <div className="find">
      <div className="card find__who">
        <div className="find__head">
          <PageTitle name={t('title.find')} />
          {me.patient && (
            <button type="button" className="link-button" onClick={() => go('patient')}>
              {t('find.resume')}
            </button>
          )}
        </div>
        <FindByNumber
          error={numberError}
          problem={problem?.from === 'number' ? problem.words : undefined}
          busy={busy === 'number'}
          recordSystems={me.recordSystems}
          onCheck={checkPurpose}
          onFault={setNumberError}
          onOpen={(identityNumber) => withPurpose((why) => open('number', { identityNumber }, why))}
        >
          <PurposeField value={purpose} missing={purposeMissing && !purpose} onChange={setPurpose} />
        </FindByNumber>
        <Recent of={me.recent ?? []} busy={busy !== undefined} onOpen={(id) => withPurpose((why) => open('number', { recent: id }, why))} />
      </div>
      {place && (
        <div className="card find__list">
          {problem?.from === 'list' && <p className="field__error">{problem.words}</p>}
          <Worklist
            place={place}
            busy={busy !== undefined}
            onAsk={() => withPurpose(askForList)}
            onOpen={({ id }) => withPurpose((why) => open('list', { row: id }, why))}
          />
        </div>
      )}
    </div>
  )
}

interface RecentProps {
  of: NonNullable<SignedIn['recent']>
  busy: boolean
  onOpen: (id: string) => void
}

/** The patients who were open last, in this session. */
function Recent({ of, busy, onOpen }: RecentProps) {
  const { t, i18n } = useTranslation('clinician')
  const id = useId()
  if (of.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 className="find__recent-title" id={id}>
        {t('find.recent')}
      </h2>
      <ul className="find__recent">
        {of.map((one) => (
          <li key={one.id}>
            <button type="button" className="link-button" disabled={busy} onClick={() => onOpen(one.id)}>
              {one.name ?? t('word.nameless')}
              {one.birthDate && ` (${t('patient.born', { date: formatDate(one.birthDate, i18n.language) })})`}
            </button>
          </li>
        ))}
      </ul>
    </section>
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
function useOpening() {
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

  async function open(from: From, who: Parameters<typeof openPatient>[0], why: Purpose) {
    if (busy) return
    setProblem(undefined)
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
