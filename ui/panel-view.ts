/** Drawing a panel without knowing its data: a portal hands over, unread, what the loader of the same service gave. */
import type { i18n } from 'i18next'
import { createElement, type ReactNode } from 'react'
import { type Language, languageOf } from './format.ts'
import type { DataStatus, InList, Line, NewEntry, PanelView, Snapshot } from './panel.ts'
import type { Namespace, TextTable, Wording } from './texts.ts'

export interface View {
  service: string
  /** What the service is called. */
  names: Readonly<Record<Language, string>>
  /** The heading of the panel: the name of the service, or plainer words. */
  titles: Readonly<Record<Language, string>>
  namespace: Namespace
  texts: TextTable
  draw: (status: DataStatus, data: unknown, since?: string) => ReactNode
  /** What nobody may miss, above all panels. */
  drawBanner?: (status: DataStatus, data: unknown) => ReactNode
  /** A mark beside the patient's name. */
  drawSignal?: (status: DataStatus, data: unknown) => ReactNode
  /** What a list of patients shows of the service's signal. */
  inList?: InList
  /** What came after that moment. */
  newIn?: (data: unknown, since: string, i18n: i18n) => NewEntry[]
  timeline?: (data: unknown, i18n: i18n) => Line[]
  snapshot?: (data: unknown, at: Date, i18n: i18n) => Snapshot
  isPartial?: (data: unknown) => boolean
  /** What is shown of the past is asked for at that moment. */
  hasVersions: boolean
}

export function viewOf<Data, Name extends Namespace>(panel: PanelView<Data, Name>): View {
  const { service, namespace, Panel, Banner, Signal, newIn, timeline, snapshot, isPartial, hasVersions = false, inList } = panel
  const texts: TextTable = panel.texts
  const words = (i18n: i18n): Wording<Name> => {
    const language = languageOf(i18n.language)
    return { t: i18n.getFixedT(language, namespace), language }
  }
  return {
    service: service.id,
    names: service.names,
    titles: texts['title'] ? { nb: texts['title'][0], nn: texts['title'][1], en: texts['title'][2] } : service.names,
    namespace,
    texts,
    hasVersions,
    draw: (status, data, since) => createElement(Panel, { status, data: data as Data, since }),
    ...(Banner ? { drawBanner: (status: DataStatus, data: unknown) => createElement(Banner, { status, data: data as Data }) } : {}),
    ...(Signal ? { drawSignal: (status: DataStatus, data: unknown) => createElement(Signal, { status, data: data as Data }) } : {}),
    ...(inList ? { inList } : {}),
    ...(newIn ? { newIn: (data: unknown, since: string, i18n: i18n) => newIn(data as Data, since, words(i18n)) } : {}),
    ...(timeline ? { timeline: (data: unknown, i18n: i18n) => timeline(data as Data, words(i18n)) } : {}),
    ...(snapshot ? { snapshot: (data: unknown, at: Date, i18n: i18n) => snapshot(data as Data, at, words(i18n)) } : {}),
    ...(isPartial ? { isPartial: (data: unknown) => isPartial(data as Data) } : {}),
  }
}
