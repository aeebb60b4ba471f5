/** Drawing a panel without knowing its data: a portal hands over, unread, what the loader of the same service gave. */
import { createElement, type ReactNode } from 'react'
import type { DataStatus, Line, NewEntry, PanelView, Snapshot, Wording, Words } from './panel.ts'

export interface View {
  service: string
  texts: PanelView<never>['texts']
  draw: (status: DataStatus, data: unknown, since?: string) => ReactNode
  /** What nobody may miss, above all panels. */
  drawBanner?: (status: DataStatus, data: unknown) => ReactNode
  /** A mark beside the patient's name. */
  drawSignal?: (status: DataStatus, data: unknown) => ReactNode
  /** What a list of patients shows of the service's signal. */
  inList?: PanelView<never>['inList']
  /** What came after that moment. */
  newIn?: (data: unknown, since: string, t: Words) => NewEntry[]
  timeline?: (data: unknown, words: Wording) => Line[]
  snapshot?: (data: unknown, at: Date, words: Wording) => Snapshot
  isPartial?: (data: unknown) => boolean
  /** What is shown of the past is asked for at that moment. */
  hasVersions: boolean
}

export function viewOf<Data>(panel: PanelView<Data>): View {
  const { service, texts, Panel, Banner, Signal, newIn, timeline, snapshot, isPartial, hasVersions = false, inList } = panel
  return {
    service,
    texts,
    hasVersions,
    draw: (status, data, since) => createElement(Panel, { status, data: data as Data, since }),
    ...(Banner ? { drawBanner: (status: DataStatus, data: unknown) => createElement(Banner, { status, data: data as Data }) } : {}),
    ...(Signal ? { drawSignal: (status: DataStatus, data: unknown) => createElement(Signal, { status, data: data as Data }) } : {}),
    ...(inList ? { inList } : {}),
    ...(newIn ? { newIn: (data: unknown, since: string, t: Words) => newIn(data as Data, since, t) } : {}),
    ...(timeline ? { timeline: (data: unknown, words: Wording) => timeline(data as Data, words) } : {}),
    ...(snapshot ? { snapshot: (data: unknown, at: Date, words: Wording) => snapshot(data as Data, at, words) } : {}),
    ...(isPartial ? { isPartial: (data: unknown) => isPartial(data as Data) } : {}),
  }
}
