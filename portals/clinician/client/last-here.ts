/** When the reader's own organisation last registered something about the open patient, before today: what changed since is news to it. */
import { dayInNorway } from '@helsevev/ui/format.ts'
import { useMemo, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { type View, views } from '../panels.client.ts'
import { type PanelState, panelStates, subscribe } from './panel-store.ts'
import { shownData } from './picture.ts'

type Words = Parameters<NonNullable<View['timeline']>>[1]

/** ISO 8601 or a FHIR date; undefined where it has registered nothing that the panels have loaded. */
export function useLastHere(organization: string | undefined): string | undefined {
  const states = useSyncExternalStore(subscribe, panelStates)
  const { i18n } = useTranslation()
  return useMemo(() => (organization === undefined ? undefined : lastIn(states, organization, i18n)), [states, organization, i18n])
}

function lastIn(states: ReadonlyMap<string, PanelState>, organization: string, language: Words): string | undefined {
  const today = dayInNorway(new Date())
  return views
    .flatMap((view) => timesOf(view, states, organization, language))
    .filter((time) => time.length >= 10 && dayInNorway(new Date(time)) < today)
    .sort((one, other) => Date.parse(other) - Date.parse(one))[0]
}

/** A panel whose data cannot be read says so itself. */
function timesOf({ service, timeline }: View, states: ReadonlyMap<string, PanelState>, organization: string, language: Words) {
  const data = shownData(service, states)
  if (data === undefined || !timeline) return []
  try {
    return timeline(data, language).flatMap(({ controller, time }) => (controller.split(', ').includes(organization) ? [time] : []))
  } catch {
    return []
  }
}
