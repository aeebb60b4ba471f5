/**
 * The state of one prescription (Volven 7408) at an instant, from what is known of it: its M1, recalls (M5) with their answers (M5.2),
 * dispensings (M10, M6) with their cancellations, answers of Direktoratet for medisinske produkter, and what Reseptformidleren stated of it
 * (M9.6). It is a function of the set of facts: the order in which they arrived, and a fact that arrived twice, change nothing.
 *
 * Codes: Volven 7408 (state), 7500 (reason of a recall), 7503 (answer to a recall). The codes are published; which state follows which is
 * not, and is decided here. A statement of Reseptformidleren counts above what follows from older messages, because it is the register.
 */
import { period } from '@helsevev/kernel/values/dates'

/** Volven 7408. */
export type MediatorState = 'E' | 'U' | 'B' | 'A' | 'T' | 'F' | 'R' | 'H' | 'X'

/** Not in Reseptformidleren yet: nobody else can see it. Names of the national format for export of medicines. */
type LocalState = 'M1Pending' | 'M1Failed'

/** Every fact has the instant of its message. */
export type PrescriptionFact =
  /** M1. `isFromHere`: sent by this system, and in Reseptformidleren only when something shows that it arrived. */
  | {
      readonly kind: 'prescription'
      readonly at: Date
      readonly id: string
      /** Utloper: the last day. */
      readonly validUntil?: string
      /** Reiterasjon: repeats after the first dispensing. */
      readonly repeats?: number
      /** Antall: packages of each dispensing. */
      readonly packages?: number
      /** LegemiddelUtenMt: cannot be dispensed before the authority has answered. */
      readonly needsApproval?: boolean
      readonly isFromHere?: boolean
    }
  /** AppRec of an M1 or M5 that was sent from here. */
  | { readonly kind: 'receipt'; readonly at: Date; readonly of: string; readonly accepted: boolean }
  /** M5; `reason` of 7500. */
  | {
      readonly kind: 'recall'
      readonly at: Date
      readonly id: string
      readonly reason: string
      readonly newPrescriptionId?: string
      readonly isFromHere?: boolean
    }
  /** M5.2 that answers the M5 `of`; `status` of 7503. */
  | { readonly kind: 'recall-answer'; readonly at: Date; readonly of: string; readonly status: string }
  /** A pharmacy has fetched the prescription, or has put it back without dispensing. */
  | { readonly kind: 'taken' | 'released'; readonly at: Date }
  /** M10 (or M6 that names it). `concluded`: Avsluttet is 1. */
  | { readonly kind: 'dispensing'; readonly at: Date; readonly id: string; readonly packages?: number; readonly concluded?: boolean }
  /** M10 with Annullering; `of` is AnnulleringsId. */
  | { readonly kind: 'cancellation'; readonly at: Date; readonly id: string; readonly of?: string }
  /** The answer to an application for a drug without marketing authorisation (M15). */
  | { readonly kind: 'approval'; readonly at: Date; readonly granted: boolean }
  /** M9.6: what Reseptformidleren stated when it answered. */
  | { readonly kind: 'statement'; readonly at: Date; readonly state: MediatorState; readonly recallReason?: string }

/**
 * How a recall stands. `pending`: made here and not answered. `waiting`: under dispensing, recalled when that ends. `without-effect`:
 * nothing was left to recall. `overruled`: Reseptformidleren stated later that the prescription can be dispensed.
 */
type RecallStanding = 'pending' | 'failed' | 'waiting' | 'done' | 'without-effect' | 'overruled'

export interface PrescriptionState {
  /** `unknown`: nothing is known at this instant. */
  readonly state: MediatorState | LocalState | 'unknown'
  /** The latest recall. */
  readonly recall?: { readonly reason: string; readonly standing: RecallStanding; readonly newPrescriptionId?: string }
  /** M10 that stand, by their ids. */
  readonly dispensings: readonly string[]
  /** M10 that were cancelled. */
  readonly cancelled: readonly string[]
  /** How many dispensings the prescription is for: Reiterasjon and the first. */
  readonly allowed?: number
}

type Fact<K extends PrescriptionFact['kind']> = Extract<PrescriptionFact, { kind: K }>

/** At the same instant, what opens a prescription comes before what ends it, and a statement comes last. */
const kinds: readonly PrescriptionFact['kind'][] = [
  'prescription',
  'receipt',
  'approval',
  'taken',
  'recall',
  'dispensing',
  'cancellation',
  'released',
  'recall-answer',
  'statement',
]

export function prescriptionState(facts: Iterable<PrescriptionFact>, now: Date): PrescriptionState {
  const known = inOrder([...facts].filter(({ at }) => at <= now))
  const chain = new Chain(known)
  for (const fact of known) chain.add(fact)
  chain.passTime(now)
  return chain.result()
}

/** Facts that are equal count once. The order depends on what the facts say alone. */
function inOrder(facts: readonly PrescriptionFact[]): PrescriptionFact[] {
  const keyed = facts.map((fact) => ({ fact, key: JSON.stringify(Object.entries(fact).sort(([one], [other]) => (one < other ? -1 : 1))) }))
  const unique = [...new Map(keyed.map((each) => [each.key, each])).values()]
  return unique
    .sort(
      (one, other) =>
        one.fact.at.getTime() - other.fact.at.getTime() ||
        kinds.indexOf(one.fact.kind) - kinds.indexOf(other.fact.kind) ||
        (one.key < other.key ? -1 : 1),
    )
    .map(({ fact }) => fact)
}

class Chain {
  readonly #answers: ReadonlyMap<string, string>
  readonly #receipts: ReadonlyMap<string, boolean>
  readonly #dispensings = new Map<string, Fact<'dispensing'>>()
  readonly #cancelled = new Set<string>()
  #state: MediatorState | undefined
  #prescription: Fact<'prescription'> | undefined
  #recall: { fact: Fact<'recall'> | undefined; reason: string; standing: RecallStanding } | undefined
  #expiry: Date | undefined
  #isExpired = false
  #hasArrived = false

  constructor(known: readonly PrescriptionFact[]) {
    this.#answers = new Map(known.flatMap((fact) => (fact.kind === 'recall-answer' ? [[fact.of, fact.status] as const] : [])))
    this.#receipts = new Map(known.flatMap((fact) => (fact.kind === 'receipt' ? [[fact.of, fact.accepted] as const] : [])))
  }

  add(fact: PrescriptionFact): void {
    this.passTime(fact.at)
    if (fact.kind === 'prescription') this.#prescribe(fact)
    else if (fact.kind === 'recall') this.#addRecall(fact)
    else if (fact.kind === 'dispensing') this.#dispense(fact)
    else if (fact.kind === 'statement') this.#accept(fact)
    else if (fact.kind === 'cancellation') this.#cancel(fact)
    else if (fact.kind === 'approval' && this.#state === 'B') this.#state = fact.granted ? 'E' : 'A'
    else if (fact.kind === 'taken' && this.#state === 'E') this.#state = 'U'
    else if (fact.kind === 'released' && this.#state === 'U') this.#rest()
  }

  /** Utloper is the last day, in Norway. What a pharmacy has under dispensing expires when that ends. */
  passTime(now: Date): void {
    if (this.#isExpired || this.#expiry === undefined || now < this.#expiry) return
    this.#isExpired = true
    if (this.#state === 'E' || this.#state === 'B') this.#state = 'F'
  }

  #prescribe(fact: Fact<'prescription'>): void {
    if (this.#prescription) return
    this.#prescription = fact
    this.#state ??= fact.needsApproval ? 'B' : 'E'
    this.#expiry = fact.validUntil === undefined ? undefined : period(fact.validUntil)?.end
    this.passTime(fact.at)
  }

  #addRecall(fact: Fact<'recall'>): void {
    const answer = this.#answers.get(fact.id)
    // An answer is of a later try: what was refused once has arrived since.
    const isRefused = answer === undefined && this.#receipts.get(fact.id) === false
    if (answer !== undefined) this.#hasArrived = true
    if (isRefused || (fact.isFromHere && answer === undefined)) {
      this.#recall = { fact, reason: fact.reason, standing: isRefused ? 'failed' : 'pending' }
      return
    }
    const standing = this.#standingOf(answer)
    this.#recall = { fact, reason: fact.reason, standing }
    if (standing === 'done') this.#state = 'T'
    if (standing === 'waiting') this.#state = 'U'
  }

  #standingOf(answer: string | undefined): RecallStanding {
    if (answer === '1') return 'done'
    if (answer === '2') return 'waiting'
    if (this.#state === 'U') return 'waiting'
    const isOpen = this.#state === undefined || this.#state === 'E' || this.#state === 'B'
    return isOpen ? 'done' : 'without-effect'
  }

  #dispense(fact: Fact<'dispensing'>): void {
    this.#hasArrived = true
    if (!this.#dispensings.has(fact.id) || fact.concluded) this.#dispensings.set(fact.id, fact)
    // A pharmacy dispenses after the last day what it had fetched before: it is then used up, or expired.
    if (this.#state === 'E' || this.#state === 'U' || this.#state === 'F') this.#rest()
  }

  #cancel({ of }: Fact<'cancellation'>): void {
    if (of !== undefined) this.#cancelled.add(of)
    if (this.#state === 'R' && !this.#isUsedUp()) this.#rest()
  }

  /** What remains when no pharmacy has it: a recall that waits comes first. */
  #rest(): void {
    const isRecalled = this.#recall?.standing === 'waiting' || this.#recall?.standing === 'without-effect'
    if (this.#recall?.standing === 'waiting' || (isRecalled && !this.#isUsedUp())) {
      this.#state = 'T'
      this.#recall = this.#recall && { ...this.#recall, standing: 'done' }
    } else this.#state = this.#isUsedUp() ? 'R' : this.#isExpired ? 'F' : 'E'
  }

  #accept({ state, recallReason }: Fact<'statement'>): void {
    this.#hasArrived = true
    this.#state = state
    if (state === 'T') this.#recall = { fact: this.#recall?.fact, reason: recallReason ?? this.#recall?.reason ?? '', standing: 'done' }
    else if (state === 'U' && recallReason !== undefined)
      this.#recall = { fact: this.#recall?.fact, reason: recallReason, standing: 'waiting' }
    else if (state !== 'U' && (this.#recall?.standing === 'waiting' || this.#recall?.standing === 'done'))
      this.#recall = { ...this.#recall, standing: state === 'E' || state === 'B' ? 'overruled' : 'without-effect' }
  }

  #standing(): Fact<'dispensing'>[] {
    return [...this.#dispensings.values()].filter(({ id }) => !this.#cancelled.has(id))
  }

  /** All repeats used, or concluded by the pharmacy. Packages are counted where every message states them, so that parts are parts. */
  #isUsedUp(): boolean {
    const standing = this.#standing()
    if (standing.some(({ concluded }) => concluded)) return true
    const allowed = this.#allowed()
    if (allowed === undefined) return false
    const each = this.#prescription?.packages
    const packages = standing.flatMap((one) => one.packages ?? [])
    if (each === undefined || each <= 0 || packages.length < standing.length) return standing.length >= allowed
    // Thousandths: a sum of parts such as 0.1 is exact.
    return packages.reduce((sum, one) => sum + Math.round(one * 1000), 0) >= Math.round(each * allowed * 1000)
  }

  #allowed(): number | undefined {
    const repeats = this.#prescription?.repeats
    return repeats === undefined ? undefined : repeats + 1
  }

  result(): PrescriptionState {
    const allowed = this.#allowed()
    const newId = this.#recall?.fact?.newPrescriptionId
    return {
      state: this.#localState() ?? this.#state ?? 'unknown',
      ...(this.#recall && {
        recall: {
          reason: this.#recall.reason,
          standing: this.#recall.standing,
          ...(newId === undefined ? {} : { newPrescriptionId: newId }),
        },
      }),
      dispensings: this.#standing()
        .map(({ id }) => id)
        .sort(),
      cancelled: [...this.#cancelled].filter((id) => this.#dispensings.has(id)).sort(),
      ...(allowed === undefined ? {} : { allowed }),
    }
  }

  #localState(): LocalState | undefined {
    if (!this.#prescription?.isFromHere || this.#hasArrived) return undefined
    const accepted = this.#receipts.get(this.#prescription.id)
    return accepted === undefined ? 'M1Pending' : accepted ? undefined : 'M1Failed'
  }
}

interface FhirState {
  readonly status: 'active' | 'on-hold' | 'cancelled' | 'completed' | 'entered-in-error' | 'stopped' | 'draft' | 'unknown'
  readonly statusReason?: 'expired'
}

/** MedicationRequest.status of each state. Discontinued (7500 is 2) is stopped; one that is not in Reseptformidleren is a draft. */
const fhirStates: Readonly<Record<PrescriptionState['state'], FhirState>> = {
  E: { status: 'active' },
  U: { status: 'active' },
  B: { status: 'on-hold' },
  A: { status: 'cancelled' },
  T: { status: 'cancelled' },
  F: { status: 'completed', statusReason: 'expired' },
  R: { status: 'completed' },
  H: { status: 'unknown' },
  X: { status: 'entered-in-error' },
  M1Pending: { status: 'draft' },
  M1Failed: { status: 'draft' },
  unknown: { status: 'unknown' },
}

const DISCONTINUED = '2'

export function fhirStateOf({ state, recall }: Pick<PrescriptionState, 'state' | 'recall'>): FhirState {
  return state === 'T' && recall?.reason === DISCONTINUED ? { status: 'stopped' } : fhirStates[state]
}

/** Whether a pharmacy can hand it out, or soon can: what others than the sender may count as a prescription that is open. */
export function isOpen({ state }: Pick<PrescriptionState, 'state'>): boolean {
  return state === 'E' || state === 'U' || state === 'B'
}
