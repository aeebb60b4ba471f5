/** The unit's patients at present, so that one press opens the right one. Shows what there is about each before any of them is opened. */

import Button from '@helsenorge/designsystem-react/components/Button'
import Icon from '@helsenorge/designsystem-react/components/Icon'
import Refresh from '@helsenorge/designsystem-react/components/Icons/Refresh'
import { gravityOf } from '@helsevev/clinical/news2/picture'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { useServiceName } from '@helsevev/portal/client/service-names.ts'
import { DataState } from '@helsevev/ui/DataState'
import { formatDateTime, formatTime } from '@helsevev/ui/format.ts'
import { announce } from '@helsevev/ui/Shell'
import { type ReactNode, useEffect, useId, useRef, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { Worklist as List, Place, PortalProblem, WorklistRow as Row } from '../contract.ts'
import { pictureOfRow } from './picture.ts'
import { WorklistRow } from './WorklistRow.tsx'
import { arranged, type Order, orders, refusedForAll } from './worklist-rows.ts'
import { arrange, subscribe, type WorklistState, worklistState } from './worklist-store.ts'

interface WorklistProps {
  place: Place
  /** Whether a patient is being opened. */
  busy: boolean
  /** Asks for the list with the chosen purpose; shows a fault when none is chosen. */
  onAsk: () => void
  onOpen: (row: Row) => void
}

export function Worklist({ place, busy, onAsk, onOpen }: WorklistProps) {
  const { t } = useTranslation('clinician')
  const state = useSyncExternalStore(subscribe, worklistState)
  const headingId = useId()
  // A list that was fetched for another place of work does not apply to this one.
  const answer = state.answer?.place === place.number ? state.answer : undefined
  return (
    <section className="worklist" aria-labelledby={headingId} aria-busy={state.loading}>
      <div className="worklist__head">
        <h2 id={headingId}>{t('worklist.title', { unit: place.name })}</h2>
        {(answer || state.problem) && (
          <Button variant="borderless" onClick={onAsk}>
            <Icon svgIcon={Refresh} size={24} />
            {t('worklist.refresh')}
          </Button>
        )}
      </div>
      {!answer && !state.problem && !state.loading && (
        <>
          <p className="lead">{t('worklist.lead')}</p>
          <Button variant="outline" onClick={onAsk}>
            {t('worklist.show')}
          </Button>
        </>
      )}
      {state.problem && <Failed problem={state.problem} answer={answer} onRetry={onAsk} />}
      {state.loading && !answer && <DataState state="loading" title={t('worklist.loading')} />}
      {answer && <Shown list={answer} state={state} busy={busy} onOpen={onOpen} onRetry={onAsk} />}
    </section>
  )
}

function Failed({ problem, answer, onRetry }: { problem: PortalProblem; answer: List | undefined; onRetry: () => void }) {
  const { t, i18n } = useTranslation('clinician')
  const wordsOf = useProblemWords()
  if (problem.code === 'no-worklist')
    return <DataState state="unknown" title={t('worklist.noWorklist.title')} text={t('worklist.noWorklist.text')} />
  if (problem.code === 'refused') {
    const words = wordsOf(problem)
    return words ? <DataState state="refused" text={words} /> : <DataState state="refused" />
  }
  if (answer)
    return <DataState state="stale" text={t('worklist.stale', { time: formatTime(answer.fetched, i18n.language) })} onRetry={onRetry} />
  return <DataState state={problem.code === 'unavailable' ? 'unavailable' : 'failed'} onRetry={onRetry} />
}

interface ShownProps {
  list: List
  state: WorklistState
  busy: boolean
  onOpen: (row: Row) => void
  onRetry: () => void
}

function Shown({ list, state, busy, onOpen, onRetry }: ShownProps) {
  const { t, i18n } = useTranslation('clinician')
  const nameOf = useServiceName()
  const now = new Date()
  const rows = arranged(list.rows, state, (row) => gravityOf(pictureOfRow(row, now)))
  const refused = refusedForAll(list.rows)
  const time = (value: string) => formatTime(value, i18n.language)
  return (
    <>
      <p className="small">
        {t('worklist.facts', {
          drawnUp: time(list.drawnUp),
          fetched: time(list.fetched),
          purpose: t(`purpose.${list.purpose}.name`).toLowerCase(),
        })}
      </p>
      {list.outOfDate && (
        <DataState
          state="stale"
          title={t('worklist.outOfDate.title')}
          text={t('worklist.outOfDate.text', { time: formatDateTime(list.drawnUp, i18n.language) })}
        />
      )}
      {list.notRegistered > 0 && (
        <DataState
          state="partial"
          title={t('worklist.notRegistered.title')}
          text={t('worklist.notRegistered.text', { count: list.notRegistered })}
        />
      )}
      {list.missing && <Missing problem={list.missing} onRetry={onRetry} />}
      {list.rows.length === 0 ? (
        <DataState state="none" title={t('worklist.none.title')} text={t('worklist.none.text')} />
      ) : (
        <>
          <Arrange state={state} shown={rows.length} all={list.rows.length} hasPlaces={list.rows.some(({ place }) => place)} />
          {refused.length > 0 && <p className="small">{t('worklist.refusedForAll', { services: refused.map(nameOf).join(', ') })}</p>}
          {rows.length === 0 && <p>{t('worklist.filterNone')}</p>}
          <ul className={`worklist__rows${state.detailed ? '' : ' worklist__rows--compact'}`} aria-label={t('worklist.rows')}>
            {rows.map((row) => (
              <WorklistRow key={row.id} row={row} now={now} leaveOut={refused} detailed={state.detailed} busy={busy} onOpen={onOpen} />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** The services could not be asked, but the patients on the list are known. */
function Missing({ problem, onRetry }: { problem: NonNullable<List['missing']>; onRetry: () => void }) {
  const { t } = useTranslation('clinician')
  const wordsOf = useProblemWords()
  const text: ReactNode = (problem.code === 'refused' && wordsOf(problem)) || t('worklist.missing.text')
  return (
    <DataState
      state={problem.code === 'refused' ? 'refused' : 'unavailable'}
      title={t('worklist.missing.title')}
      text={text}
      onRetry={onRetry}
    />
  )
}

function Arrange({ state, shown, all, hasPlaces }: { state: WorklistState; shown: number; all: number; hasPlaces: boolean }) {
  const { t } = useTranslation('clinician')
  const announced = useRef(state.filter)
  // When the rows are there: a number that is announced while somebody types is that of the letters before.
  useEffect(() => {
    if (announced.current === state.filter) return
    announced.current = state.filter
    announce(t('worklist.shown', { count: shown, all }))
  }, [state.filter, shown, all, t])
  return (
    <div className="worklist__arrange">
      <div className="field">
        <label htmlFor="worklist-filter">{t('worklist.filter')}</label>
        <input
          id="worklist-filter"
          className="field__input worklist__input"
          type="search"
          autoComplete="off"
          spellCheck={false}
          maxLength={60}
          value={state.filter}
          onChange={(event) => arrange({ filter: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor="worklist-order">{t('worklist.order')}</label>
        <select
          id="worklist-order"
          className="field__input worklist__input"
          value={state.order}
          onChange={(event) => arrange({ order: event.target.value as Order })}
        >
          {orders
            .filter((order) => order !== 'place' || hasPlaces)
            .map((order) => (
              <option key={order} value={order}>
                {t(`worklist.orders.${order}`)}
              </option>
            ))}
        </select>
      </div>
      <label className="tick worklist__detailed">
        <input type="checkbox" checked={state.detailed} onChange={(event) => arrange({ detailed: event.target.checked })} />
        <span>{t('worklist.detailed')}</span>
      </label>
      <p className="small worklist__shown">{t('worklist.shown', { count: shown, all })}</p>
    </div>
  )
}
