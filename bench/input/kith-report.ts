/** One Svarrapport 1.4 with what a general practitioner usually asks for: eighteen results, who ordered, who gets a copy. */

import { kithMessage, type MadeResult } from '@helsevev/service-test-results/made-up/kith-message'
import type { InputKind, Recipient } from './kind.ts'

interface Analysis {
  nlk: string
  name: string
  unit: string
  interval: string
  usual: readonly [low: number, high: number]
  decimals: number
}

const analyses: readonly Analysis[] = [
  { nlk: 'NOR05172', name: 'B-Hemoglobin', unit: 'g/dL', interval: '11,7 - 15,3', usual: [10.4, 15.6], decimals: 1 },
  { nlk: 'NPU02593', name: 'B-Leukocytter', unit: '10*9/L', interval: '3,5 - 11,0', usual: [4, 12], decimals: 1 },
  { nlk: 'NPU03568', name: 'B-Trombocytter', unit: '10*9/L', interval: '145 - 390', usual: [130, 400], decimals: 0 },
  { nlk: 'NPU27300', name: 'B-HbA1c', unit: 'mmol/mol', interval: '20 - 42', usual: [34, 62], decimals: 0 },
  { nlk: 'NPU19748', name: 'P-C-reaktivt protein', unit: 'mg/L', interval: '< 5', usual: [1, 40], decimals: 0 },
  { nlk: 'NPU03429', name: 'P-Natrium', unit: 'mmol/L', interval: '137 - 145', usual: [132, 146], decimals: 0 },
  { nlk: 'NPU03230', name: 'P-Kalium', unit: 'mmol/L', interval: '3,5 - 5,0', usual: [3.3, 5.3], decimals: 1 },
  { nlk: 'NPU04998', name: 'P-Kreatinin', unit: 'µmol/L', interval: '60 - 105', usual: [55, 150], decimals: 0 },
  { nlk: 'NOR25909', name: 'Nyre-eGFR CKD-EPI Kreatinin', unit: 'mL/min/1,73m2', interval: '> 60', usual: [35, 95], decimals: 0 },
  { nlk: 'NPU19651', name: 'P-ALAT', unit: 'U/L', interval: '10 - 70', usual: [12, 90], decimals: 0 },
  { nlk: 'NPU19654', name: 'P-ASAT', unit: 'U/L', interval: '15 - 45', usual: [15, 60], decimals: 0 },
  { nlk: 'NPU27783', name: 'P-ALP', unit: 'U/L', interval: '35 - 105', usual: [40, 130], decimals: 0 },
  { nlk: 'NPU19657', name: 'P-GGT', unit: 'U/L', interval: '10 - 80', usual: [12, 110], decimals: 0 },
  { nlk: 'NPU01566', name: 'P-Kolesterol', unit: 'mmol/L', interval: '3,3 - 6,9', usual: [3.2, 7.4], decimals: 1 },
  { nlk: 'NPU01567', name: 'P-HDL-kolesterol', unit: 'mmol/L', interval: '1,0 - 2,7', usual: [0.9, 2.2], decimals: 1 },
  { nlk: 'NPU01568', name: 'P-LDL-kolesterol', unit: 'mmol/L', interval: '1,4 - 4,7', usual: [1.6, 5.1], decimals: 1 },
  { nlk: 'NPU03577', name: 'P-Tyreotropin', unit: 'mIU/L', interval: '0,5 - 3,6', usual: [0.4, 4.8], decimals: 2 },
  { nlk: 'NPU19763', name: 'P-Ferritin', unit: 'µg/L', interval: '15 - 160', usual: [10, 220], decimals: 0 },
]

function report({ identityNumber, organization, nth }: Recipient): string {
  const generated = Date.now() - (nth % 3000) * 60_000
  return kithMessage({
    patient: identityNumber,
    reportId: `BENCH-${process.pid}-${nth}`,
    generated: time(generated),
    collected: time(generated - 4 * 3_600_000),
    laboratory: { name: 'Sykehuset (oppdiktet)', organization, department: 'Laboratorieklinikken' },
    requester: { name: 'Fastlege Marit Solheim', practice: 'Fjellveien legesenter (oppdiktet)', hpr: '990000801' },
    ...(nth % 3 === 0 ? { copyTo: { name: 'Sykehjemslegen (oppdiktet)', organization: '999888666' } } : {}),
    specimens: [
      { id: 'P', code: 'P', name: 'Plasma' },
      { id: 'B', code: 'B', name: 'Blod' },
    ],
    results: analyses.map((analysis, at) => result(analysis, nth * 7 + at * 5)),
  })
}

function result({ nlk, name, unit, interval, usual: [low, high], decimals }: Analysis, seed: number): MadeResult {
  const value = low + ((seed % 23) / 22) * (high - low)
  const deviates = seed % 23 > 19
  return {
    id: nlk,
    codes: [[7280, nlk, name]],
    name,
    number: value.toFixed(decimals),
    unit,
    interval,
    specimen: name.startsWith('B-') ? 'B' : 'P',
    ...(deviates ? { deviation: 1 as const } : {}),
  }
}

function time(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}+00:00`
}

export const kithReport: InputKind = {
  service: 'test-results',
  sender: 'laboratory',
  mediaType: 'application/xml',
  status: 201,
  message: (to) => ({ path: '/fhir/test-results/$kith-report', body: report(to) }),
}
