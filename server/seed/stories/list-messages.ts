/** Medication lists of some named people, as the messages that hospitals and municipalities have of them. docs/run/test-people.md */
import {
  type MadeLine,
  type MadeList,
  m251,
  m912,
  type Prescriber,
  pharmacyList,
  type Sender,
} from '@helsevev/service-medication-list/made-up/messages'
import { bergen, helseVest, oslo, sandvikaLegesenter } from '../organizations.ts'
import { patients } from '../patients.ts'
import { type Random, randomFrom } from '../random.ts'
import { clientOf, supplierOf } from '../sign-in.ts'
import type { SeedMessage } from './lab-messages.ts'
import { prescriptionIdOf } from './prescription-ids.ts'
import { arrivalOf, dayBefore, timeBefore } from './times.ts'

const DAY = 24

const ida: Prescriber = { hpr: '990000803', given: 'Ida', family: 'Moe' }
const frida: Prescriber = { hpr: '990000807', given: 'Frida', family: 'Fossheim' }
const henrik: Prescriber = { hpr: '990000033', given: 'Henrik', family: 'Lie' }
const eva: Prescriber = { hpr: '990000806', given: 'Eva', family: 'Vold' }
const practice: Sender = { name: 'Fjellveien legesenter (oppdiktet)', organization: '900000001', person: frida }
const sandvika: Sender = { ...sandvikaLegesenter, organization: sandvikaLegesenter.number, person: henrik }
const hospital: Sender = { name: 'Helse Bergen HF', organization: helseVest.number, person: ida }
const nursingHome: Sender = { name: 'Oslo kommune, sykehjem', organization: oslo.number, person: eva }
const pharmacy: Sender = { name: 'Bryggen apotek (oppdiktet)', organization: '900000002' }

/** What is taken, without its days. */
type Drug = Pick<MadeLine, 'name' | 'atc' | 'form' | 'dose' | 'use' | 'why'>
const tablet: [string, string] = ['53', 'Tablett']
// biome-ignore format: a table, one row to a line
const drugs = {
  metoprolol: { name: 'Metoprolol Depottab 50 mg', atc: 'C07AB02', form: ['25', 'Depottablett'], dose: '1 tablett morgen', use: '1', why: 'mot høyt blodtrykk' },
  apixaban: { name: 'Eliquis Tab 5 mg', atc: 'B01AF02', form: tablet, dose: '1 tablett morgen og kveld', use: '1', why: 'blodfortynnende' },
  ibuprofen: { name: 'Ibux Tab 400 mg', atc: 'M01AE01', form: tablet, dose: '1 tablett inntil 3 ganger daglig ved behov', use: '3', why: 'mot smerter' },
  paracetamol: { name: 'Paracet Tab 500 mg', atc: 'N02BE01', form: tablet, dose: '2 tabletter inntil 4 ganger daglig ved behov', use: '3', why: 'mot smerter' },
  tiotropium: { name: 'Spiriva Inhalasjonspulver 18 mikrog', atc: 'R03BB04', form: ['40', 'Inhalasjonspulver'], dose: '1 dose morgen', use: '1', why: 'mot KOLS' },
  prednisolone: { name: 'Prednisolon Tab 5 mg', atc: 'H02AB06', form: tablet, dose: 'Nedtrapping: se plan', use: '2', why: 'mot forverring av KOLS' },
  metoprolol100: { name: 'Selo-Zok Depottab 100 mg', atc: 'C07AB02', form: ['25', 'Depottablett'], dose: '1 tablett morgen', use: '1', why: 'mot høyt blodtrykk' },
  furosemide: { name: 'Furix Tab 40 mg', atc: 'C03CA01', form: tablet, dose: '1 tablett morgen', use: '1', why: 'vanndrivende' },
  ramipril: { name: 'Ramipril Tab 2,5 mg', atc: 'C09AA05', form: tablet, dose: '1 tablett morgen', use: '1', why: 'mot hjertesvikt' },
  naproxen: { name: 'Naproxen-E Enterotab 500 mg', atc: 'M01AE02', form: tablet, dose: '1 tablett morgen og kveld', use: '1', why: 'mot leddsmerter' },
  levothyroxine50: { name: 'Levaxin Tab 50 mikrog', atc: 'H03AA01', form: tablet, dose: '1 tablett mandag til fredag', use: '1', why: 'mot lavt stoffskifte' },
  levothyroxine100: { name: 'Levaxin Tab 100 mikrog', atc: 'H03AA01', form: tablet, dose: '1 tablett lørdag og søndag', use: '1', why: 'mot lavt stoffskifte' },
  zopiclone: { name: 'Imovane Tab 5 mg', atc: 'N05CF01', form: tablet, dose: '1 tablett kveld ved behov', use: '3', why: 'mot søvnproblemer' },
} as const satisfies Record<string, Drug>

/** Writes the messages of one person. */
class Writer {
  readonly messages: { controller: { number: string }; sent: string; text: string }[] = []
  readonly now: Date
  readonly #random: Random
  readonly #person: string
  readonly #patient: string

  constructor(id: string, patient: string, now: Date) {
    this.#person = id
    this.#random = randomFrom(`medication list of ${id}`)
    this.#patient = patient
    this.now = now
  }

  id(): string {
    return this.#random.uuid()
  }

  /** The prescription of the drug, for one that is sent as a message too, and until when it is valid. */
  prescribed(drug: string, writtenAgo: number): Pick<MadeLine, 'prescription' | 'validUntil'> {
    return { prescription: prescriptionIdOf(this.#person, drug), validUntil: this.day(writtenAgo - 365) }
  }

  day(daysAgo: number): string {
    return dayBefore(this.now, daysAgo)
  }

  time(daysAgo: number): string {
    return timeBefore(this.now, daysAgo * DAY)
  }

  /** A line that was last changed so many days ago. */
  line(drug: Drug, startedAgo: number, changedAgo: number, by: Prescriber, more: Partial<MadeLine> = {}): MadeLine {
    return { id: this.id(), ...drug, start: this.day(startedAgo), changed: this.time(changedAgo), by, ...more }
  }

  list(
    controller: { number: string },
    from: Sender,
    daysAgo: number,
    lines: readonly MadeLine[],
    more: Pick<MadeList, 'note' | 'extension'> = {},
  ): void {
    const list = { patient: this.#patient, id: this.id(), time: this.time(daysAgo), lines, from, ...more }
    this.messages.push({ controller, sent: list.time, text: m251(list) })
  }

  /** M25.2 */
  propose(controller: { number: string }, daysAgo: number, lines: readonly MadeLine[]): void {
    const list = { patient: this.#patient, id: this.id(), time: this.time(daysAgo), lines, from: pharmacy }
    this.messages.push({ controller, sent: list.time, text: pharmacyList('M25.2', list) })
  }

  /** M9.12, with who is responsible for multidose and no list. */
  multidose(controller: { number: string }, from: Sender, daysAgo: number, doctor: Prescriber): void {
    const { hpr, given, family } = doctor
    const said = {
      doctor: { hprNumber: hpr, given, family, organizationName: practice.name },
      pharmacy: { name: pharmacy.name, herId: '8090001' },
    }
    const sent = this.time(daysAgo)
    this.messages.push({ controller, sent, text: m912({ patient: this.#patient, id: this.id(), time: sent, from }, said, []) })
  }
}

/** By the id of the person. Ingrid Solheim in Bergen sees all of these but Olav's, who is in Oslo. */
const told: Readonly<Record<string, (writer: Writer) => void>> = {
  /** The list of her general practitioner, which the hospital changed: an anticoagulant began, and ibuprofen ended because of it. */
  astrid(writer) {
    const metoprolol = writer.line(drugs.metoprolol, 500, 120, frida, writer.prescribed('metoprolol', 120))
    const ibuprofen = writer.line(drugs.ibuprofen, 400, 200, frida)
    const paracetamol = writer.line(drugs.paracetamol, 300, 200, frida)
    writer.list(helseVest, practice, 120, [metoprolol, ibuprofen, paracetamol])
    const apixaban = writer.line(drugs.apixaban, 38, 38, ida, { prescription: writer.id(), validUntil: writer.day(-327) })
    const stopped = { at: writer.time(38), reason: 'I', note: 'Får antikoagulasjonsbehandling.', by: ida }
    const lines = [metoprolol, apixaban, paracetamol, { ...ibuprofen, changed: writer.time(38), stopped }]
    writer.list(helseVest, hospital, 38, lines, { note: 'Samstemt ved utskriving.' })
  },

  /** A taper, and a drug that was stopped and replaced. */
  gunnar(writer) {
    const step = (value: string, from: number, to: number) => ({
      start: writer.day(from),
      end: writer.day(to),
      fixed: [{ amount: { value, unit: 'tablett' }, when: { code: '1' }, isExact: false }],
      asNeeded: [],
    })
    const dosings = [step('4', 4, -1), step('2', -1, -6), step('1', -6, -11)] as unknown as NonNullable<MadeLine['dosings']>
    const taper = writer.line(drugs.prednisolone, 4, 4, ida, { dosings })
    const tiotropium = writer.line(drugs.tiotropium, 10, 10, ida, writer.prescribed('tiotropium', 10))
    const stopped = { at: writer.time(10), reason: 'M', note: 'Byttet til Spiriva.', by: ida }
    const before = writer.line(
      { ...drugs.tiotropium, name: 'Atrovent Inhalasjonsaerosol 20 mikrog/dose', atc: 'R03BB01', dose: '2 doser 3 ganger daglig' },
      700,
      10,
      frida,
      { stopped },
    )
    writer.list(helseVest, hospital, 4, [taper, tiotropium, before])
  },

  /** Multidose, and a proposal of the pharmacy that no doctor has taken in. */
  berit(writer) {
    const metoprolol = writer.line(drugs.metoprolol, 900, 60, frida, { prescription: writer.id(), validUntil: writer.day(-305) })
    writer.list(bergen, practice, 60, [metoprolol, writer.line(drugs.paracetamol, 480, 60, frida)])
    writer.multidose(bergen, { ...practice, name: 'Bergen kommune, hjemmetjenesten', organization: bergen.number }, 30, frida)
    writer.propose(bergen, 6, [writer.line(drugs.zopiclone, 6, 6, frida)])
  },

  /**
   * A stay in hospital that began, changed and ended drugs; and a discharge with a conflict: the day after, the out-of-hours clinic
   * prescribed another dose of what the hospital began, and the list does not have it.
   */
  bodil(writer) {
    const metoprolol = writer.line(drugs.metoprolol, 800, 90, frida, { prescription: writer.id(), validUntil: writer.day(-275) })
    const ramipril = writer.line(drugs.ramipril, 400, 90, frida, { prescription: writer.id(), validUntil: writer.day(-275) })
    const naproxen = writer.line(drugs.naproxen, 300, 90, frida, { prescription: writer.id(), validUntil: writer.day(-275) })
    const paracetamol = writer.line(drugs.paracetamol, 300, 90, frida)
    writer.list(helseVest, practice, 90, [metoprolol, ramipril, naproxen, paracetamol])
    const furosemide = writer.line(drugs.furosemide, 9, 8, ida, writer.prescribed('furosemide', 8))
    const more = { ...ramipril, name: 'Ramipril Tab 5 mg', changed: writer.time(8), by: ida, withChange: true }
    const stopped = { at: writer.time(9), reason: 'L', note: 'Hjertesvikt og fallende nyrefunksjon.', by: ida }
    const change = {
      line: ramipril.id,
      codes: [],
      time: writer.time(8),
      note: 'Økt på grunn av hjertesvikt. Kontroll av nyrefunksjon om to uker.',
    }
    writer.list(helseVest, hospital, 8, [metoprolol, more, furosemide, paracetamol, { ...naproxen, changed: writer.time(9), stopped }], {
      note: 'Samstemt ved utskriving etter innleggelse for hjertesvikt.',
      extension: { medicalChanges: [change] },
    })
  },

  /** One substance twice, of two prescribers; and two strengths of another that are intended, with a note. One prescription is over. */
  ragnhild(writer) {
    const metoprolol = writer.line(drugs.metoprolol, 900, 200, frida, writer.prescribed('metoprolol', 200))
    const again = writer.line(drugs.metoprolol100, 15, 15, ida, { prescription: writer.id(), validUntil: writer.day(-350) })
    const weekdays = writer.line(drugs.levothyroxine50, 600, 200, frida, { prescription: writer.id(), validUntil: writer.day(-165) })
    const weekends = writer.line(drugs.levothyroxine100, 600, 200, frida, { prescription: writer.id(), validUntil: writer.day(12) })
    const author = {
      practitioner: { hprNumber: frida.hpr, given: frida.given, family: frida.family },
      organization: { name: practice.name },
    }
    const intended = { lines: [weekdays.id, weekends.id], id: writer.id(), type: { code: 'D' }, code: { code: 'K' }, author }
    const handledWarnings = [{ ...intended, time: writer.time(200), note: 'Ulik dose på hverdager og i helgen.' }]
    writer.list(bergen, practice, 15, [metoprolol, again, weekdays, weekends], { extension: { handledWarnings } })
  },

  /** The list that her general practitioner made, and shares; a locked prescription is not on it, and exists. */
  liv(writer) {
    const levothyroxine = writer.line(drugs.levothyroxine50, 700, 30, henrik, writer.prescribed('levothyroxine', 30))
    const paracetamol = writer.line(drugs.paracetamol, 60, 30, henrik)
    writer.list(sandvikaLegesenter, sandvika, 30, [{ ...levothyroxine, dose: '1 tablett morgen' }, paracetamol])
  },

  /** In a nursing home. */
  olav(writer) {
    writer.list(oslo, nursingHome, 12, [writer.line(drugs.paracetamol, 12, 12, eva, writer.prescribed('paracetamol', 12))])
  },
}

/** All messages, person by person, oldest first; the same for the same moment. */
export function* listMessages(now: Date): Generator<SeedMessage> {
  for (const patient of patients()) {
    const identifier = patient.identifiers.at(-1)
    const tell = told[patient.id]
    if (!identifier || !tell) continue
    const writer = new Writer(patient.id, identifier.value, now)
    tell(writer)
    for (const { controller, sent, text } of writer.messages)
      yield {
        controller: controller.number,
        client: clientOf(controller.number),
        supplier: supplierOf(controller.number),
        service: 'medication-list',
        identityNumber: identifier.value,
        adapter: 'medication-list',
        reported: arrivalOf(sent),
        text,
      }
  }
}
