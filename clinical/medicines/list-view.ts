/**
 * One list of a patient from its sources, in the published order of e-prescription: the latest list (M25.1), then open prescriptions, then
 * dispensings. Lines that a pharmacy proposes in an M25.2 newer than the list stand with it (rule 9 of M25). The view is a function of the
 * set of pieces: neither the order in which they arrived nor the system that wrote them changes it. Where a line and its prescription
 * disagree (rule 8 of M25), both are shown and neither is chosen.
 */
import type { PrescribedDrug } from '../e-prescription/messages/prescription.ts'
import { type Difference, drugDifferences } from './content.ts'
import { type HandledWarning, type Medication, medicationOf } from './duplicates.ts'
import { type LineState, lineState } from './line-state.ts'
import type { Line } from './list-line.ts'
import { isOpen, type PrescriptionFact, type PrescriptionState, prescriptionState } from './prescription-state.ts'

type PrescriptionWritten = Extract<PrescriptionFact, { kind: 'prescription' }>

export type Piece =
  /** M25.1 or M25.2. `at` is GenDate, `id` MsgId, `by` the sender. */
  | {
      readonly kind: 'list'
      readonly type: 'M25.1' | 'M25.2'
      readonly id: string
      readonly at: Date
      readonly by?: string
      readonly lines: readonly Line[]
      readonly handled?: readonly HandledWarning[]
    }
  /** M1, or what is known of one without its content. */
  | { readonly kind: 'prescription'; readonly fact: PrescriptionWritten; readonly drug?: PrescribedDrug; readonly isLocked?: boolean }
  /** Anything that happened to a prescription. A dispensing also has what was handed out, and on which day. */
  | {
      readonly kind: 'event'
      readonly prescriptionId: string
      readonly fact: Exclude<PrescriptionFact, PrescriptionWritten>
      readonly drug?: PrescribedDrug
      readonly handedOver?: string
    }
  /** Fornying of M9.6. */
  | { readonly kind: 'renewal'; readonly at: Date; readonly previousId: string; readonly newId: string }
  /** A source that was asked: when, what failed, and whether it has locked prescriptions that it does not show. */
  | { readonly kind: 'retrieval'; readonly source: string; readonly at: Date; readonly error?: string; readonly hasLocked?: boolean }

interface Dispensed {
  /** MsgId of the M10. */
  readonly id: string
  readonly at: Date
  readonly handedOver?: string
  readonly drug?: PrescribedDrug
  readonly isCancelled: boolean
}

interface ChainLink {
  readonly prescriptionId: string
  /** Locked, and not opened with its reference number: nothing more is shown of it. */
  readonly isLocked: boolean
  readonly at?: Date
  readonly drug?: PrescribedDrug
  readonly prescription?: PrescriptionState
  readonly dispensings: readonly Dispensed[]
  /** ReseptId of the one that it renews. */
  readonly renews?: string
}

interface LineSource {
  readonly source: 'M25.1' | 'M25.2' | 'M1' | 'M10'
  readonly id: string
  readonly at: Date
}

export interface Entry {
  /** Absent for a prescription, or a dispensing, without a line. */
  readonly line?: Line
  readonly state: LineState
  /** Proposed by the pharmacy, and not taken into the list yet. */
  readonly isProposed: boolean
  /** The prescriptions of it, the newest first. */
  readonly chain: readonly ChainLink[]
  readonly sources: readonly LineSource[]
  /** Elements in which the line differs from its prescription. */
  readonly differences: readonly Difference[]
}

export interface ListView {
  readonly list?: { readonly id: string; readonly at: Date; readonly by?: string }
  readonly entries: readonly Entry[]
  /** Some are not shown. */
  readonly hasLocked: boolean
  /** The newest open prescription that the list does not know and is newer than the list. */
  readonly newerPrescription?: { readonly id: string; readonly at: Date }
  /** VarselHandtert in the list. */
  readonly handled: readonly HandledWarning[]
  readonly retrievals: readonly { readonly source: string; readonly at: Date; readonly error?: string }[]
}

export interface ViewOptions {
  /** ReseptId of locked prescriptions that were opened with their reference numbers. */
  readonly opened?: ReadonlySet<string>
  /** Also prescriptions that have not reached Reseptformidleren: for the system that sent them. */
  readonly withUnsent?: boolean
}

export function listView(pieces: Iterable<Piece>, now: Date, options: ViewOptions = {}): ListView {
  const known = ordered([...pieces].filter((piece) => timeOf(piece) <= now))
  const records = new Records(known, now, options)
  const list = latest(known, 'M25.1')
  const proposed = latest(known, 'M25.2')
  const isNewer = proposed !== undefined && (list === undefined || proposed.at > list.at)
  const inList = (list?.lines ?? []).map((line) => records.entryOf(line, list, false))
  const added = (isNewer ? proposed.lines : []).filter(({ id }) => !list?.lines.some((line) => line.id === id))
  const entries = [...inList, ...added.map((line) => records.entryOf(line, proposed, true))]
  const alone = records.withoutLine(new Set(entries.flatMap(({ chain }) => chain.map(({ prescriptionId }) => prescriptionId))))
  const newer = list && records.newestAfter(list)
  return {
    ...(list && { list: { id: list.id, at: list.at, ...(list.by !== undefined && { by: list.by }) } }),
    entries: [...entries.filter(({ state }) => state !== 'gone'), ...alone],
    hasLocked: records.hasLocked || retrievalsOf(known).some(({ hasLocked }) => hasLocked),
    ...(newer && { newerPrescription: newer }),
    handled: list?.handled ?? [],
    retrievals: retrievalsOf(known).map(({ source, at, error }) => ({ source, at, ...(error !== undefined && { error }) })),
  }
}

/** The entries as treatments, among which double prescriptions are sought. What is no longer to be used by its state stays out there. */
export function medicationsOf({ entries }: Pick<ListView, 'entries'>, now: Date): Medication[] {
  return entries.flatMap(({ line, state, chain }) => {
    const prescriptionIds = chain.map(({ prescriptionId }) => prescriptionId)
    if (line) return [{ ...medicationOf(line, now), prescriptionIds }]
    const open = chain.find(({ prescription }) => prescription && isOpen(prescription))
    return open?.drug ? [{ prescriptionIds, drug: open.drug, state }] : []
  })
}

type ListPiece = Extract<Piece, { kind: 'list' }>
type EventPiece = Extract<Piece, { kind: 'event' }>
type PrescriptionPiece = Extract<Piece, { kind: 'prescription' }>

class Records {
  readonly #now: Date
  readonly #options: ViewOptions
  readonly #prescriptions = new Map<string, PrescriptionPiece[]>()
  readonly #events = new Map<string, EventPiece[]>()
  /** Each ReseptId with those that it renews. */
  readonly #renews = new Map<string, string[]>()
  /** Every ReseptId that a line has had in any list. */
  readonly #ofLines = new Map<string, Set<string>>()

  constructor(known: readonly Piece[], now: Date, options: ViewOptions) {
    this.#now = now
    this.#options = options
    for (const piece of known) {
      if (piece.kind === 'prescription') append(this.#prescriptions, piece.fact.id, piece)
      else if (piece.kind === 'event') this.#addEvent(piece)
      else if (piece.kind === 'renewal') append(this.#renews, piece.newId, piece.previousId)
      else if (piece.kind === 'list') for (const line of piece.lines) this.#addLine(line)
    }
  }

  get hasLocked(): boolean {
    return [...this.#prescriptions.keys()].some((id) => this.#isLocked(id))
  }

  entryOf(line: Line, list: ListPiece | undefined, isProposed: boolean): Entry {
    const chain = this.#chainOf(new Set([...(this.#ofLines.get(line.id) ?? []), ...(line.prescriptionId ? [line.prescriptionId] : [])]))
    const own = chain.find(({ prescriptionId }) => prescriptionId === line.prescriptionId)
    return {
      line,
      state: lineState(line, this.#now),
      isProposed,
      chain,
      sources: [...(list ? [{ source: list.type, id: list.id, at: list.at }] : []), ...sourcesOf(chain)],
      differences: own?.drug && line.drug ? drugDifferences(own.drug, line.drug) : [],
    }
  }

  /** Open prescriptions that are in no line, by their age, and then what was dispensed on prescriptions that nothing else is known of. */
  withoutLine(shown: ReadonlySet<string>): Entry[] {
    const ids = [...new Set([...this.#prescriptions.keys(), ...this.#events.keys()])].filter((id) => !shown.has(id) && !this.#isLocked(id))
    const heads = ids.filter((id) => !ids.some((next) => this.#renews.get(next)?.includes(id)))
    const chains = heads.map((id) => this.#chainOf(new Set([id]))).filter((chain) => this.#isShownAlone(chain[0]))
    return chains
      .map((chain): Entry => ({ state: 'active', isProposed: false, chain, sources: sourcesOf(chain), differences: [] }))
      .toSorted((one, other) => rankOf(one) - rankOf(other))
  }

  newestAfter(list: ListPiece): { id: string; at: Date } | undefined {
    const inList = new Set(list.lines.map(({ prescriptionId }) => prescriptionId))
    const ids = [...this.#prescriptions.keys()].filter((id) => !inList.has(id) && !this.#isLocked(id) && isOpen(this.#stateOf(id)))
    const written = ids.flatMap((id) => this.#prescriptions.get(id)?.slice(0, 1) ?? []).filter(({ fact }) => fact.at > list.at)
    const newest = written.toSorted((one, other) => other.fact.at.getTime() - one.fact.at.getTime())[0]
    return newest && { id: newest.fact.id, at: newest.fact.at }
  }

  #addEvent(piece: EventPiece): void {
    append(this.#events, piece.prescriptionId, piece)
    if (piece.fact.kind !== 'recall' || piece.fact.newPrescriptionId === undefined) return
    append(this.#renews, piece.fact.newPrescriptionId, piece.prescriptionId)
  }

  #addLine({ id, prescriptionId }: Line): void {
    if (prescriptionId === undefined) return
    this.#ofLines.set(id, new Set([...(this.#ofLines.get(id) ?? []), prescriptionId]))
  }

  #isLocked(id: string): boolean {
    return this.#prescriptions.get(id)?.some(({ isLocked }) => isLocked) === true && !this.#options.opened?.has(id)
  }

  #stateOf(id: string): PrescriptionState {
    const written = this.#prescriptions.get(id)?.map(({ fact }) => fact) ?? []
    return prescriptionState([...written, ...(this.#events.get(id) ?? []).map(({ fact }) => fact)], this.#now)
  }

  #isShownAlone(head: ChainLink | undefined): boolean {
    if (!head?.prescription) return false
    const { state } = head.prescription
    if (state === 'M1Pending' || state === 'M1Failed') return this.#options.withUnsent === true
    const isKnown = this.#prescriptions.has(head.prescriptionId)
    return isKnown ? isOpen(head.prescription) : head.dispensings.some(({ isCancelled }) => !isCancelled)
  }

  /** With all that were renewed into them, and that they were renewed into; the newest first. */
  #chainOf(ids: Set<string>): ChainLink[] {
    let size = 0
    while (size < ids.size) {
      size = ids.size
      for (const [next, earlier] of this.#renews) {
        if (earlier.some((id) => ids.has(id))) ids.add(next)
        if (ids.has(next)) for (const id of earlier) ids.add(id)
      }
    }
    const links = [...ids].sort().map((id) => this.#linkOf(id))
    const depth = (id: string, seen: readonly string[] = []): number =>
      seen.includes(id) ? 0 : Math.max(0, ...(this.#renews.get(id) ?? []).map((previous) => 1 + depth(previous, [...seen, id])))
    return links.sort(
      (one, other) => depth(other.prescriptionId) - depth(one.prescriptionId) || (other.at?.getTime() ?? 0) - (one.at?.getTime() ?? 0),
    )
  }

  #linkOf(id: string): ChainLink {
    const renews = this.#renews.get(id)?.at(-1)
    if (this.#isLocked(id)) return { prescriptionId: id, isLocked: true, dispensings: [] }
    const written = this.#prescriptions.get(id) ?? []
    const drug = written.find((piece) => piece.drug)?.drug
    const prescription = this.#stateOf(id)
    return {
      prescriptionId: id,
      isLocked: false,
      ...(written[0] && { at: written[0].fact.at }),
      ...(drug && { drug }),
      ...(prescription.state !== 'unknown' || prescription.dispensings.length > 0 ? { prescription } : {}),
      dispensings: this.#dispensedOf(id, new Set(prescription.cancelled)),
      ...(renews !== undefined && { renews }),
    }
  }

  #dispensedOf(id: string, cancelled: ReadonlySet<string>): Dispensed[] {
    const found = new Map<string, Dispensed>()
    for (const { fact, drug, handedOver } of this.#events.get(id) ?? []) {
      if (fact.kind !== 'dispensing' || found.has(fact.id)) continue
      const content = { ...(handedOver !== undefined && { handedOver }), ...(drug && { drug }) }
      found.set(fact.id, { id: fact.id, at: fact.at, ...content, isCancelled: cancelled.has(fact.id) })
    }
    return [...found.values()].reverse()
  }
}

function rankOf({ chain: [head] }: Entry): number {
  return head?.at ? 0 : 1
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  map.set(key, [...(map.get(key) ?? []), value])
}

function sourcesOf(chain: readonly ChainLink[]): LineSource[] {
  return chain.flatMap(({ prescriptionId, at, dispensings }) => [
    ...(at ? [{ source: 'M1' as const, id: prescriptionId, at }] : []),
    ...dispensings.filter(({ isCancelled }) => !isCancelled).map((one) => ({ source: 'M10' as const, id: one.id, at: one.at })),
  ])
}

function latest(known: readonly Piece[], type: ListPiece['type']): ListPiece | undefined {
  return known.findLast((piece): piece is ListPiece => piece.kind === 'list' && piece.type === type)
}

/** The latest of each source. */
function retrievalsOf(known: readonly Piece[]): Extract<Piece, { kind: 'retrieval' }>[] {
  const all = known.flatMap((piece) => (piece.kind === 'retrieval' ? [piece] : []))
  return all.filter(({ source }, at) => all.findLastIndex((one) => one.source === source) === at)
}

function timeOf(piece: Piece): Date {
  return piece.kind === 'prescription' || piece.kind === 'event' ? piece.fact.at : piece.at
}

/** By time, and at one time by what the pieces say. */
function ordered(pieces: readonly Piece[]): Piece[] {
  const keys = new Map<Piece, string>()
  const keyOf = (piece: Piece) => {
    const key = keys.get(piece) ?? JSON.stringify(piece, inOrderOfNames)
    keys.set(piece, key)
    return key
  }
  return pieces.toSorted((one, other) => {
    const difference = timeOf(one).getTime() - timeOf(other).getTime()
    if (difference !== 0 || one === other) return difference
    return keyOf(one) < keyOf(other) ? -1 : keyOf(one) === keyOf(other) ? 0 : 1
  })
}

/** The same text for the same content, in whatever order its members were set. */
function inOrderOfNames(_: string, value: unknown): unknown {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isRecord ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) : value
}
