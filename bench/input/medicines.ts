/** Lists and prescriptions of made-up medicines, as record systems send them. */
import { makeMessage } from '@helsevev/clinical/e-prescription/made-up'
import { type MadeLine, m251 } from '@helsevev/service-medication-list/made-up/messages'
import type { InputKind, Recipient } from './kind.ts'

const run = `${process.pid.toString(16).padStart(8, '0').slice(-8)}-${(Date.now() % 65_536).toString(16).padStart(4, '0')}`
/** A UUID that no other message of the run has. */
const id = (nth: number, part: number) => `${run}-4000-8${String(part).padStart(3, '0')}-${String(nth).padStart(12, '0')}`

/** Substances and their ATC codes; a list of thirty has each of them three times, in other strengths. */
const substances = [
  ['Metoprolol', 'C07AB02'],
  ['Atorvastatin', 'C10AA05'],
  ['Metformin', 'A10BA02'],
  ['Levotyroksin', 'H03AA01'],
  ['Paracetamol', 'N02BE01'],
  ['Pantoprazol', 'A02BC02'],
  ['Apixaban', 'B01AF02'],
  ['Amlodipin', 'C08CA01'],
  ['Sertralin', 'N06AB06'],
  ['Zopiklon', 'N05CF01'],
] as const

function lineOf(nth: number, at: number): MadeLine {
  const [name, atc] = substances[at % substances.length] ?? substances[0]
  return {
    id: id(nth, at),
    name: `${name} Tab ${(1 + Math.floor(at / substances.length)) * 5} mg`,
    atc,
    form: ['53', 'Tablett'],
    dose: '1 tablett morgen og kveld',
    use: at % 3 === 0 ? '3' : '1',
    why: 'mot plager',
    start: '2026-01-10',
    changed: '2026-01-10T09:00:00+01:00',
  }
}

/** An M25.1 with so many lines. */
export function listMessage({ identityNumber, nth }: Pick<Recipient, 'identityNumber' | 'nth'>, lines: number): string {
  const made = Array.from({ length: lines }, (_, at) => lineOf(nth, at))
  return m251({ patient: identityNumber, id: id(nth, 999), time: new Date().toISOString(), lines: made })
}

function prescriptionMessage({ identityNumber, nth }: Recipient): string {
  const now = new Date()
  const [name, atc] = substances[nth % substances.length] ?? substances[0]
  const organization = {
    name: 'Fjellveien legesenter (oppdiktet)',
    identifiers: [{ value: '900000001', type: { code: 'ENH' } }],
    professional: { family: 'Fastlege', given: 'Frida', identifiers: [{ value: '009990001', type: { code: 'HPR' } }] },
  }
  return makeMessage('M1', {
    head: {
      type: { code: 'ERM1' },
      profile: 'v2.4',
      timestamp: now.toISOString(),
      id: id(nth, 0),
      sender: { organization },
      receiver: { organization: { name: 'Reseptformidleren', identifiers: [{ value: '965336796', type: { code: 'ENH' } }] } },
      patient: { identifiers: [{ value: identityNumber, type: { code: 'FNR' } }] },
    },
    body: {
      authoredOn: now.toISOString().slice(0, 10),
      validUntil: new Date(now.getTime() + 365 * 86_400_000).toISOString().slice(0, 10),
      festUpdated: now.toISOString(),
      drug: {
        itemGroup: { code: 'L' },
        packages: '1',
        repeats: 3,
        prescribing: {
          doseText: '1 tablett morgen og kveld',
          use: { code: '1' },
          applicationArea: 'mot plager',
          dosings: [],
          brand: { atc: { code: atc, display: name }, name: `${name} Tab 5 mg`, prescriptionGroup: { code: 'C' } },
        },
      },
    },
  })
}

const common = { sender: 'municipality', mediaType: 'application/xml', status: 201 } as const

export const medicationList: InputKind = {
  ...common,
  service: 'medication-list',
  message: (to) => ({ path: '/fhir/medication-list/$medication-list', body: listMessage(to, 30) }),
}

export const prescription: InputKind = {
  ...common,
  service: 'e-prescriptions',
  message: (to) => ({ path: '/fhir/e-prescriptions/$e-prescription', body: prescriptionMessage(to) }),
}
