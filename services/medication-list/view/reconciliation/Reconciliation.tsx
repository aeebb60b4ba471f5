/**
 * Reconciliation of medicines as a working view: the sources of each row side by side, a decision on each, what will happen, and what
 * became of it. The portal loads, sends and keeps the draft; nothing is decided or overwritten by itself.
 */
import Button from '@helsenorge/designsystem-react/components/Button'
import { DataState } from '@helsevev/ui/DataState'
import { formatAge, formatDateTime } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type MergeItem, mergeOf, missingIn, nothingWritten, type Written } from '../../model/reconciliation-act.ts'
import { ActFields } from './ActFields.tsx'
import { Conflict } from './Conflict.tsx'
import type { Draft, LoadedReconciliation, OtherChange, ReconciliationData, SendResult } from './data.ts'
import { Pairs } from './Pairs.tsx'
import { Receipt } from './Receipt.tsx'
import './reconciliation.css'
import { Review } from './Review.tsx'
import { RowCard } from './RowCard.tsx'
import { StatedItems } from './StatedItems.tsx'

const NAMESPACE = 'medication-list/reconciliation'

/** Why no answer came. `text`: in the words of the portal. */
interface Fault {
  state: 'refused' | 'unavailable' | 'failed'
  text?: string | undefined
}

export interface ReconciliationProps {
  load: () => Promise<LoadedReconciliation | Fault>
  /** A fault means that it is not known whether the list was stored. */
  send: (sealed: string, written: Written) => Promise<SendResult | Fault>
  /** Kept by the portal for this patient; absent before anything is written. */
  draft: Draft | undefined
  /** Spread on text fields, so that the warning of time knows that they are kept. */
  kept: object
  onDraft: (draft: Draft | undefined) => void
  /** Back to the overview. */
  onLeave: () => void
  /** Words for a code of the problem catalogue. */
  refusal: (reason: string | undefined) => string | undefined
}

interface Conflicting {
  draft: Draft
  items: MergeItem[]
  changes: OtherChange[]
}

const isFault = (answer: object): answer is Fault => 'state' in answer

export function Reconciliation(props: ReconciliationProps) {
  const { draft, onDraft, load } = props
  const [loaded, setLoaded] = useState<LoadedReconciliation | Fault>()
  const [conflict, setConflict] = useState<Conflicting>()
  const [result, setResult] = useState<SendResult | Fault>()
  const first = useRef(true)

  /** A draft that was made on another version asks what holds. */
  async function fetchAgain(changes: OtherChange[] = []) {
    setLoaded(undefined)
    const answer = await load()
    setLoaded(answer)
    if (isFault(answer) || !draft) return
    const items = mergeOf(draft.rows, answer.data.rows, draft.written)
    // Prescriptions and dispensings come without a new version of the list: what the writer alone has decided then stands.
    const asked = draft.version === answer.data.version ? items.filter(({ standing }) => standing !== 'mine') : items
    if (asked.length > 0 || draft.version !== answer.data.version) setConflict({ draft, items: asked, changes })
  }
  useEffect(() => {
    if (first.current) void fetchAgain()
    first.current = false
  })

  if (!loaded) return <DataState state="loading" />
  if (isFault(loaded)) return <DataState {...given(loaded)} onRetry={() => void fetchAgain()} />
  if (result && 'outcome' in result && result.outcome === 'sent')
    return <Receipt result={result} rows={loaded.data.rows} onLeave={props.onLeave} />
  if (conflict) {
    const { items, changes, draft: kept } = conflict
    const settle = (written: Written) => {
      onDraft({ ...versionOf(loaded.data), rows: loaded.data.rows, written })
      setConflict(undefined)
    }
    const isNewList = kept.version !== loaded.data.version
    return <Conflict {...{ items, changes, isNewList }} data={loaded.data} written={kept.written} onSettled={settle} />
  }
  const sent = async (answer: SendResult | Fault) => {
    setResult(answer)
    if ('outcome' in answer && answer.outcome === 'sent') return onDraft(undefined)
    if ('outcome' in answer && answer.outcome === 'conflict') await fetchAgain(answer.changes)
  }
  return (
    <Working
      {...props}
      loaded={loaded}
      result={result}
      onResult={(answer) => void sent(answer)}
      onFetch={() => {
        setResult(undefined)
        void fetchAgain()
      }}
    />
  )
}

const given = ({ state, text }: Fault) => ({ state, ...(text === undefined ? {} : { text }) })
const versionOf = ({ version }: ReconciliationData) => (version === undefined ? {} : { version })

interface WorkingProps extends ReconciliationProps {
  loaded: LoadedReconciliation
  result: SendResult | Fault | undefined
  onResult: (result: SendResult | Fault) => void
  onFetch: () => void
}

function Working({ loaded: { sealed, maySend, data }, draft, kept, onDraft, send, result, onResult, onFetch, refusal }: WorkingProps) {
  const { t } = useTranslation(NAMESPACE)
  const [reviewing, setReviewing] = useState(false)
  const [busy, setBusy] = useState(false)
  const written = draft?.written ?? nothingWritten
  const missing = missingIn(data.rows, written)
  const undecided = missing.filter(({ part }) => part === 'decision')
  const write = (next: Written) => onDraft({ ...versionOf(data), rows: data.rows, written: next })
  async function submit() {
    if (busy || missing.length > 0) return
    setBusy(true)
    const answer = await send(sealed, written)
    setBusy(false)
    if (isFault(answer) || answer.outcome !== 'sent') announce(t(isFault(answer) ? 'failed' : answer.outcome))
    onResult(answer)
  }
  if (reviewing)
    return (
      <Review
        {...{ data, written, missing, busy, result, refusal, onFetch }}
        onBack={() => setReviewing(false)}
        onSend={() => void submit()}
      />
    )
  if (!maySend) return <Reading data={data} />
  return (
    <div className="reconciliation">
      <Head data={data} />
      <Gaps data={data} />
      <ActFields act={written.act} kept={kept} onChange={(act) => write({ ...written, act })} />
      <Pairs {...{ data, written, kept }} onChange={write} />
      <ol className="reconciliation__rows" aria-label={t('rows')}>
        {data.rows.map((row) => (
          <RowCard
            key={row.key}
            {...{ row, kept }}
            rows={data.rows}
            decision={written.decisions[row.key]}
            onDecide={(decision) => write({ ...written, decisions: { ...written.decisions, [row.key]: decision } })}
          />
        ))}
      </ol>
      <StatedItems stated={written.stated} kept={kept} onChange={(stated) => write({ ...written, stated })} />
      <div className="reconciliation__actions">
        {undecided.length > 0 && (
          <Button variant="outline" onClick={() => focusOn(undecided[0]?.row)}>
            {t('nextUndecided', { count: undecided.length })}
          </Button>
        )}
        <Button onClick={() => setReviewing(true)}>{t('review')}</Button>
        {draft && (
          <Button variant="borderless" onClick={() => onDraft(undefined)}>
            {t('discard')}
          </Button>
        )}
      </div>
      <p className="reconciliation__help">{t('kept')}</p>
    </div>
  )
}

/** For those who may not send: the sources side by side, and why there is nothing to decide. */
function Reading({ data }: { data: ReconciliationData }) {
  const { t } = useTranslation(NAMESPACE)
  return (
    <div className="reconciliation">
      <Head data={data} />
      <DataState state="refused" title={t('readOnly')} text={t('readOnlyText')} />
      <Gaps data={data} />
      <ol className="reconciliation__rows" aria-label={t('rows')}>
        {data.rows.map((row) => (
          <RowCard key={row.key} row={row} rows={data.rows} />
        ))}
      </ol>
    </div>
  )
}

/** To the decision of a row. */
function focusOn(row: string | undefined): void {
  const card = [...document.querySelectorAll<HTMLElement>('[data-row]')].find(({ dataset }) => dataset['row'] === row)
  card?.querySelector<HTMLElement>('input, textarea')?.focus()
  card?.scrollIntoView({ block: 'center' })
}

/** When the list was made, who made it, and when it was read. */
function Head({ data: { made, by, readAt, stopped, isGivenKnown } }: { data: ReconciliationData }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const { language } = i18n
  return (
    <div className="reconciliation__head">
      <p className="lead">{t('lead')}</p>
      {made && (
        <p>
          {t('made', { date: formatDateTime(made, language), age: formatAge(made, new Date(), language) })} {by && t('madeBy', { who: by })}
        </p>
      )}
      <p>{t('readAt', { time: formatDateTime(readAt, language) })}</p>
      {stopped > 0 && <p>{t('stopped', { count: stopped })}</p>}
      {!isGivenKnown && <p>{t('givenUnknown')}</p>}
    </div>
  )
}

/** What is not complete, and from where: nothing from such a source is never shown as none. */
function Gaps({ data: { gaps } }: { data: ReconciliationData }) {
  const { t } = useTranslation(NAMESPACE)
  if (gaps.length === 0) return null
  const words = (
    <ul className="reconciliation__gaps">
      {gaps.map(({ source, why }) => (
        <li key={`${source} ${why}`}>{t(`gap.${source}.${why}`)}</li>
      ))}
    </ul>
  )
  return <DataState state="partial" title={t('incomplete')} text={words} />
}
