/**
 * The order of the panels. Without a choice of the person's own, what is urgent for the open patient comes first; the order is decided once
 * for each opening, when every panel has answered, and never while somebody is reading the panels. A person may choose an order and a
 * compact view, which this browser keeps for them. docs/decisions/0072-order-of-panels.md
 */
import type { Band } from '@helsevev/clinical/news2/chart'
import type { Picture } from '@helsevev/clinical/news2/picture'
import { ownKey } from '@helsevev/panel/own-key.ts'
import type { Urgency } from '@helsevev/panel/panel.ts'
import { useSyncExternalStore } from 'react'
import { type View, views } from '../panels.client.ts'
import { type PanelState, panelStates, subscribe as subscribeToPanels } from './panel-store.ts'
import { pictureIn } from './picture.ts'
import { inOrder, urgentFirst } from './urgent-first.ts'

interface Arrangement {
  views: readonly View[]
  /** Whether the order is the person's own. */
  isOwn: boolean
  compact: boolean
}

const names = { order: 'helsevev-panels', compact: 'helsevev-compact' } as const

/** The order for the open patient, once it is decided. */
let urgent: readonly View[] | undefined
let current: { key: string; arrangement: Arrangement } | undefined
const listeners = new Set<() => void>()

/** Chart 4 of the Royal College of Physicians 2017: what an urgent response is due for, and an emergency response. */
const ofBand: Record<Band, Urgency> = { 'band-0': 0, 'band-1-4': 0, 'single-3': 2, 'band-5-6': 2, 'band-7': 3 }

/** NEWS2 and home monitoring by the one picture of all services; the others by what they say of themselves. */
function urgencyOf({ service, urgency }: View, state: PanelState | undefined, { current: reading, old, exceeded }: Picture): Urgency {
  if (service === 'news2') return reading?.band && !old ? ofBand[reading.band] : 0
  if (service === 'home-monitoring') return exceeded.length > 0 ? 2 : 0
  const data = state?.answer?.data
  return data === undefined || !urgency ? 0 : urgency(data)
}

function decide(): void {
  const states = panelStates()
  const before = urgent
  if (states.size === 0) urgent = undefined
  else if (!urgent && views.every(({ service }) => isAnswered(states.get(service)))) {
    const picture = pictureIn(states, new Date())
    const isRead = document.activeElement?.closest('.panels') || window.scrollY > 0
    urgent = isRead ? views : urgentFirst(views, (view) => urgencyOf(view, states.get(view.service), picture))
  }
  if (urgent !== before) tell()
}

const isAnswered = (state: PanelState | undefined) => state !== undefined && (state.answer !== undefined || !state.loading)

function tell(): void {
  current = undefined
  for (const listener of listeners) listener()
}

subscribeToPanels(decide)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function arrangement(): Arrangement {
  const key = ownKey('')
  if (current?.key === key) return current.arrangement
  const own = stored(names.order)?.split(' ').filter(Boolean) ?? []
  const made = {
    views: own.length > 0 ? inOrder(views, own) : (urgent ?? views),
    isOwn: own.length > 0,
    compact: stored(names.compact) !== undefined,
  }
  current = { key, arrangement: made }
  return made
}

export function useArrangement(): Arrangement {
  return useSyncExternalStore(subscribe, arrangement)
}

/** Keeps an order of services as the person's own; none gives back the urgent ones first. Returns whether the browser keeps it. */
export function keepOrder(services: readonly string[]): boolean {
  return keep(names.order, services.join(' '))
}

export function keepCompact(compact: boolean): boolean {
  return keep(names.compact, compact ? 'yes' : '')
}

function keep(name: string, value: string): boolean {
  try {
    if (value === '') window.localStorage.removeItem(ownKey(name))
    else window.localStorage.setItem(ownKey(name), value)
    tell()
    return true
  } catch {
    return false
  }
}

function stored(name: string): string | undefined {
  try {
    return window.localStorage.getItem(ownKey(name)) ?? undefined
  } catch {
    return undefined
  }
}
