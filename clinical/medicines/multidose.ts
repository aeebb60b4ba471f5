/**
 * Who is responsible for the multidose of a patient: one doctor and one pharmacy. A doctor registers with M27.1 (Volven 7496: R, A), and
 * M27.2 states whether the change was registered and who was responsible; M28 notifies a doctor that another one takes over. Published
 * rules: a registration is refused when another pharmacy is registered, and a deregistration when it is of another doctor than the
 * registered. A second doctor who registers takes over; the first is notified. That a pharmacy stays when its doctor deregisters is
 * decided here: what the patient is to take is still packed until the pharmacy itself ends it, and the pharmacy is notified.
 */
import { dayInNorway } from '@helsevev/kernel/values/norwegian-day'

export interface MultidoseDoctor {
  /** HPR number; zeros in front do not count. */
  readonly hprNumber: string
  readonly herId: string
  readonly name: string
}

export interface MultidosePharmacy {
  /** Konsesjonsnummer */
  readonly licence: string
  readonly name: string
}

/** M27.1, or the same by a pharmacy. */
export type MultidoseRequest = {
  readonly id: string
  readonly at: Date
  readonly status: 'R' | 'A'
  /** GjelderFra: the first day. */
  readonly from: string
} & (
  | { readonly by: 'doctor'; readonly doctor: MultidoseDoctor; readonly pharmacy?: MultidosePharmacy }
  | { readonly by: 'pharmacy'; readonly pharmacy: MultidosePharmacy }
)

interface Period<Who> {
  readonly who: Who
  readonly from: string
  /** AktivTil: the last day. */
  readonly until?: string
}

type Notified = { readonly doctor: MultidoseDoctor } | { readonly pharmacy: MultidosePharmacy }

/** M27.2, with those who are notified of a change. */
interface MultidoseAnswer {
  readonly of: string
  readonly isRegistered: boolean
  readonly refusal?: 'other-pharmacy' | 'other-doctor' | 'not-registered' | 'before-the-registered'
  /** Who was responsible before. */
  readonly doctor?: MultidoseDoctor
  readonly pharmacy?: MultidosePharmacy
  readonly notify: readonly Notified[]
}

export interface Multidose {
  readonly doctors: readonly Period<MultidoseDoctor>[]
  readonly pharmacies: readonly Period<MultidosePharmacy>[]
  /** In the order in which the requests were made. */
  readonly answers: readonly MultidoseAnswer[]
}

/** From every request, in whatever order they are given; the order in which they were made counts. */
export function multidoseOf(requests: Iterable<MultidoseRequest>): Multidose {
  const unique = [...new Map([...requests].map((request) => [request.id, request])).values()]
  const inOrder = unique.sort((one, other) => one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1))
  return inOrder.reduce<Multidose>(after, { doctors: [], pharmacies: [], answers: [] })
}

/** Who is responsible on the day of an instant, in Norway. */
export function responsibleAt({ doctors, pharmacies }: Multidose, now: Date): { doctor?: MultidoseDoctor; pharmacy?: MultidosePharmacy } {
  const day = dayInNorway(now)
  const holds = <Who>({ from, until }: Period<Who>) => from <= day && (until === undefined || day <= until)
  const [doctor, pharmacy] = [doctors.findLast(holds)?.who, pharmacies.findLast(holds)?.who]
  return { ...(doctor && { doctor }), ...(pharmacy && { pharmacy }) }
}

function after(state: Multidose, request: MultidoseRequest): Multidose {
  const current = { doctor: openIn(state.doctors), pharmacy: openIn(state.pharmacies) }
  const answer = {
    of: request.id,
    ...(current.doctor && { doctor: current.doctor.who }),
    ...(current.pharmacy && { pharmacy: current.pharmacy.who }),
  }
  const refusal = refusalOf(request, current)
  if (refusal) return { ...state, answers: [...state.answers, { ...answer, isRegistered: false, refusal, notify: [] }] }
  const next = request.status === 'R' ? registered(state, request) : deregistered(state, request)
  const notify = notifiedOf(request, current)
  return { ...next, answers: [...state.answers, { ...answer, isRegistered: true, notify }] }
}

interface Current {
  readonly doctor: Period<MultidoseDoctor> | undefined
  readonly pharmacy: Period<MultidosePharmacy> | undefined
}

function refusalOf(request: MultidoseRequest, { doctor, pharmacy }: Current): MultidoseAnswer['refusal'] {
  const isOtherPharmacy = pharmacy !== undefined && request.pharmacy !== undefined && !isSamePharmacy(pharmacy.who, request.pharmacy)
  if (isOtherPharmacy) return 'other-pharmacy'
  const own = request.by === 'doctor' ? doctor : pharmacy
  if (request.status === 'A') {
    if (!own) return 'not-registered'
    if (request.by === 'doctor' && doctor && !isSameDoctor(doctor.who, request.doctor)) return 'other-doctor'
  }
  // Periods that have begun are not rewritten backwards.
  return own && request.from < own.from ? 'before-the-registered' : undefined
}

function registered(state: Multidose, request: MultidoseRequest): Multidose {
  const { pharmacy, from } = request
  return {
    ...state,
    doctors: request.by === 'doctor' ? begin(state.doctors, request.doctor, from, isSameDoctor) : state.doctors,
    pharmacies: pharmacy ? begin(state.pharmacies, pharmacy, from, isSamePharmacy) : state.pharmacies,
  }
}

function deregistered(state: Multidose, { by, from }: MultidoseRequest): Multidose {
  return by === 'doctor' ? { ...state, doctors: end(state.doctors, from) } : { ...state, pharmacies: end(state.pharmacies, from) }
}

/** The doctor who loses the responsibility; and of every change of doctor the pharmacy, of every change of pharmacy the doctor. */
function notifiedOf(request: MultidoseRequest, { doctor, pharmacy }: Current): Notified[] {
  const isEnd = request.status === 'A'
  if (request.by === 'pharmacy') return doctor && (isEnd || !pharmacy) ? [{ doctor: doctor.who }] : []
  const isSame = doctor !== undefined && isSameDoctor(doctor.who, request.doctor)
  if (isSame && !isEnd) return []
  return [...(doctor && !isSame ? [{ doctor: doctor.who }] : []), ...(pharmacy ? [{ pharmacy: pharmacy.who }] : [])]
}

function openIn<Who>(periods: readonly Period<Who>[]): Period<Who> | undefined {
  const last = periods.at(-1)
  return last?.until === undefined ? last : undefined
}

function begin<Who>(periods: readonly Period<Who>[], who: Who, from: string, isSame: (one: Who, other: Who) => boolean): Period<Who>[] {
  const open = openIn(periods)
  return open && isSame(open.who, who) ? [...periods] : [...end(periods, from), { who, from }]
}

/** Ends the period that is open on the day before; one that would not have a day is left out. */
function end<Who>(periods: readonly Period<Who>[], from: string): Period<Who>[] {
  const open = openIn(periods)
  if (!open) return [...periods]
  const until = new Date(Date.parse(from) - 86_400_000).toISOString().slice(0, 10)
  return until < open.from ? periods.slice(0, -1) : [...periods.slice(0, -1), { ...open, until }]
}

function isSameDoctor(one: MultidoseDoctor, other: MultidoseDoctor): boolean {
  return withoutZeros(one.hprNumber) === withoutZeros(other.hprNumber)
}

function isSamePharmacy(one: MultidosePharmacy, other: MultidosePharmacy): boolean {
  return one.licence === other.licence
}

function withoutZeros(number: string): string {
  return number.replace(/^0+(?=\d)/, '')
}
