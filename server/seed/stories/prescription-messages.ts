/** Prescriptions of some named people, as the messages that hospitals and municipalities have of them. docs/run/test-people.md */
import { type MessageDraft, makeMessage } from '@helsevev/clinical/e-prescription/made-up'
import { bergen, helseSorOst, helseVest, oslo, sandvikaLegesenter } from '../organizations.ts'
import { patients } from '../patients.ts'
import { type Random, randomFrom } from '../random.ts'
import { clientOf, supplierOf } from '../sign-in.ts'
import type { SeedMessage } from './lab-messages.ts'
import { prescriptionIdOf } from './prescription-ids.ts'
import { arrivalOf, dayBefore, timeBefore } from './times.ts'

const DAY = 24
const YEAR = 365

interface Prescriber {
  controller: { number: string }
  organization: string
  family: string
  given: string
  hpr: string
}

const hospital: Prescriber = { controller: helseVest, organization: 'Helse Bergen HF', family: 'Moe', given: 'Ida', hpr: '990000803' }
const outOfHours: Prescriber = { controller: bergen, organization: 'Bergen legevakt', family: 'Lunde', given: 'Siv', hpr: '990000804' }
const eastern: Prescriber = {
  controller: helseSorOst,
  organization: 'Oslo universitetssykehus HF',
  family: 'Dale',
  given: 'Truls',
  hpr: '990000805',
}
const practice: Prescriber = {
  controller: sandvikaLegesenter,
  organization: sandvikaLegesenter.name,
  family: 'Lie',
  given: 'Henrik',
  hpr: '990000033',
}
const nursingHome: Prescriber = { controller: oslo, organization: 'Oslo kommune, sykehjem', family: 'Vold', given: 'Eva', hpr: '990000806' }

interface Drug {
  atc: string
  substance: string
  name: string
  form: { code: string; display: string }
  article: string
  /** Regular, course or as needed (list 9101). */
  use: '1' | '2' | '3'
  dose: string
  area: string
}

const tablet = { code: '53', display: 'Tablett' }
// biome-ignore format: a table, one row to a line
const drugs = {
  metoprolol: { atc: 'C07AB02', substance: 'Metoprolol', name: 'Metoprolol Depottab 50 mg', form: { code: '25', display: 'Depottablett' }, article: '012001', use: '1', dose: '1 tablett morgen', area: 'mot høyt blodtrykk' },
  ibuprofen: { atc: 'M01AE01', substance: 'Ibuprofen', name: 'Ibux Tab 400 mg', form: tablet, article: '012002', use: '3', dose: '1 tablett inntil 3 ganger daglig ved behov', area: 'mot smerter' },
  prednisolone: { atc: 'H02AB06', substance: 'Prednisolon', name: 'Prednisolon Tab 5 mg', form: tablet, article: '012003', use: '2', dose: '4 tabletter morgen i 5 dager', area: 'mot forverring av KOLS' },
  tiotropium: { atc: 'R03BB04', substance: 'Tiotropium', name: 'Spiriva Inhalasjonspulver 18 mikrog', form: { code: '40', display: 'Inhalasjonspulver' }, article: '012004', use: '1', dose: '1 dose morgen', area: 'mot KOLS' },
  paracetamol: { atc: 'N02BE01', substance: 'Paracetamol', name: 'Paracet Tab 500 mg', form: tablet, article: '012005', use: '3', dose: '2 tabletter inntil 4 ganger daglig ved behov', area: 'mot smerter' },
  furosemide: { atc: 'C03CA01', substance: 'Furosemid', name: 'Furix Tab 40 mg', form: tablet, article: '012007', use: '1', dose: '1 tablett morgen', area: 'vanndrivende' },
  furosemideTwice: { atc: 'C03CA01', substance: 'Furosemid', name: 'Diural Tab 40 mg', form: tablet, article: '012008', use: '1', dose: '2 tabletter morgen', area: 'vanndrivende' },
  levothyroxine: { atc: 'H03AA01', substance: 'Levotyroksin', name: 'Levaxin Tab 50 mikrog', form: tablet, article: '012006', use: '1', dose: '1 tablett morgen', area: 'mot lavt stoffskifte' },
} as const satisfies Record<string, Drug>

/** Writes the messages of one person, in the order that they were sent. */
class Writer {
  readonly messages: { controller: { number: string }; timestamp: string; text: string }[] = []
  readonly #person: string
  readonly #random: Random
  readonly #now: Date
  readonly #patient: { system: string; value: string }

  constructor(id: string, patient: { system: string; value: string }, now: Date) {
    this.#person = id
    this.#random = randomFrom(`prescriptions of ${id}`)
    this.#patient = patient
    this.#now = now
  }

  /** M1; returns ReseptId. `onList`: the drug by which a line of the medication list names it. */
  prescribe(
    who: Prescriber,
    drug: Drug,
    daysAgo: number,
    more: { repeats?: number; validDays?: number; isLocked?: true; onList?: string } = {},
  ): string {
    const { repeats = 3, validDays = YEAR, isLocked, onList } = more
    const body: MessageDraft<'M1'>['body'] = {
      authoredOn: dayBefore(this.#now, daysAgo),
      validUntil: dayBefore(this.#now, daysAgo - validDays),
      festUpdated: timeBefore(this.#now, (daysAgo + 2) * DAY),
      ...(isLocked ? { isLocked, referenceNumber: '83620417' } : {}),
      drug: { itemGroup: { code: 'L', display: 'Legemiddel' }, packages: '1', repeats, prescribing: prescribingOf(drug) },
    }
    return this.#send('M1', 'ERM1', who, daysAgo, { body, ...(onList ? { id: prescriptionIdOf(this.#person, onList) } : {}) })
  }

  /** M6: the report of the pharmacy to the prescriber, which names its M10. */
  dispense(who: Prescriber, prescription: string, drug: Drug, daysAgo: number): void {
    const dispensing = {
      prescriptionId: prescription,
      whenHandedOver: dayBefore(this.#now, daysAgo),
      isCancellation: false,
      drug: { itemGroup: { code: 'L', display: 'Legemiddel' }, packages: '1', repeats: 3, prescribing: prescribingOf(drug) },
      dispenser: { identifier: { value: '8090001', type: { code: 'HER' } }, name: 'Bryggen apotek (oppdiktet)' },
      interventions: [],
    }
    this.#send('M6', 'ERM6', who, daysAgo, { body: { dispensing, reportId: this.#random.uuid() } })
  }

  /** M5, and the M5.2 that answers it. */
  recall(who: Prescriber, prescription: string, daysAgo: number, reason: string, more: { next?: string; note?: string } = {}): void {
    const { next, note } = more
    const recall = this.#send('M5', 'ERM5', who, daysAgo, {
      body: {
        prescriptionId: prescription,
        reason: { code: reason },
        ...(next ? { newPrescriptionId: next } : {}),
        ...(note ? { note } : {}),
      },
    })
    const conversation = { parent: recall, conversation: recall }
    this.#send('M5.2', 'ERM52', who, daysAgo, { body: { prescriptionId: prescription, status: { code: '1' } } }, conversation)
  }

  #send<K extends 'M1' | 'M5' | 'M5.2' | 'M6'>(
    kind: K,
    type: string,
    { controller, organization, family, given, hpr }: Prescriber,
    daysAgo: number,
    { id = this.#random.uuid(), ...draft }: Pick<MessageDraft<K>, 'body'> & { id?: string },
    conversation?: { parent: string; conversation: string },
  ): string {
    const timestamp = timeBefore(this.#now, daysAgo * DAY - this.messages.length / 10)
    const head = {
      type: { code: type },
      timestamp,
      id,
      ...(conversation ? { conversation } : {}),
      sender: {
        organization: {
          name: organization,
          identifiers: [{ value: controller.number, type: { code: 'ENH' } }],
          professional: { family, given, identifiers: [{ value: hpr, type: { code: 'HPR' } }] },
        },
      },
      // The answer of Reseptformidleren names no patient.
      ...(conversation ? {} : { patient: { identifiers: [{ value: this.#patient.value, type: { code: this.#patient.system } }] } }),
    }
    this.messages.push({ controller, timestamp, text: makeMessage<K>(kind, { head, ...draft }) })
    return id
  }
}

function prescribingOf({ atc, substance, name, form, article, use, dose, area }: Drug) {
  return {
    doseText: dose,
    use: { code: use },
    applicationArea: area,
    dosings: [],
    package: {
      atc: { code: atc, display: substance },
      name,
      form,
      prescriptionGroup: { code: 'C' },
      festId: `ID_0B1A3C4D-0000-4000-8000-00000000${article.slice(-4)}`,
      articleNumber: article,
    },
  }
}

/** By the id of the person. Helse Sør-Øst opens to all; Ingrid Solheim in Bergen sees all of these. */
const told: Readonly<Record<string, (writer: Writer) => void>> = {
  /** One that is dispensed twice and can be again, and one that was recalled: she gets anticoagulants. */
  astrid(writer) {
    const ibuprofen = writer.prescribe(outOfHours, drugs.ibuprofen, 40, { repeats: 0 })
    writer.recall(outOfHours, ibuprofen, 38, '2', { note: 'Får antikoagulasjonsbehandling.' })
    const metoprolol = writer.prescribe(hospital, drugs.metoprolol, 120, { onList: 'metoprolol' })
    writer.dispense(hospital, metoprolol, drugs.metoprolol, 118)
    writer.dispense(hospital, metoprolol, drugs.metoprolol, 20)
  },

  /** A course that is used up, and a prescription that was renewed. */
  gunnar(writer) {
    const course = writer.prescribe(outOfHours, drugs.prednisolone, 75, { repeats: 0 })
    writer.dispense(outOfHours, course, drugs.prednisolone, 75)
    const before = writer.prescribe(hospital, drugs.tiotropium, 300)
    writer.dispense(hospital, before, drugs.tiotropium, 299)
    const next = writer.prescribe(hospital, drugs.tiotropium, 10, { onList: 'tiotropium' })
    writer.recall(hospital, before, 10, '1', { next })
  },

  /** One that expired, and nothing that can be dispensed. */
  berit(writer) {
    const expired = writer.prescribe(hospital, drugs.paracetamol, 500)
    writer.dispense(hospital, expired, drugs.paracetamol, 480)
  },

  /** One that is locked: it exists, and neither she nor staff read here what it is. */
  liv(writer) {
    writer.prescribe(eastern, drugs.paracetamol, 14, { isLocked: true })
    writer.prescribe(practice, drugs.levothyroxine, 30, { onList: 'levothyroxine' })
  },

  /** What the hospital began at discharge, and another dose of it that was prescribed the day after. */
  bodil(writer) {
    const furosemide = writer.prescribe(hospital, drugs.furosemide, 8, { onList: 'furosemide' })
    writer.dispense(hospital, furosemide, drugs.furosemide, 8)
    writer.prescribe(outOfHours, drugs.furosemideTwice, 7)
  },

  /** Dispensed twice. */
  ragnhild(writer) {
    const metoprolol = writer.prescribe(hospital, drugs.metoprolol, 200, { onList: 'metoprolol' })
    writer.dispense(hospital, metoprolol, drugs.metoprolol, 198)
    writer.dispense(hospital, metoprolol, drugs.metoprolol, 70)
  },

  /** In a nursing home: not dispensed by a pharmacy yet. */
  olav(writer) {
    writer.prescribe(nursingHome, drugs.paracetamol, 12, { repeats: 1, onList: 'paracetamol' })
  },
}

/** All messages, person by person, oldest first for each prescription; the same for the same moment. */
export function* prescriptionMessages(now: Date): Generator<SeedMessage> {
  for (const patient of patients()) {
    const identifier = patient.identifiers.at(-1)
    const tell = told[patient.id]
    if (!identifier || !tell) continue
    const writer = new Writer(patient.id, identifier, now)
    tell(writer)
    for (const { controller, timestamp, text } of writer.messages)
      yield {
        controller: controller.number,
        client: clientOf(controller.number),
        supplier: supplierOf(controller.number),
        service: 'e-prescriptions',
        identityNumber: identifier.value,
        adapter: 'e-prescription',
        reported: arrivalOf(timestamp),
        text,
      }
  }
}
