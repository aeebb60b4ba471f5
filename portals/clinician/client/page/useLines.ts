/** The services' answers as lines: for the timeline, comparisons and copies. */

import { useServiceName } from '@helsevev/portal/client/service-names.ts'
import { useCallback, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { type View, views } from '../../panels.client.ts'
import { type PanelState, panelStates, subscribe } from '../panel-store.ts'
import { type Gap, gapOf } from './gaps.ts'
import type { Entry } from './lines.ts'

export function usePanelStates(): (service: string) => PanelState {
  const states = useSyncExternalStore(subscribe, panelStates)
  return useCallback((service) => states.get(service) ?? { loading: true }, [states])
}

/**
 * Every event of every service that has answered. A service whose data cannot be read leaves a gap, and hides no other service's events.
 */
export function useTimeline(): { entries: Entry[]; gaps: { view: View; gap: Gap }[] } {
  const stateOf = usePanelStates()
  const nameOf = useServiceName()
  const { i18n } = useTranslation()
  const found = views.map((view) => {
    const { service, timeline } = view
    const state = stateOf(service)
    const gap = gapOf(state)
    if (state.answer?.data === undefined || !timeline) return { view, gap, entries: [] }
    try {
      const entries = timeline(state.answer.data, i18n).map((line): Entry => ({ ...line, service, serviceName: nameOf(service) }))
      return { view, gap, entries }
    } catch {
      return { view, gap: 'failed' as const, entries: [] }
    }
  })
  return {
    entries: found.flatMap(({ entries }) => entries),
    gaps: found.flatMap(({ view, gap }) => (gap ? [{ view, gap }] : [])),
  }
}
