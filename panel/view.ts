/**
 * A view of a service: what it draws when there is data. The frame draws failures, staleness and the kinds of nothing, in the words of the
 * view where it has its own. A portal passes on, unread, the result of the loader of the same service.
 */
import { type Language, languageOf } from '@helsevev/ui/format.ts'
import type { Namespace, Namespaces, TextTable, Wording } from '@helsevev/ui/texts.ts'
import type { i18n } from 'i18next'
import { type ComponentType, createElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FrameWords, Line, NewEntry, ServiceIdentity, Snapshot, Urgency } from './panel.ts'

/** A kind that the data of a service divide into. */
interface Kind<Summary> {
  id: string
  names: Readonly<Record<Language, string>>
  /** How much there is of it and how new, in a line; undefined when there is none. */
  summary: Summary
}

interface Definition<Data, Name extends Namespace> {
  service: ServiceIdentity
  namespace: Name
  texts: Namespaces[Name] & FrameWords
  /**
   * Draws the data, or the latest data before there was none. `since`: the reader's last visit, where the portal knows it (ISO 8601); what
   * came later is marked as new. `kind`: the id of the only kind to draw.
   */
  Some: ComponentType<{ data: Data; since?: string | undefined; kind?: string | undefined }>
  /** In the order to read them: a portal can give each a page of its own. */
  kinds?: readonly Kind<(data: Data, words: Wording<Name>) => string | undefined>[]
  /** What a reader asks first, in a line or two, above all panels; the frame draws the kinds of nothing in its place. */
  Answer?: ComponentType<{ data: Data }>
  /** What came after that moment, by the id that the panel shows it under. */
  newIn?: (data: Data, since: string, words: Wording<Name>) => NewEntry[]
  /** The lines for the timeline, in any order. */
  timeline?: (data: Data, words: Wording<Name>) => Line[]
  /** What was valid at a moment. The snapshot of the present is also what a copy of the panel contains. */
  snapshot?: (data: Data, at: Date, words: Wording<Name>) => Snapshot
  /** How urgent the data is: what must be acted on comes first on the page of a patient. */
  urgency?: (data: Data) => Urgency
  /** The data with its numbers as the language writes them, for a loader that has put them in texts; applied before all that is above. */
  inLanguage?: (data: Data, language: Language) => Data
  /** Whether the loader has `fetchAt`: a snapshot of the past is then made from data requested for that moment. */
  hasVersions?: boolean
}

/** The same without the type of the data, for the portals. */
export interface View {
  service: ServiceIdentity['id']
  names: ServiceIdentity['names']
  /** The heading of the panel: the name of the service, or plainer words. */
  titles: Readonly<Record<Language, string>>
  namespace: Namespace
  texts: TextTable & FrameWords
  draw: (data: unknown, since?: string, kind?: string) => ReactNode
  kinds: readonly Kind<(data: unknown, i18n: i18n) => string | undefined>[]
  drawAnswer?: (data: unknown) => ReactNode
  newIn?: (data: unknown, since: string, i18n: i18n) => NewEntry[]
  timeline?: (data: unknown, i18n: i18n) => Line[]
  snapshot?: (data: unknown, at: Date, i18n: i18n) => Snapshot
  urgency?: (data: unknown) => Urgency
  hasVersions: boolean
}

export function defineView<Data, Name extends Namespace>(definition: Definition<Data, Name>): View {
  const { service, namespace, Answer, newIn, timeline, snapshot, urgency, kinds = [], hasVersions = false } = definition
  const shown = dataInLanguage(definition.inLanguage)
  const texts: TextTable & FrameWords = definition.texts
  const words = (i18n: i18n): Wording<Name> => {
    const language = languageOf(i18n.language)
    return { t: i18n.getFixedT(language, namespace), language }
  }
  const Some = ({ data, ...rest }: { data: unknown; since?: string | undefined; kind?: string | undefined }) => {
    const { i18n } = useTranslation(namespace)
    return createElement(definition.Some, { data: shown(data, i18n), ...rest })
  }
  const ShownAnswer = ({ data }: { data: unknown }) => {
    const { i18n } = useTranslation(namespace)
    return Answer ? createElement(Answer, { data: shown(data, i18n) }) : null
  }
  return {
    service: service.id,
    names: service.names,
    titles: texts.title ? { nb: texts.title[0], nn: texts.title[1], en: texts.title[2] } : service.names,
    namespace,
    texts,
    hasVersions,
    draw: (data, since, kind) => createElement(Some, { data, since, kind }),
    kinds: kinds.map(({ summary, ...kind }) => ({
      ...kind,
      summary: (data: unknown, i18n: i18n) => summary(shown(data, i18n), words(i18n)),
    })),
    ...(Answer ? { drawAnswer: (data: unknown) => createElement(ShownAnswer, { data }) } : {}),
    ...(newIn ? { newIn: (data: unknown, since: string, i18n: i18n) => newIn(shown(data, i18n), since, words(i18n)) } : {}),
    ...(timeline ? { timeline: (data: unknown, i18n: i18n) => timeline(shown(data, i18n), words(i18n)) } : {}),
    ...(urgency ? { urgency: (data: unknown) => urgency(data as Data) } : {}),
    ...(snapshot ? { snapshot: (data: unknown, at: Date, i18n: i18n) => snapshot(shown(data, i18n), at, words(i18n)) } : {}),
  }
}

/** Made once for each data and language, so that what was chosen among it is still found in it. */
function dataInLanguage<Data>(inLanguage: Definition<Data, Namespace>['inLanguage']): (data: unknown, i18n: i18n) => Data {
  const made = new WeakMap<object, Map<Language, Data>>()
  return (data, i18n) => {
    if (!inLanguage || typeof data !== 'object' || data === null) return data as Data
    const language = languageOf(i18n.language)
    const known = made.get(data) ?? new Map<Language, Data>()
    made.set(data, known)
    const shown = known.get(language) ?? inLanguage(data as Data, language)
    known.set(language, shown)
    return shown
  }
}
