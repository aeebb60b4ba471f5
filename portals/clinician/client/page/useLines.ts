/** The services' answers as lines: for the timeline, comparisons and copies. */

import type { Change } from '@helsevev/panel/panel.ts'
import { useServiceName } from '@helsevev/portal/client/service-names.ts'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { type View, views } from '../../panels.client.ts'
import { type PanelState, panelStates, subscribe } from '../panel-store.ts'
import { shownData } from '../picture.ts'
import { fetchChanges, isProblem, type Shown } from '../server.ts'
import { type Gap, gapOf } from './gaps.ts'
import { type Changed, changedLines, type Entry } from './lines.ts'

export function usePanelStates(): (service: string) => PanelState {
  const states = useSyncExternalStore(subscribe, panelStates)
  return useCallback((service) => states.get(service) ?? { loading: true }, [states])
}

/** The data of a service as its panel shows it. */
export function useShownData(): (service: string) => unknown {
  const states = useSyncExternalStore(subscribe, panelStates)
  return useCallback((service) => shownData(service, states), [states])
}

/** What changed in each service that changes its records in place, since it was asked for; `failed` when the answer did not come. */
type Changes = ReadonlyMap<string, readonly Change[] | 'failed'>

/** Asks when the timeline is opened, and again when the page has fetched the service again. */
export function useChanges(shown: Shown): Changes {
  const stateOf = usePanelStates()
  const [changes, setChanges] = useState<Changes>(new Map())
  const { opening, access } = shown
  // The services that have data, with when it was fetched.
  const asked = views
    .filter(({ service, hasVersions }) => hasVersions && stateOf(service).answer?.data !== undefined)
    .map(({ service }) => `${service} ${stateOf(service).answer?.fetched}`)
    .join()
  useEffect(() => {
    let isOver = false
    for (const one of asked.split(',').filter(Boolean)) {
      const [service = ''] = one.split(' ')
      void fetchChanges(service, { opening, access }).then((answer) => {
        if (isOver) return
        const found = !isProblem(answer) && answer.access === access ? answer.changes : 'failed'
        setChanges((before) => new Map(before).set(service, found))
      })
    }
    return () => {
      isOver = true
    }
  }, [asked, opening, access])
  return changes
}

/**
 * Every event of every service that has answered. A service whose data cannot be read leaves a gap, and hides no other service's events.
 */
export function useTimeline(changes: Changes): { entries: Entry[]; gaps: { view: View; gap: Gap }[] } {
  const stateOf = usePanelStates()
  const dataOf = useShownData()
  const nameOf = useServiceName()
  const { t, i18n } = useTranslation('clinician')
  const found = views.map((view) => {
    const { service, timeline, snapshot, hasVersions } = view
    const state = stateOf(service)
    const gap = gapOf(state)
    const data = dataOf(service)
    if (data === undefined || !timeline) return { view, gap, entries: [] }
    try {
      const own = timeline(data, i18n)
      const known = hasVersions ? changes.get(service) : []
      const entryOf = (line: Changed): Entry => ({ ...line, service, serviceName: nameOf(service) })
      if (!Array.isArray(known) || !snapshot)
        return { view, gap: gap ?? (known === 'failed' ? ('changes' as const) : undefined), entries: own.map(entryOf) }
      const changed = changedLines(known, (then, at) => snapshot(then, at, i18n).lines, own).map((line) => ({
        ...line,
        kind: t(line.about === 'change' ? 'compare.change.changed' : 'compare.change.ended'),
      }))
      // The history has every change of the service, and its own lines the last of each record.
      const others =
        changed.length > 0 ? own.filter(({ about, key }) => about !== 'change' || !changed.some((one) => one.key === key)) : own
      return { view, gap, entries: [...others, ...changed].map(entryOf) }
    } catch {
      return { view, gap: 'failed' as const, entries: [] }
    }
  })
  return {
    entries: found.flatMap(({ entries }) => entries),
    gaps: found.flatMap(({ view, gap }) => (gap ? [{ view, gap }] : [])),
  }
}
