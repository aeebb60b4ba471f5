import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type MultidoseRequest, multidoseOf, responsibleAt } from './multidose.ts'

const doctor = (name: string, hprNumber = `${name.length}654321`) => ({ hprNumber, herId: `1${name.length}`, name })
const pharmacy = (name: string) => ({ licence: `lic-${name}`, name })
const [anna, bo] = [doctor('Anna'), doctor('Bo')]
const [north, south] = [pharmacy('North'), pharmacy('South')]
const by = (who: typeof anna, number: number, more: object = {}): MultidoseRequest => ({
  id: `m-${number}`,
  at: new Date(Date.UTC(2026, 0, number, 9)),
  status: 'R',
  from: `2026-01-${String(number).padStart(2, '0')}`,
  by: 'doctor',
  doctor: who,
  ...more,
})
const ofPharmacy = (who: typeof north, number: number, status: 'R' | 'A' = 'R'): MultidoseRequest => ({
  id: `m-${number}`,
  at: new Date(Date.UTC(2026, 0, number, 9)),
  status,
  from: `2026-01-${String(number).padStart(2, '0')}`,
  by: 'pharmacy',
  pharmacy: who,
})
const out = { status: 'A' as const }

// biome-ignore format: a table, one row to a line
const rows: readonly (readonly [string, readonly MultidoseRequest[], string, string])[] = [
  ['the first doctor', [by(anna, 1)], 'yes', 'Anna'],
  ['the first doctor, with a pharmacy', [by(anna, 1, { pharmacy: north })], 'yes', 'Anna North'],
  ['again by the same doctor', [by(anna, 1), by(anna, 2)], 'yes was Anna', 'Anna'],
  ['again, the number with zeros in front', [by(anna, 1), by({ ...anna, hprNumber: `00${anna.hprNumber}` }, 2)], 'yes was Anna', 'Anna'],
  ['a second doctor takes over', [by(anna, 1), by(bo, 2)], 'yes was Anna notify Anna', 'Bo'],
  ['a second doctor, the same pharmacy', [by(anna, 1, { pharmacy: north }), by(bo, 2, { pharmacy: north })], 'yes was Anna North notify Anna North', 'Bo North'],
  ['a second doctor, another pharmacy', [by(anna, 1, { pharmacy: north }), by(bo, 2, { pharmacy: south })], 'no other-pharmacy was Anna North', 'Anna North'],
  ['the same doctor, another pharmacy', [by(anna, 1, { pharmacy: north }), by(anna, 2, { pharmacy: south })], 'no other-pharmacy was Anna North', 'Anna North'],
  ['deregistered', [by(anna, 1), by(anna, 2, out)], 'yes was Anna', ''],
  ['deregistered, the pharmacy stays and is notified', [by(anna, 1, { pharmacy: north }), by(anna, 2, out)], 'yes was Anna North notify North', 'North'],
  ['deregistered by another doctor', [by(anna, 1), by(bo, 2, out)], 'no other-doctor was Anna', 'Anna'],
  ['deregistered when nobody is registered', [by(anna, 1, out)], 'no not-registered', ''],
  ['registered again after that', [by(anna, 1), by(anna, 2, out), by(bo, 3)], 'yes', 'Bo'],
  ['the pharmacy itself', [ofPharmacy(north, 1)], 'yes', 'North'],
  ['the pharmacy after a doctor, who is notified', [by(anna, 1), ofPharmacy(north, 2)], 'yes was Anna notify Anna', 'Anna North'],
  ['another pharmacy', [ofPharmacy(north, 1), ofPharmacy(south, 2)], 'no other-pharmacy was North', 'North'],
  ['another pharmacy, after the first deregistered', [ofPharmacy(north, 1), ofPharmacy(north, 2, 'A'), ofPharmacy(south, 3)], 'yes', 'South'],
  ['deregistered by another pharmacy', [ofPharmacy(north, 1), ofPharmacy(south, 2, 'A')], 'no other-pharmacy was North', 'North'],
  ['from a day before the registered', [by(anna, 5), by(bo, 6, { from: '2026-01-04' })], 'no before-the-registered was Anna', 'Anna'],
  ['from the same day', [by(anna, 5), by(bo, 6, { from: '2026-01-05' })], 'yes was Anna notify Anna', 'Bo'],
]
for (const [name, requests, answer, responsible] of rows) {
  test(`multidose: ${name}`, () => {
    const found = multidoseOf(requests)
    const last = found.answers.at(-1)
    const was = [last?.doctor, last?.pharmacy].flatMap((one) => one?.name ?? [])
    const notified = last?.notify.map((one) => ('doctor' in one ? one.doctor.name : one.pharmacy.name)) ?? []
    const said = [
      last?.isRegistered ? 'yes' : 'no',
      ...(last?.refusal ? [last.refusal] : []),
      ...(was.length > 0 ? ['was', ...was] : []),
      ...(notified.length > 0 ? ['notify', ...notified] : []),
    ]
    const at = responsibleAt(found, new Date('2026-01-20T09:00:00Z'))
    assert.deepEqual([said.join(' '), [at.doctor, at.pharmacy].flatMap((one) => one?.name ?? []).join(' ')], [answer, responsible])
  })
}

// biome-ignore format: a table, one row to a line
const days: readonly (readonly [string, string | undefined])[] = [
  ['2026-01-04T22:59:59Z', undefined],
  ['2026-01-04T23:00:00Z', 'Anna'],
  ['2026-01-09T22:59:59Z', 'Anna'],
  ['2026-01-09T23:00:00Z', 'Bo'],
]
for (const [now, name] of days) {
  test(`multidose: at ${now} ${name ?? 'nobody'} is responsible`, () => {
    const found = multidoseOf([by(anna, 1, { from: '2026-01-05' }), by(bo, 2, { from: '2026-01-10' })])
    assert.equal(responsibleAt(found, new Date(now)).doctor?.name, name)
  })
}

test('the order in which requests arrive changes nothing, and one patient never has two doctors or pharmacies on a day', () => {
  const request = fc
    .tuple(
      fc.constantFrom(anna, bo),
      fc.constantFrom(undefined, north, south),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom('R' as const, 'A' as const),
    )
    .map(([who, at, number, status]) => by(who, number, { status, ...(at && { pharmacy: at }) }))
  const sets = fc
    .uniqueArray(request, { maxLength: 6, selector: ({ id }) => id })
    .chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })))
  fc.assert(
    fc.property(sets, ([some, shuffled]) => {
      const found = multidoseOf(some)
      assert.deepEqual(multidoseOf(shuffled), found)
      for (const periods of [found.doctors, found.pharmacies])
        for (const [at, { from }] of periods.entries()) assert.ok(at === 0 || (periods[at - 1]?.until ?? '9') < from)
    }),
    { numRuns: 1000 },
  )
})
