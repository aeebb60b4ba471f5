/** The panel, $getMedication and the indicators find the same double prescriptions, of every kind of drug, use and place. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeInner } from '@helsevev/clinical/e-prescription/made-up'
import { comparedPrescriptions } from '@helsevev/clinical/e-prescription-fhir/drug-codes'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { DATA_CONTROLLER_URL } from '@helsevev/kernel/fhir/write/content'
import { isProblem } from '@helsevev/kernel/problem/problem'
import type { Bundle, List, MedicationRequest, MedicationStatement, Parameters, Resource } from '@medplum/fhirtypes'
import { getMedicationOperation } from '../fhir/get-medication.ts'
import { m251 } from '../made-up/messages.ts'
import { convertMessage } from '../messages/convert.ts'
import { indicators } from '../model/indicators.ts'
import { candidatesOf } from './candidates.ts'
import { dataOf } from './load.ts'

const codes = codesFromData()
const now = new Date('2026-01-15T10:00:00Z')
const common = { name: 'Legemiddel', prescriptionGroup: { code: 'C' } }
const mixture = { name: 'Salve', prescriptionGroup: { code: 'C' }, drugs: [], others: [{ name: 'Vaselin' }], substances: [] }

/** Each by what its message states, with how two of it are alike. */
const kinds = {
  'by the number of FEST': [{ brand: { ...common, festId: 'ID_1' } }, 'product ID_1'],
  'by Varenr alone': [{ package: { ...common, articleNumber: '012345' } }, 'product 012345'],
  'by its substance': [{ substance: { ...common, atc: { code: 'C07AB02' } } }, 'substance C07AB02'],
  'a vaccine, by ATC': [{ brand: { ...common, festId: 'ID_2', atc: { code: 'J07CA09' } } }, ''],
  'a vaccine, by its kind': [{ package: { ...common, articleNumber: '54321', preparationType: { code: '6' } } }, ''],
  'what a pharmacy mixes': [{ mixture }, ''],
} as const
const uses = { regular: '1', course: '2', 'as needed': '3', vaccine: '4' } as const
type Kind = keyof typeof kinds
type Use = keyof typeof uses

function drawnOf(kind: Kind, use: Use) {
  const body = {
    itemGroup: { code: 'L' },
    repeats: 3,
    prescribing: { doseText: '1', dosings: [], use: { code: uses[use] }, ...kinds[kind][0] },
  }
  const changed = '2025-03-01T09:00:00+01:00'
  return { type: { code: 'U' }, lastChanged: changed, roles: [], drug: { base64: makeInner('ReseptDokLegemiddel', { body } as never) } }
}

type Stored = readonly [List, ...MedicationStatement[]]

function listOf(...lines: readonly (readonly [string, Kind, Use, string?])[]): Stored {
  const drafts = lines.map(([id, kind, use, prescription]) => ({
    id,
    ...drawnOf(kind, use),
    ...(prescription ? { prescriptionId: prescription } : {}),
  }))
  const message = m251({ patient: '14835010067', id: 'l-1', time: '2026-01-10T09:00:00+01:00', lines: drafts as never })
  const made = convertMessage(Buffer.from(message), { codes, now })
  if (isProblem(made) || made.kind !== 'record-set') throw new Error(JSON.stringify(made))
  const resources = made.entries.map(({ fullUrl, resource }) => ({ ...resource, id: fullUrl }))
  return resources.toSorted((one) => (one.resourceType === 'List' ? -1 : 1)) as unknown as Stored
}

/** A prescription has the drug of the line that the same message would make. */
function prescriptionOf(number: string, kind: Kind, use: Use, more: Partial<MedicationRequest> = {}): MedicationRequest {
  const [, line] = listOf(['x', kind, use])
  const coding = { system: 'urn:oid:2.16.578.1.12.4.1.1.7408', code: 'E' }
  return {
    resourceType: 'MedicationRequest',
    id: number,
    identifier: [{ system: 'http://helsevev.no/fhir/NamingSystem/resept-id', value: number }],
    status: 'active',
    intent: 'order',
    subject: {},
    contained: line?.contained?.filter(({ resourceType }) => resourceType === 'Medication') ?? [],
    dosageInstruction: [
      { extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/dosage-use', valueCoding: { code: uses[use] } }] },
    ],
    extension: [
      { url: 'http://helsevev.no/fhir/StructureDefinition/prescription-state', extension: [{ url: 'state', valueCoding: coding }] },
    ],
    ...more,
  }
}

function inPanel(list: Stored, prescriptions: readonly MedicationRequest[]): string[] {
  const bundle = { resourceType: 'Bundle', type: 'searchset', entry: list.map((resource) => ({ resource })) } as Bundle
  const shown = comparedPrescriptions(prescriptions, now).map((one) => ({ ...one, isAtPharmacy: false, controllers: ['A'] as const }))
  const beside = {
    prescriptions: { status: 'some' as const, isPartial: false, data: { prescriptions: shown } },
    allergies: { status: 'none' as const, isPartial: false },
  }
  return candidatesOf({ ...dataOf([bundle], [], now), beside })
    .map(({ key, standing, grade }) => [...key.split(' ').sort(), grade, standing].join(' '))
    .sort()
}

async function answered(list: Stored, prescriptions: readonly MedicationRequest[]): Promise<Parameters> {
  const [first, ...lines] = list
  const found = (type: string): Resource[] => (type === 'List' ? [first] : type === 'MedicationStatement' ? lines : [])
  const records = { search: async (type: string) => found(type), nothing: async () => 'none', withheldByPatient: async () => [] }
  const elsewhere = async ({ type }: { type: string }) => (type === 'MedicationRequest' ? [...prescriptions] : [])
  return (await getMedicationOperation.run(
    records as never,
    { now, elsewhere, withheldElsewhere: () => undefined, parameters: new URLSearchParams() } as never,
  )) as Parameters
}

async function byApi(list: Stored, prescriptions: readonly MedicationRequest[]): Promise<string[]> {
  const { parameter = [] } = await answered(list, prescriptions)
  return parameter
    .filter(({ name }) => name === 'doublePrescription')
    .map(({ part = [] }) => {
      const of = (name: string) => part.filter((one) => one.name === name)
      const ids = of('medication').map(({ valueIdentifier }) => valueIdentifier?.value)
      return [...ids.sort(), of('grade')[0]?.valueCode, of('standing')[0]?.valueCode].join(' ')
    })
    .sort()
}

const places = {
  'two lines': (kind, one, other) => [listOf(['a', kind, one], ['b', kind, other]), []],
  'a line and a prescription': (kind, one, other) => [listOf(['a', kind, one]), [prescriptionOf('b', kind, other)]],
  'two prescriptions': (kind, one, other) => [listOf(), [prescriptionOf('a', kind, one), prescriptionOf('b', kind, other)]],
} as const satisfies Record<string, (kind: Kind, one: Use, other: Use) => [Stored, MedicationRequest[]]>

for (const kind of Object.keys(kinds) as Kind[])
  test(`all three judge alike: ${kind}`, async () => {
    for (const one of Object.keys(uses) as Use[])
      for (const other of Object.keys(uses) as Use[])
        for (const [place, made] of Object.entries(places)) {
          const [list, prescriptions] = made(kind, one, other)
          const [grade] = kinds[kind][1].split(' ')
          const standing = (one === 'as needed') === (other === 'as needed') ? 'candidate' : 'information'
          const expected = grade === '' || one === 'vaccine' || other === 'vaccine' ? [] : [`a b ${grade} ${standing}`]
          const where = `${place}, ${one} and ${other}`
          assert.deepEqual(inPanel(list, prescriptions), expected, `panel: ${where}`)
          assert.deepEqual(await byApi(list, prescriptions), expected, `$getMedication: ${where}`)
          if (place !== 'two lines') continue
          const counted = indicators.of(
            list.map((resource) => ({ resource, from: now, until: undefined })),
            now,
          )
          assert.equal(counted?.open, expected[0]?.endsWith('candidate') ? 1 : 0, `indicators: ${where}`)
        }
  })

const from = (organization: string, lastUpdated: string): Partial<MedicationRequest> => ({
  id: `x-${organization}`,
  meta: { lastUpdated },
  extension: [
    ...(prescriptionOf('x', 'by its substance', 'regular').extension ?? []),
    { url: DATA_CONTROLLER_URL, valueIdentifier: { value: organization } },
  ],
})
const twice = [
  prescriptionOf('x', 'by its substance', 'regular', from('2', '2026-01-12T10:00:00Z')),
  prescriptionOf('x', 'by its substance', 'regular', from('1', '2026-01-11T10:00:00Z')),
]

test('a prescription that two have reported is one, with both who sent it', async () => {
  const [list] = [listOf(['a', 'by its substance', 'regular'])]
  assert.deepEqual(inPanel(list, twice), ['a x substance candidate'])
  assert.deepEqual(await byApi(list, twice), ['a x substance candidate'])
  const { parameter = [] } = await answered(listOf(), twice)
  const document = parameter.find(({ name }) => name === 'medication')?.resource as Bundle
  const found = document.entry?.flatMap(({ resource }) => (resource?.resourceType === 'MedicationRequest' ? [resource] : [])) ?? []
  const sources = found.map((one) =>
    one.extension?.filter(({ url }) => url === DATA_CONTROLLER_URL).map((each) => each.valueIdentifier?.value),
  )
  assert.deepEqual(sources, [['1', '2']])
  assert.deepEqual(inPanel(listOf(['a', 'by its substance', 'regular', 'x']), twice), [])
  assert.deepEqual(await byApi(listOf(['a', 'by its substance', 'regular', 'x']), twice), [])
})

test('a renewal is no double prescription, whichever of the two names the other', async () => {
  const list = listOf(['a', 'by its substance', 'regular', 'r1'])
  const previous = { priorPrescription: { identifier: { value: 'r1' } } }
  const renewed = prescriptionOf('r1', 'by its substance', 'regular')
  const [state] = renewed.extension ?? []
  const naming = { url: 'new-prescription', valueIdentifier: { value: 'r2' } }
  const next = { extension: [{ ...state, url: state?.url ?? '', extension: [...(state?.extension ?? []), naming] }] }
  for (const prescriptions of [
    [renewed, prescriptionOf('r2', 'by its substance', 'regular', previous)],
    [prescriptionOf('r1', 'by its substance', 'regular', next), prescriptionOf('r2', 'by its substance', 'regular')],
  ])
    for (const shown of [list, listOf()]) {
      assert.deepEqual(inPanel(shown, prescriptions), [])
      assert.deepEqual(await byApi(shown, prescriptions), [])
    }
})
