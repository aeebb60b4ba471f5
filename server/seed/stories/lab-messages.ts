/**
 * Answers of three laboratories in two regions, as the messages they send: a hospital in the west, one in the east, and a private
 * laboratory that has codes of its own. Names of analyses are those of the national code list (NLK).
 */

import { kithMessage, type MadeReport, type MadeResult } from '@helsevev/service-test-results/made-up/kith-message'
import type { ServiceId } from '../../services.ts'
import { bergen, fjellsyn, helseSorOst, helseVest, municipalities, trustOf } from '../organizations.ts'
import { patients } from '../patients.ts'
import { type Random, randomFrom } from '../random.ts'
import type { SeedPatient } from '../seed-patient.ts'
import { clientOf, supplierOf } from '../sign-in.ts'
import { deviationOf, estimatedGfr, type Patient, referenceInterval } from './reference-intervals.ts'
import { timeBefore } from './times.ts'

export interface SeedMessage {
  controller: string
  client: string
  supplier: string | undefined
  service: ServiceId
  identityNumber: string
  /** To POST to /fhir/{service}/${adapter}. */
  adapter: string
  text: string
}

interface Laboratory {
  controller: { number: string }
  name: string
  organization: string
  department: string
  /** Writes its codes and units in its own way. */
  local: boolean
}

const west: Laboratory = {
  controller: helseVest,
  name: 'Helse Bergen HF',
  organization: '983974724',
  department: 'Laboratorieklinikken',
  local: false,
}
const east: Laboratory = {
  controller: helseSorOst,
  name: 'Oslo universitetssykehus HF',
  organization: '993467049',
  department: 'Avdeling for medisinsk biokjemi',
  local: false,
}
const private_: Laboratory = {
  controller: fjellsyn,
  name: fjellsyn.name,
  organization: fjellsyn.number,
  department: 'Medisinsk biokjemi',
  local: true,
}

const microbiology = 'Mikrobiologisk avdeling'

interface Analysis {
  nlk: string
  name: string
  /** Code of the private laboratory, list 8212. */
  own: string
  unit: string
  /** How the private laboratory writes the unit, and by what it multiplies the number. */
  ownUnit?: { unit: string; factor: number }
  /** Where values lie, as shares of the width of the person's own reference interval from its lower limit; or as numbers. */
  usual: { shares: readonly [low: number, high: number] } | { values: readonly [low: number, high: number] }
  decimals: number
}

// biome-ignore format: a table, one row to a line
const analyses: readonly Analysis[] = [
  { nlk: 'NOR05172', name: 'B-Hemoglobin',           own: 'HB',    unit: 'g/dL',     ownUnit: { unit: 'g/L', factor: 10 },     usual: { shares: [-0.25, 1.02] }, decimals: 1 },
  { nlk: 'NPU02593', name: 'B-Leukocytter',          own: 'LEUK',  unit: '10*9/L',   ownUnit: { unit: '10E9/L', factor: 1 },   usual: { shares: [0.1, 1.15] },   decimals: 1 },
  { nlk: 'NPU19748', name: 'P-C-reaktivt protein',   own: 'CRP',   unit: 'mg/L',                                               usual: { values: [1, 40] },       decimals: 0 },
  { nlk: 'NPU03429', name: 'P-Natrium',              own: 'NA',    unit: 'mmol/L',                                             usual: { shares: [-0.3, 1] },     decimals: 0 },
  { nlk: 'NPU03230', name: 'P-Kalium',               own: 'K',     unit: 'mmol/L',                                             usual: { shares: [0, 1.1] },      decimals: 1 },
  { nlk: 'NPU04998', name: 'P-Kreatinin',            own: 'KREA',  unit: 'µmol/L',   ownUnit: { unit: 'umol/L', factor: 1 },   usual: { shares: [0.2, 1.5] },    decimals: 0 },
  { nlk: 'NPU27300', name: 'B-HbA1c',                own: 'HBA1C', unit: 'mmol/mol',                                           usual: { values: [32, 60] },      decimals: 0 },
]
const CREATININE = 'NPU04998'
const gfr: Analysis = {
  nlk: 'NOR25909',
  name: 'Nyre-eGFR CKD-EPI Kreatinin',
  own: 'EGFR',
  unit: 'mL/min/1,73m2',
  usual: { values: [0, 0] },
  decimals: 0,
}

/** All messages, person by person, oldest first; the same for the same moment. */
export function* labMessages(now: Date): Generator<SeedMessage> {
  for (const patient of patients()) {
    const identifier = patient.identifiers.at(-1)
    if (!identifier) continue
    for (const { laboratory, report } of reportsOf(patient, now)) {
      const { number } = laboratory.controller
      yield {
        controller: number,
        client: clientOf(number),
        supplier: supplierOf(number),
        service: 'test-results',
        identityNumber: identifier.value,
        adapter: 'kith-report',
        text: kithMessage({
          ...report,
          patient: identifier.value,
          patientType: identifier.system,
          laboratory: { name: laboratory.name, organization: laboratory.organization, department: laboratory.department },
        }),
      }
    }
  }
}

type Report = Omit<MadeReport, 'patient' | 'laboratory'>
type Made = { laboratory: Laboratory; report: Report }

const doctors = [
  { name: 'Fastlege Marit Solheim', practice: 'Fjellveien legesenter (oppdiktet)', hpr: '990000801' },
  { name: 'Fastlege Jonas Berge', practice: 'Havna legekontor (oppdiktet)', hpr: '990000802' },
  { name: 'Overlege Ida Moe', practice: 'Medisinsk avdeling', hpr: '990000803' },
]

function reportsOf(patient: SeedPatient, now: Date): Made[] {
  const random = randomFrom(`laboratory of ${patient.id}`)
  if (patient.id === 'signe') return []
  const home = municipalities.find(({ municipality }) => municipality === patient.municipality) ?? bergen
  const hospital = trustOf[home.number] === helseVest ? west : trustOf[home.number] === helseSorOst ? east : undefined
  const age = 2026 - Number(patient.birthDate.slice(0, 4))
  const isNamed = !/^p\d+$/.test(patient.id)
  const several = patient.id === 'astrid' || patient.id === 'gunnar' || patient.id === 'liv'
  const times = several
    ? 9
    : isNamed
      ? random.int(age < 16 ? 0 : 1, age < 16 ? 1 : 3)
      : age > 66
        ? random.int(0, 2)
        : random.chance(age < 16 ? 0.1 : 0.2)
          ? 1
          : 0
  const made: Made[] = []
  const level = new Map(analyses.map(({ nlk }) => [nlk, random.next()]))
  for (let at = times; at >= 1; at -= 1) {
    const laboratory = (several ? [private_, west, east][at % 3] : random.chance(0.45) ? private_ : hospital) ?? private_
    made.push({ laboratory, report: bloodTest(patient, at, laboratory, level, random, now) })
  }
  const reads = hospital ?? west
  if (several || random.chance(isNamed ? 0.15 : 0.08))
    made.push({ laboratory: { ...reads, department: microbiology }, report: culture(patient, random, now) })
  if (patient.id === 'astrid' || (!isNamed && age > 40 && random.chance(0.05)))
    made.push(...pathology(patient, { ...reads, department: 'Avdeling for patologi' }, random, now))
  if (several || (age > 15 && hospital && random.chance(0.06)))
    made.push({ laboratory: { ...reads, department: 'Radiologisk avdeling' }, report: chestX(patient, random, now) })
  return patient.id === 'astrid' ? [...made, ...changedAndCancelled(patient, random, now)] : made
}

const local = (time: string) => time.replace('Z', '+00:00')

function bloodTest(
  patient: SeedPatient,
  at: number,
  { local: own }: Laboratory,
  level: Map<string, number>,
  random: Random,
  now: Date,
): Report {
  const hours = at * 24 * 29 - random.int(0, 200)
  // In the morning, as at a doctor's office and on the round of a ward; the answer comes in the afternoon.
  const day = timeBefore(now, Math.max(hours, 48)).slice(0, 10)
  const collected = `${day}T0${random.int(6, 9)}:${random.pick(['05', '20', '35', '50'])}:00+00:00`
  const about = { gender: patient.gender, age: yearsBetween(patient.birthDate, collected.slice(0, 10)) }
  const results = analyses
    .filter(() => random.chance(/^p\d+$/.test(patient.id) ? 0.5 : 0.85))
    .flatMap((analysis) => answered(analysis, own, drawnValue(analysis, about, level, random), about))
  return {
    reportId: `${patient.id.toUpperCase()}-B${at}`,
    generated: `${day}T${random.int(12, 15)}:10:00+00:00`,
    collected,
    requester: doctors[own ? at % 2 : 2] ?? doctors[0],
    ...(random.chance(0.3) ? { copyTo: { name: 'Sykehjemslegen (oppdiktet)', organization: bergen.number } } : {}),
    specimens: [
      { id: 'P', code: 'P', name: 'Plasma' },
      { id: 'B', code: 'B', name: 'Blod' },
    ],
    results,
  } as Report
}

/** Whole years; both are days. */
function yearsBetween(born: string, day: string): number {
  return Number(day.slice(0, 4)) - Number(born.slice(0, 4)) - (day.slice(5) < born.slice(5) ? 1 : 0)
}

/** About where this person's values lie; undefined when there is no interval for such a person. */
function drawnValue({ nlk, usual, decimals }: Analysis, about: Patient, level: Map<string, number>, random: Random): number | undefined {
  const { low = 0, high } = referenceInterval(nlk, about) ?? {}
  if (high === undefined) return undefined
  const [from, to] = 'values' in usual ? usual.values : usual.shares.map((share) => low + share * (high - low))
  const width = (to ?? 0) - (from ?? 0)
  // Squared, so that most lie low where illness raises them: C-reactive protein, creatinine, HbA1c.
  const skewed = nlk === CREATININE || 'values' in usual
  const share = (level.get(nlk) ?? 0) ** (skewed ? 2 : 1)
  const value = (from ?? 0) + width * Math.min(Math.max(share + (random.next() - 0.5) * 0.2, 0), 1)
  return Number(value.toFixed(decimals))
}

/** The answer of an analysis, and with creatinine the estimate that is made from it, in the same answer. */
function answered(analysis: Analysis, own: boolean, value: number | undefined, about: Patient): MadeResult[] {
  if (value === undefined) return []
  const one = result(analysis, own, value, about)
  return analysis.nlk === CREATININE ? [one, result(gfr, own, estimatedGfr(value, about), about)] : [one]
}

/** The flag is set by the number that is printed. */
function result(analysis: Analysis, own: boolean, value: number, about: Patient): MadeResult {
  const { nlk, name, own: ownCode, decimals } = analysis
  const limits = referenceInterval(nlk, about)
  const { unit, factor } = own && analysis.ownUnit ? analysis.ownUnit : { unit: analysis.unit, factor: 1 }
  const digits = factor === 10 ? decimals - 1 : decimals
  const less = nlk === 'NPU19748' && value < 4
  const deviation = limits && deviationOf(value, limits)
  return {
    id: nlk,
    specimen: name.startsWith('B-') ? 'B' : 'P',
    // The private laboratory has its own codes, and the national code too for only some of them.
    codes: own
      ? [[8212, ownCode, name] as const, ...(nlk === 'NPU19748' ? ([[7280, nlk, name]] as const) : [])]
      : [[7280, nlk, name] as const],
    name,
    number: less ? '4' : (value * factor).toFixed(digits).replace('.', own ? ',' : '.'),
    ...(less ? { comparator: 'LT' as const } : {}),
    unit,
    ...(limits && { interval: factor === 10 ? limits.text.replace(/,(?=\d)/g, '') : limits.text }),
    ...(deviation && !less ? { deviation } : {}),
  }
}

const susceptible = { S: 'Følsom', I: 'Følsom ved økt eksponering', R: 'Resistent' } as const
type Agent = readonly [code: string, name: string, answer: keyof typeof susceptible]

/** What grows in a urine specimen: most often nothing. Codes of bacteria as hospitals send them on list 8271. */
const growths: readonly { code: string; name: string; agents: readonly Agent[] }[] = [
  {
    code: 'ESCCOL',
    name: 'Escherichia coli',
    agents: [
      ['AMP', 'Ampicillin', 'R'],
      ['MEC', 'Mecillinam', 'S'],
      ['NIT', 'Nitrofurantoin', 'S'],
      ['TMP', 'Trimetoprim', 'S'],
      ['CIP', 'Ciprofloxacin', 'I'],
    ],
  },
  {
    code: 'KLEPNE',
    name: 'Klebsiella pneumoniae',
    agents: [
      ['AMP', 'Ampicillin', 'R'],
      ['MEC', 'Mecillinam', 'S'],
      ['TMP', 'Trimetoprim', 'R'],
      ['CIP', 'Ciprofloxacin', 'S'],
    ],
  },
  {
    code: 'ENTFAE',
    name: 'Enterococcus faecalis',
    agents: [
      ['AMP', 'Ampicillin', 'S'],
      ['NIT', 'Nitrofurantoin', 'S'],
    ],
  },
]

const infected = ['astrid', 'liv']

/** Two have a urinary infection; of the others two in three have no growth. */
function culture(patient: SeedPatient, random: Random, now: Date): Report {
  const hours = random.int(3, 40) * 24
  const grown = infected.includes(patient.id) ? growths[0] : random.chance(1 / 3) ? growths[Math.max(random.int(-1, 2), 0)] : undefined
  const found: MadeResult[] = grown
    ? [
        {
          id: 'funn-1',
          name: 'Identifikasjon',
          heading: 'LR',
          text: grown.name,
          textCodes: [[8271, grown.code, grown.name]],
          results: grown.agents.map(([code, name, answer], index) => ({
            id: `res-${index}`,
            codes: [[7230, code, name]],
            name,
            heading: 'RSB',
            textCodes: [[8271, answer, susceptible[answer]]],
          })),
        },
      ]
    : []
  return {
    reportId: `${patient.id.toUpperCase()}-M1`,
    generated: local(timeBefore(now, hours - 40)),
    collected: local(timeBefore(now, hours)),
    discipline: 'MBIO',
    requester: doctors[0],
    specimens: [{ id: 'U', code: 'U', name: 'Urin' }],
    results: [
      {
        id: 'dyrkning',
        codes: [[7230, 'AERD', 'Aerob dyrkning']],
        name: 'Aerob dyrkning',
        text: grown ? 'Vekst' : 'Ingen vekst',
        results: found,
      },
    ],
  } as Report
}

function pathology(patient: SeedPatient, laboratory: Laboratory, random: Random, now: Date): Made[] {
  const hours = random.int(30, 90) * 24
  const report = (version: number, status: string, text: string): Report =>
    ({
      reportId: `${patient.id.toUpperCase()}-H1`,
      generated: local(timeBefore(now, hours - version * 30)),
      issued: local(timeBefore(now, hours - 30)),
      collected: local(timeBefore(now, hours)),
      discipline: 'HIST',
      status,
      requester: doctors[2],
      specimens: [{ id: 'V', code: 'VEV', name: 'Hud' }],
      results: [
        {
          id: '1',
          codes: [[7280, 'NOR25048', 'Ve-Histologi']],
          name: 'Ve-Histologi',
          results: [
            { heading: 'FU', text, name: 'Mikroskopi' },
            { heading: 'VU', text: status === 'F' ? 'Seboreisk keratose. Ikke tegn til malignitet.' : 'Svar følger.', name: 'Vurdering' },
          ],
        },
      ],
    }) as Report
  return [
    { laboratory, report: report(1, 'P', 'Hudbiopsi under vurdering.') },
    {
      laboratory,
      report: report(2, 'F', 'Hudbiopsi med hyperkeratose og akantose, bygget opp av basaloide celler. Hornkuler. Ingen atypi.'),
    },
  ]
}

/** Agrees with what else is known of them: a pacemaker, and chronic obstructive lung disease. */
const chestFindings: Readonly<Record<string, string>> = {
  astrid: 'Pacemaker på venstre side, ledninger i vanlig stilling. Ingen infiltrater eller stuvning.\n\nR: Ingen tegn til pneumoni.',
  gunnar:
    'Hyperinflasjon med avflatede diafragmakupler. Ingen infiltrater. Ingen pleuravæske.\n\nR: Forandringer som ved kols. Ikke pneumoni.',
}

function chestX(patient: SeedPatient, random: Random, now: Date): Report {
  const hours = random.int(2, 120) * 24
  return {
    reportId: `${patient.id.toUpperCase()}-R1`,
    generated: local(timeBefore(now, hours - 4)),
    collected: local(timeBefore(now, hours)),
    discipline: 'RTG',
    requester: doctors[2],
    specimens: [],
    results: [
      {
        id: '1',
        codes: [[7270, 'SSC0AA', 'RG Thorax']],
        name: 'RG Thorax',
        heading: 'FU',
        text:
          chestFindings[patient.id] ?? 'Normal hjertestørrelse. Ingen infiltrater eller stuvning. Ingen pleuravæske.\n\nR: Normalt funn.',
      },
    ],
  } as Report
}

/** One answer that was corrected, and one that was cancelled because the tubes had been mixed up. */
function changedAndCancelled(patient: SeedPatient, random: Random, now: Date): Made[] {
  const kalium = (number: string, more: Partial<MadeResult> = {}): MadeResult => ({
    id: 'K',
    codes: [[7280, 'NPU03230', 'P-Kalium']],
    name: 'P-Kalium',
    number,
    unit: 'mmol/L',
    interval: '3,5 - 5,0',
    ...more,
  })
  const common = (id: string, days: number, version: number): Report => ({
    reportId: `${patient.id.toUpperCase()}-${id}`,
    generated: local(timeBefore(now, days * 24 - version * 5)),
    collected: local(timeBefore(now, days * 24)),
    ...(doctors[2] ? { requester: doctors[2] } : {}),
    specimens: [{ id: 'P', code: 'P', name: 'Plasma' }],
    results: [],
  })
  const days = random.int(4, 6)
  return [
    { laboratory: west, report: { ...common('E1', days, 0), results: [kalium('6.8', { deviation: 1 })] } },
    {
      laboratory: west,
      report: {
        ...common('E1', days, 1),
        serviceType: 'M',
        results: [kalium('4.1', { serviceType: 'M', comment: 'Rettet: første prøve var hemolysert.' })],
      },
    },
    { laboratory: west, report: { ...common('E2', days + 8, 0), results: [kalium('5.9', { deviation: 1 })] } },
    { laboratory: west, report: { ...common('E2', days + 8, 1), serviceType: 'C', comment: 'Kansellert: feil merking av prøveglass.' } },
  ]
}
