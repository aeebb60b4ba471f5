/**
 * Random chains of prescriptions of one made-up patient, driven through the mediator of the vendor kit: what each of the three systems then
 * has, and what the mediator holds. Messages about the medication list and multidose stand among them.
 */
import { makeMessage } from '@helsevev/clinical/e-prescription/made-up'
import { createMediator, type Delivery } from '@helsevev/prescriptions-test/mediator'
import { type Chain, headOf, m1, m5, m10 } from '@helsevev/service-e-prescriptions/testing/messages'
import { hospitalDoctor, type MadeLine, m251, m271, type Prescriber } from '@helsevev/service-medication-list/made-up/messages'

const HOUR = 3_600_000
const BEGIN = Date.parse('2026-03-01T08:00:00Z')

/** One message with the system that has it. */
export interface Shared {
  at: Delivery['at']
  service: 'e-prescriptions' | 'medication-list'
  kind: string
  text: string
}

export interface RandomChains {
  /** In the order in which they were made. */
  messages: Shared[]
  /** States of list 7408 that the mediator holds, by ReseptId. */
  states: Map<string, string>
  /** MsgId of the newest M25.1. */
  list: string | undefined
  /** HPR number of the doctor who is responsible for multidose. */
  doctor: string | undefined
  /** The clock when all have been made. */
  end: Date
}

/** Always the same numbers from 0 up to 1. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

/** The same in another order. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item)
}

const gp: Prescriber = { hpr: '009990001', given: 'Frida', family: 'Fastlege' }

/**
 * One to three prescriptions, and eight to sixteen acts: M1, M10 in parts, with conclusion and cancellation, M5 with each reason and with a
 * renewal, fetched and put back, a question to Reseptformidleren, M25.1 and M27.1. Where a pharmacy still has a prescription at the end,
 * which no message says, and where one is locked, whose packages are not stored, a question is the last act.
 */
export function randomChains(seed: number, patient: string): RandomChains {
  return new Writer(seed, patient).write()
}

class Writer {
  readonly #random: () => number
  readonly #patient: string
  readonly #mediator
  readonly #messages: Shared[] = []
  readonly #chains: Chain[] = []
  readonly #dispensings: { chain: Chain; id: string }[] = []
  /** Prescriptions whose state does not follow from the messages alone. */
  readonly #unsaid = new Set<string>()
  readonly #locked = new Set<string>()
  readonly #lines: MadeLine[] = []
  readonly #name: string
  #hours = 0
  #ids = 0
  #list: string | undefined
  #doctor: string | undefined

  constructor(seed: number, patient: string) {
    this.#random = randomFrom(seed)
    this.#patient = patient
    this.#name = seed.toString(16).padStart(8, '0').slice(-8)
    this.#mediator = createMediator({ clock: () => this.#now(), id: () => this.#id() })
  }

  write(): RandomChains {
    const acts = [
      () => this.#prescribe(),
      () => this.#recall(),
      () => this.#dispense(),
      () => this.#dispense(),
      () => this.#dispense(),
      () => this.#cancel(),
      () => this.#take(),
      () => this.#release(),
      () => this.#ask(),
      () => this.#listed(),
      () => this.#registered(),
    ]
    this.#prescribe()
    const count = 8 + this.#below(9)
    for (let at = 0; at < count; at++) {
      this.#hours += 1 + this.#below(30)
      acts[this.#below(acts.length)]?.()
    }
    this.#hours += 1
    if (this.#unsaid.size + this.#locked.size > 0) this.#ask()
    const states = new Map(this.#chains.map(({ id }) => [id, this.#mediator.stateOf(id) ?? 'none']))
    return { messages: this.#messages, states, list: this.#list, doctor: this.#doctor, end: this.#now() }
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit)
  }

  #now(): Date {
    return new Date(BEGIN + this.#hours * HOUR)
  }

  #time(): string {
    return this.#now().toISOString()
  }

  /** A UUID that is the same in each run of a seed. */
  #id(): string {
    this.#ids += 1
    return `${this.#name}-0000-4000-9000-${String(this.#ids).padStart(12, '0')}`
  }

  #send(text: string): boolean {
    const handled = this.#mediator.receive(text)
    for (const { at, kind, text: shared } of handled?.shared ?? [])
      this.#messages.push({ at, service: 'e-prescriptions', kind, text: shared })
    return handled?.isAccepted === true
  }

  #any(): Chain {
    return this.#chains[this.#below(this.#chains.length)] ?? { patient: this.#patient, id: 'none' }
  }

  #prescribe(id = this.#id()): Chain | undefined {
    if (this.#chains.length >= 3) return undefined
    const chain: Chain = { patient: this.#patient, id }
    const drug = { itemGroup: { code: 'L' }, packages: String(1 + this.#below(2)), repeats: this.#below(3), prescribing: { dosings: [] } }
    const validUntil = ['2026-03-05', '2026-03-31'][this.#below(2)] ?? ''
    const isLocked = this.#below(6) === 0 ? { isLocked: true, referenceNumber: '83620417' } : {}
    this.#send(m1(chain, this.#time(), { validUntil, drug, ...isLocked }))
    this.#chains.push(chain)
    if ('isLocked' in isLocked) this.#locked.add(id)
    this.#lines.push({
      id: this.#id(),
      name: `Legemiddel ${this.#chains.length}`,
      dose: '1 tablett morgen',
      changed: this.#time(),
      prescription: id,
    })
    return chain
  }

  /** Renewals (1 and 3) name the new prescription, which is sent before, after or not at all. */
  #recall(): void {
    const chain = this.#any()
    const reason = String(1 + this.#below(5))
    const isRenewal = reason === '1' || reason === '3'
    const next = isRenewal ? this.#id() : undefined
    const isBefore = this.#below(2) === 0
    if (next !== undefined && isBefore) this.#prescribe(next)
    const isAccepted = this.#send(m5(chain, this.#id(), this.#time(), reason, next))
    if (next !== undefined && !isBefore && isAccepted && this.#below(3) > 0) this.#prescribe(next)
  }

  #dispense(): void {
    const chain = this.#any()
    const id = this.#id()
    const dispensed = { packages: String([0.5, 1, 2][this.#below(3)]), concluded: this.#below(8) === 0 }
    if (!this.#send(m10(chain, id, this.#time(), dispensed))) return
    this.#dispensings.push({ chain, id })
    this.#unsaid.delete(chain.id)
  }

  #cancel(): void {
    const one = this.#dispensings[this.#below(this.#dispensings.length)]
    if (one) this.#send(m10(one.chain, this.#id(), this.#time(), { cancels: one.id }))
  }

  #take(): void {
    const { id } = this.#any()
    if (this.#mediator.take(id)) this.#unsaid.add(id)
  }

  #release(): void {
    const { id } = this.#any()
    const more = this.#mediator.release(id)
    if (!more) return
    this.#unsaid.delete(id)
    for (const { at, kind, text } of more) this.#messages.push({ at, service: 'e-prescriptions', kind, text })
    // That it was put back is in no message, but where it is recalled by that.
    if (more.length === 0) this.#unsaid.add(id)
  }

  #ask(): void {
    const head = headOf(this.#patient, this.#id(), this.#time())
    this.#send(makeMessage('M9.5', { head, body: { patient: this.#patient, all: { code: '1' }, referenceNumbers: ['83620417'] } }))
  }

  #listed(): void {
    const lines = this.#lines.map((line) => {
      const kept = this.#below(4) > 0
      return kept ? line : { ...line, stopped: { at: this.#time(), reason: 'S' }, changed: this.#time() }
    })
    this.#list = this.#id()
    const text = m251({ patient: this.#patient, id: this.#list, time: this.#time(), lines: shuffled(lines, this.#random) })
    this.#messages.push({ at: 'prescriber', service: 'medication-list', kind: 'M25.1', text })
  }

  /** By the general practitioner or the hospital; the end by the one who is registered, or by the other, which changes nothing. */
  #registered(): void {
    const person = this.#below(2) === 0 ? gp : hospitalDoctor
    const hpr = String(Number(person.hpr))
    const isEnd = this.#below(3) === 0
    const from = { name: 'Fjellveien legesenter', organization: '900000001', person }
    const about = { patient: this.#patient, id: this.#id(), time: this.#time(), from }
    const text = m271(about, isEnd ? 'A' : 'R', this.#time().slice(0, 10))
    this.#messages.push({ at: 'general-practitioner', service: 'medication-list', kind: 'M27.1', text })
    if (!isEnd) this.#doctor = hpr
    else if (this.#doctor === hpr) this.#doctor = undefined
  }
}
