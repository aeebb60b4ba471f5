/**
 * Answers of three laboratories in two regions, as the messages they send: a hospital in the west, one in the east, and a private
 * laboratory that has codes of its own. Names of analyses are those of the national code list (NLK).
 */

import { kithMessage, type MadeReport, type MadeResult } from '@helsevev/service-test-results/made-up/kith-message'
import { bergen, fjellsyn, helseSorOst, helseVest, municipalities, trustOf } from '../organizations.ts'
import { patients } from '../patients.ts'
import { type Random, randomFrom } from '../random.ts'
import type { SeedPatient } from '../seed-patient.ts'
import { clientOf, supplierOf } from '../sign-in.ts'
import { timeBefore } from './times.ts'

export interface SeedMessage {
  controller: string
  client: string
  supplier: string | undefined
  service: 'test-results'
  identityNumber: string
  /** To POST to /fhir/test-results/${adapter}. */
  adapter: 'kith-report'
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

interface Analysis {
  nlk: string
  name: string
  /** Code of the private laboratory, list 8212. */
  own: string
  unit: string
  /** How the private laboratory writes the number: the same in another unit. */
  ownUnit?: { unit: string; factor: number; interval: string; decimals: number }
  interval: string
  usual: readonly [low: number, high: number]
  decimals: number
}

const analyses: readonly Analysis[] = [
  {
    nlk: 'NOR05172',
    name: 'B-Hemoglobin',
    own: 'HB',
    unit: 'g/dL',
    ownUnit: { unit: 'g/L', factor: 10, interval: '117 - 153', decimals: 0 },
    interval: '11,7 - 15,3',
    usual: [10.4, 15.6],
    decimals: 1,
  },
  {
    nlk: 'NPU02593',
    name: 'B-Leukocytter',
    own: 'LEUK',
    unit: '10*9/L',
    ownUnit: { unit: '10E9/L', factor: 1, interval: '3,5 - 11,0', decimals: 1 },
    interval: '3,5 - 11,0',
    usual: [4, 12],
    decimals: 1,
  },
  { nlk: 'NPU19748', name: 'P-C-reaktivt protein', own: 'CRP', unit: 'mg/L', interval: '< 5', usual: [1, 40], decimals: 0 },
  { nlk: 'NPU03429', name: 'P-Natrium', own: 'NA', unit: 'mmol/L', interval: '137 - 145', usual: [132, 146], decimals: 0 },
  { nlk: 'NPU03230', name: 'P-Kalium', own: 'K', unit: 'mmol/L', interval: '3,5 - 5,0', usual: [3.3, 5.3], decimals: 1 },
  {
    nlk: 'NPU04998',
    name: 'P-Kreatinin',
    own: 'KREA',
    unit: 'µmol/L',
    ownUnit: { unit: 'umol/L', factor: 1, interval: '60 - 105', decimals: 0 },
    interval: '60 - 105',
    usual: [55, 150],
    decimals: 0,
  },
  {
    nlk: 'NOR25909',
    name: 'Nyre-eGFR CKD-EPI Kreatinin',
    own: 'EGFR',
    unit: 'mL/min/1,73m2',
    interval: '> 60',
    usual: [35, 95],
    decimals: 0,
  },
  { nlk: 'NPU27300', name: 'B-HbA1c', own: 'HBA1C', unit: 'mmol/mol', interval: '20 - 42', usual: [34, 62], decimals: 0 },
]

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
  const times = several ? 9 : isNamed ? random.int(1, 3) : age > 66 ? random.int(0, 2) : random.chance(0.2) ? 1 : 0
  const made: Made[] = []
  const level = new Map(analyses.map(({ nlk, usual: [low, high] }) => [nlk, low + random.next() * (high - low)]))
  for (let at = times; at >= 1; at -= 1) {
    const laboratory = several ? [private_, west, east][at % 3] : random.chance(0.45) ? private_ : hospital
    made.push({ laboratory: laboratory ?? private_, report: bloodTest(patient, at, laboratory ?? private_, level, random, now) })
  }
  if (several || (isNamed ? random.chance(0.5) : random.chance(0.08)))
    made.push({ laboratory: hospital ?? west, report: culture(patient, random, now) })
  if (patient.id === 'astrid' || (!isNamed && random.chance(0.04))) made.push(...pathology(patient, hospital ?? west, random, now))
  if (several || random.chance(0.06)) made.push({ laboratory: hospital ?? east, report: chestX(patient, random, now) })
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
  const hours = at * 24 * 29 - random.int(0, 200) * 1
  const collected = local(timeBefore(now, Math.max(hours, 14)))
  const results = analyses
    .filter(() => random.chance(/^p\d+$/.test(patient.id) ? 0.5 : 0.85))
    .map((analysis) => result(analysis, own, level, random))
  return {
    reportId: `${patient.id.toUpperCase()}-B${at}`,
    generated: local(timeBefore(now, Math.max(hours - 6, 8))),
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

function result(
  { nlk, name, own: ownCode, unit, ownUnit, interval, usual: [low, high], decimals }: Analysis,
  own: boolean,
  level: Map<string, number>,
  random: Random,
): MadeResult {
  const width = high - low
  const value = Math.min(Math.max((level.get(nlk) ?? low) + (random.next() - 0.5) * width * 0.25, low - width * 0.1), high + width * 0.2)
  const said = own && ownUnit ? { ...ownUnit, number: value * ownUnit.factor } : { unit, interval, decimals, number: value }
  const bounds = /^(?:<\s*(\S+)|>\s*(\S+)|(\S+) - (\S+))$/.exec(interval)
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text.replace(',', '.')))
  const over = number(bounds?.[4] ?? bounds?.[1])
  const under = number(bounds?.[3] ?? bounds?.[2])
  const less = nlk === 'NPU19748' && value < 4
  return {
    id: nlk,
    specimen: name.startsWith('B-') ? 'B' : 'P',
    // The private laboratory has its own codes, and the national code too for only some of them.
    codes: own
      ? [[8212, ownCode, name] as const, ...(nlk === 'NPU19748' ? ([[7280, nlk, name]] as const) : [])]
      : [[7280, nlk, name] as const],
    name,
    number: less ? '4' : said.number.toFixed(said.decimals).replace('.', own ? ',' : '.'),
    ...(less ? { comparator: 'LT' as const } : {}),
    unit: said.unit,
    interval: said.interval,
    ...(over !== undefined && value > over
      ? { deviation: 1 as const }
      : under !== undefined && value < under
        ? { deviation: 2 as const }
        : {}),
  }
}

function culture(patient: SeedPatient, random: Random, now: Date): Report {
  const hours = random.int(3, 40) * 24
  const agents = [
    ['AMP', 'Ampicillin', 'R'],
    ['MEC', 'Mecillinam', 'S'],
    ['NIT', 'Nitrofurantoin', 'S'],
    ['TMP', 'Trimetoprim', random.pick(['S', 'R'])],
    ['CIP', 'Ciprofloxacin', 'I'],
  ] as const
  const words = { S: 'Følsom', I: 'Følsom ved økt eksponering', R: 'Resistent' } as const
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
        text: 'Vekst',
        results: [
          {
            id: 'funn-1',
            name: 'Identifikasjon',
            heading: 'LR',
            text: 'Escherichia coli',
            textCodes: [[8271, 'ESCCOL', 'Escherichia coli']],
            results: agents.map(([code, name, answer], index) => ({
              id: `res-${index}`,
              codes: [[7230, code, name]],
              name,
              heading: 'RSB',
              textCodes: [[8271, answer, words[answer as keyof typeof words]]],
            })),
          },
        ],
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
        text: 'Normal hjertestørrelse. Ingen infiltrater eller stuvning. Ingen pleuravæske.\n\nR: Normalt funn.',
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
