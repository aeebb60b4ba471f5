/**
 * A mediator of prescriptions for tests and sandboxes: what Reseptformidleren does, as far as the messages of record systems and pharmacies
 * show it. Everything is kept in memory, and nothing is checked of who sends. The states are those of list 7408. Which state follows which
 * is not published; what is decided here stands in README.md.
 */
import {
  appRec,
  deletion,
  dispenseReport,
  type Head,
  type Incoming,
  type Listed,
  type OutgoingKind,
  prescriptionsFound,
  readMessage,
  recallAnswer,
} from './messages.ts'
import { childrenOf, codeAt, type Element, find, isTrueAt, textAt, textOf } from './xml.ts'

/** List 7408, as far as the messages here lead to them. */
type State = 'E' | 'U' | 'B' | 'A' | 'T' | 'F' | 'R'
type Role = 'prescriber' | 'pharmacy' | 'general-practitioner'

/** A message that is on its way, or has arrived, at one of the three. */
export interface Delivery {
  /** Whose system has it, and forwards it. */
  at: Role
  kind: OutgoingKind | Incoming['kind']
  text: string
}

interface Handled {
  /** Whether the message had an effect: its receipt is positive, and a system that shares it has something to share. */
  isAccepted: boolean
  /** What the mediator answers and reports. */
  answers: Delivery[]
  /** What record systems and pharmacies now have, in the order in which it was made: the accepted message and its answers. */
  shared: Delivery[]
}

interface Dispensed {
  packages: number | undefined
  concluded: boolean
  isCancelled: boolean
}

interface Prescription {
  m1: Incoming
  state: State
  /** The first instant after its last day. */
  expiry: number
  /** Dispensings, the first and its repeats. */
  allowed: number
  /** Packages of each dispensing; undefined where an amount is stated in their place. */
  packages: number | undefined
  referenceNumber: string | undefined
  isLocked: boolean
  dispensed: Map<string, Dispensed>
  /** The M5 that waits until the pharmacy has finished. */
  waiting: Incoming | undefined
  recall: { reason: string; time: string; next: string | undefined } | undefined
  previous: string | undefined
}

export interface MediatorOptions {
  clock(): Date
  /** Makes MsgIds. */
  id(): string
}

export interface Mediator {
  /** Undefined when it is no message that a mediator takes. */
  receive(text: string): Handled | undefined
  /** A pharmacy fetches the prescription to dispense it, or puts it back. False when its state does not allow that. */
  take(id: string): boolean
  release(id: string): Delivery[] | undefined
  /** The answer to an application for a medicine without marketing authorisation. */
  decide(id: string, isGranted: boolean): boolean
  stateOf(id: string): State | undefined
}

/** Undefined answers and states are those of what is not known. */
export function createMediator(options: MediatorOptions): Mediator {
  return new InMemory(options)
}

class InMemory implements Mediator {
  readonly #prescriptions = new Map<string, Prescription>()
  readonly #handled = new Map<string, Handled>()
  readonly #clock: () => Date
  readonly #newId: () => string

  constructor({ clock, id }: MediatorOptions) {
    this.#clock = clock
    this.#newId = id
  }

  receive(text: string): Handled | undefined {
    const message = readMessage(text)
    if (!message) return undefined
    const key = `${message.kind} ${message.id}`
    // Sent again, it is answered as before and has no further effect.
    const before = this.#handled.get(key)
    if (before) return before
    const done = this.#handle(message)
    this.#handled.set(key, done)
    return done
  }

  #handle(message: Incoming): Handled {
    if (message.kind === 'M1') return this.#prescribe(message)
    if (message.kind === 'M5') return this.#recall(message)
    return message.kind === 'M10' ? this.#dispense(message) : this.#lookUp(message)
  }

  take(id: string): boolean {
    const prescription = this.#known(id)
    if (prescription?.state !== 'E') return false
    prescription.state = 'U'
    return true
  }

  release(id: string): Delivery[] | undefined {
    const prescription = this.#known(id)
    return prescription?.state === 'U' ? this.#rest(prescription) : undefined
  }

  decide(id: string, isGranted: boolean): boolean {
    const prescription = this.#known(id)
    if (prescription?.state !== 'B') return false
    prescription.state = isGranted ? 'E' : 'A'
    return true
  }

  stateOf(id: string): State | undefined {
    return this.#known(id)?.state
  }

  #now(): string {
    return this.#clock().toISOString()
  }

  #head(receiver: Element | undefined, more: Partial<Head> = {}): Head {
    return { id: this.#newId(), time: this.#now(), receiver, ...more }
  }

  #known(id: string | undefined): Prescription | undefined {
    const found = id === undefined ? undefined : this.#prescriptions.get(id)
    // A prescription that a pharmacy has fetched is finished first.
    if (found && (found.state === 'E' || found.state === 'B') && this.#clock().getTime() >= found.expiry) found.state = 'F'
    return found
  }

  #answered(message: Incoming, role: Role, more: Delivery[] = []): Handled {
    const receipt: Delivery = { at: role, kind: 'AppRec', text: appRec(this.#head(message.sender), message) }
    return {
      isAccepted: true,
      answers: [receipt, ...more],
      shared: [{ at: role, kind: message.kind, text: message.text }, receipt, ...more],
    }
  }

  #refused(message: Incoming, role: Role, fault: string): Handled {
    const receipt: Delivery = { at: role, kind: 'AppRec', text: appRec(this.#head(message.sender), message, fault) }
    return { isAccepted: false, answers: [receipt], shared: [] }
  }

  #prescribe(message: Incoming): Handled {
    const { body, id } = message
    const drug = find(body, 'ReseptDokLegemiddel') ?? find(body, 'ReseptDokHandelsvare')
    const lastDay = textAt(body, 'Utloper')?.slice(0, 10)
    const referenceNumber = textAt(body, 'RefNr')
    if (!drug || lastDay === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(lastDay))
      return this.#refused(message, 'prescriber', 'Resepten mangler vare eller Utloper')
    if (message.patient === undefined && referenceNumber === undefined)
      return this.#refused(message, 'prescriber', 'En pasient uten fødselsnummer må ha referansenummer')
    const packages = textAt(drug, 'Antall')
    this.#prescriptions.set(id, {
      m1: message,
      state: find(drug, 'LegemiddelUtenMt') ? 'B' : 'E',
      expiry: Temporal.PlainDate.from(lastDay).add({ days: 1 }).toZonedDateTime('Europe/Oslo').epochMilliseconds,
      allowed: Number(textAt(drug, 'Reiterasjon') ?? 0) + 1,
      packages: packages === undefined ? undefined : Number(packages),
      referenceNumber,
      isLocked: isTrueAt(body, 'LastResept'),
      dispensed: new Map(),
      waiting: undefined,
      recall: undefined,
      previous: [...this.#prescriptions].find(([, { recall }]) => recall?.next === id)?.[0],
    })
    return this.#answered(message, 'prescriber')
  }

  #recall(message: Incoming): Handled {
    const { body, id } = message
    const prescription = this.#known(textAt(body, 'ReseptId'))
    if (!prescription) return this.#refused(message, 'prescriber', 'Resepten finnes ikke')
    const { state } = prescription
    if (state === 'R' || state === 'F' || state === 'A')
      return this.#refused(message, 'prescriber', 'Resepten er avsluttet, og det er ingenting å tilbakekalle')
    const next = textAt(body, 'NyReseptId')
    prescription.recall = { reason: codeAt(body, 'Arsak') ?? '', time: this.#now(), next }
    const following = next === undefined ? undefined : this.#prescriptions.get(next)
    if (following) following.previous = prescription.m1.id
    if (state === 'U') prescription.waiting = message
    else prescription.state = 'T'
    const text = recallAnswer(this.#head(message.sender, { parent: id }), prescription.m1.id, state === 'U' ? '2' : '1')
    return this.#answered(message, 'prescriber', [{ at: 'prescriber', kind: 'M5.2', text }])
  }

  #dispense(message: Incoming): Handled {
    const { body, id, patient } = message
    const dispensing = find(body, 'Utlevering')
    const prescription = this.#known(textAt(dispensing, 'ReseptId'))
    if (!dispensing || !prescription) return this.#refused(message, 'pharmacy', 'Resepten finnes ikke')
    const { m1, state, dispensed } = prescription
    const isCancellation = isTrueAt(dispensing, 'Annullering')
    if (isCancellation) {
      const cancelled = dispensed.get(textAt(dispensing, 'AnnulleringsId') ?? '')
      if (!cancelled || cancelled.isCancelled) return this.#refused(message, 'pharmacy', 'Utleveringen finnes ikke, eller er annullert')
      cancelled.isCancelled = true
      if (state === 'R' && !isUsedUp(prescription)) this.#rest(prescription)
    } else {
      if (state !== 'E' && state !== 'U') return this.#refused(message, 'pharmacy', 'Resepten kan ikke utleveres')
      const packages = textAt(dispensing, 'ReseptDokLegemiddel/Antall') ?? textAt(dispensing, 'ReseptDokHandelsvare/Antall')
      const concluded = codeAt(dispensing, 'Avsluttet') === '1'
      dispensed.set(id, { packages: packages === undefined ? undefined : Number(packages), concluded, isCancelled: false })
    }
    const reports = this.#reportsOf(message, dispensing, m1, patient)
    const ended = isCancellation ? [] : this.#rest(prescription)
    return this.#answered(message, 'pharmacy', [...reports, ...ended])
  }

  /** M6 to who prescribed, and M8 to the general practitioner unless the patient does not want it. */
  #reportsOf({ id, body, sender }: Incoming, dispensing: Element, m1: Incoming, patient: string | undefined): Delivery[] {
    const about = { patient: patient ?? m1.patient }
    const toGeneralPractitioner = !isTrueAt(body, 'ReservasjonRapportFastlege')
    return [
      { at: 'prescriber', kind: 'M6', text: dispenseReport('M6', this.#head(m1.sender, about), dispensing, id) },
      ...(toGeneralPractitioner
        ? [
            {
              at: 'general-practitioner' as const,
              kind: 'M8' as const,
              text: dispenseReport('M8', this.#head(sender, about), dispensing, id),
            },
          ]
        : []),
    ]
  }

  /** What it is when no pharmacy has it: a recall that waits comes first, and is reported by an M7. */
  #rest(prescription: Prescription): Delivery[] {
    const { waiting, m1 } = prescription
    prescription.waiting = undefined
    if (waiting) {
      prescription.state = 'T'
      const text = deletion(this.#head(waiting.sender, { patient: m1.patient, parent: waiting.id }), waiting.text)
      return [{ at: 'prescriber', kind: 'M7', text }]
    }
    prescription.state = isUsedUp(prescription) ? 'R' : this.#clock().getTime() >= prescription.expiry ? 'F' : 'E'
    return []
  }

  #lookUp(message: Incoming): Handled {
    const { body } = message
    const patient = textAt(body, 'Fnr') ?? message.patient
    if (patient === undefined) return this.#refused(message, 'prescriber', 'Oppslaget navngir ingen pasient')
    const numbers = childrenOf(body, 'RefNr').map(textOf)
    const isAll = codeAt(body, 'AlleResepter') === '1'
    const own = [...this.#prescriptions.keys()].flatMap((id) => this.#known(id) ?? []).filter(({ m1 }) => m1.patient === patient)
    const wanted = own.filter(({ state }) => isAll || state === 'E' || state === 'U' || state === 'B')
    const isOpened = ({ isLocked, referenceNumber }: Prescription) =>
      !isLocked || (referenceNumber !== undefined && numbers.includes(referenceNumber))
    const listed = wanted.filter(isOpened).map(listedAs)
    const hasLocked = wanted.some((one) => !isOpened(one))
    const text = prescriptionsFound(this.#head(message.sender, { patient, parent: message.id }), patient, hasLocked, listed)
    const answer: Delivery = { at: 'prescriber', kind: 'M9.6', text }
    return { isAccepted: true, answers: [answer], shared: [answer] }
  }
}

function listedAs({ m1, state, recall, previous }: Prescription): Listed {
  const recalled = recall && { reason: recall.reason, time: recall.time }
  return { id: m1.id, state, recall: recalled, next: recall?.next, previous, text: m1.text }
}

/** All repeats are used, or the pharmacy has concluded it. Packages count where every dispensing states them: parts are parts. */
function isUsedUp({ dispensed, allowed, packages }: Prescription): boolean {
  const standing = [...dispensed.values()].filter(({ isCancelled }) => !isCancelled)
  if (standing.some(({ concluded }) => concluded)) return true
  const stated = standing.flatMap((one) => one.packages ?? [])
  if (!packages || stated.length < standing.length) return standing.length >= allowed
  const thousandths = (value: number) => Math.round(value * 1000)
  return stated.reduce((sum, one) => sum + thousandths(one), 0) >= thousandths(packages * allowed)
}
