/** What the services have answered, as lines: for the timeline, comparisons and copies. */
import { languageOf } from '@helsevev/ui/format.ts'
import type { Wording } from '@helsevev/ui/panel.ts'
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

/** The words of each service, in the language of the screen. */
export function useWordsOf(): (service: string) => Wording {
  const { i18n } = useTranslation()
  return useCallback(
    (service) => {
      const t = i18n.getFixedT(i18n.language, service)
      return { t: (key: string, values?: Record<string, unknown>) => t(key, { ...values }), language: languageOf(i18n.language) }
    },
    [i18n, i18n.language],
  )
}

/** Every event of every service that has answered. A service whose data it cannot read leaves a gap and hides no other's. */
export function useTimeline(): { entries: Entry[]; gaps: { view: View; gap: Gap }[] } {
  const stateOf = usePanelStates()
  const wordsOf = useWordsOf()
  const found = views.map((view) => {
    const { service, timeline } = view
    const state = stateOf(service)
    const gap = gapOf(view, state)
    if (!state.answer || !timeline) return { view, gap, entries: [] }
    const words = wordsOf(service)
    try {
      const entries = timeline(state.answer.data, words).map((line): Entry => ({ ...line, service, serviceName: words.t('title') }))
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
