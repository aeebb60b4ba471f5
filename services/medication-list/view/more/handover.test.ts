/** The hand-over between two versions of a list, and which version it begins from. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MedicationListData, ShownLine } from '../panel-data.ts'
import { handOver, type Version, versionBefore, versionsOf } from './handover.ts'

const controller = { organization: '1', name: 'Helse Vest' }
const line = (id: string, more: Partial<ShownLine> = {}): ShownLine => ({
  id,
  drug: id,
  use: 'regular',
  standing: 'in-use',
  dose: '1 tablett',
  steps: [],
  prescriptions: [],
  treatment: { prescriptionIds: [], state: 'active' },
  contradictions: [],
  reasons: [],
  notes: [],
  controller,
  ...more,
})
const version = (id: string, place: string | undefined, made: string, lines: ShownLine[] = []): Version => ({
  list: { id, made, handled: [], notes: [], isEmpty: false, controller, ...(place === undefined ? {} : { place }) },
  lines,
  proposed: [],
  missing: 0,
  more: false,
})
const over = (before: ShownLine[], after: ShownLine[]) => {
  const found = handOver(version('a', 'x', '2026-01-01', before), version('b', 'y', '2026-01-02', after))
  const { started, changed, ended, removed, same } = found
  return [
    ...started.map((one) => `${one.isResumed ? 'resumed' : 'started'} ${one.line.id}`),
    ...changed.map((one) => `changed ${one.after.id} ${one.parts.join()}`),
    ...ended.map(({ id }) => `ended ${id}`),
    ...removed.map(({ id }) => `removed ${id}`),
    ...same.map(({ id }) => `same ${id}`),
  ].join('; ')
}
const stopped = { standing: 'stopped' } as const

// biome-ignore format: a table, one row to a line
const rows: readonly (readonly [string, ShownLine[], ShownLine[], string])[] = [
  ['a line that is new', [], [line('a')], 'started a'],
  ['a line that is to start', [], [line('a', { standing: 'not-started' })], 'started a'],
  ['another dose', [line('a')], [line('a', { dose: '2 tabletter' })], 'changed a dose'],
  ['the same dose with a space behind it', [line('a')], [line('a', { dose: '1 tablett ' })], 'same a'],
  ['another strength', [line('a')], [line('a', { drug: 'b' })], 'changed a drug'],
  ['as needed from now', [line('a')], [line('a', { use: 'as-needed' })], 'changed a use'],
  ['for something else', [line('a', { area: 'x' })], [line('a', { area: 'y' })], 'changed a area'],
  ['a taper that is new', [line('a')], [line('a', { steps: [{ when: ['MORN'] }] })], 'changed a dose'],
  ['another prescription alone', [line('a')], [line('a', { prescriptions: ['r'], validUntil: '2027-01-01' })], 'same a'],
  ['discontinued', [line('a')], [line('a', stopped)], 'ended a'],
  ['a course that is over', [line('a')], [line('a', { standing: 'over' })], 'ended a'],
  ['begun and ended in between', [], [line('a', stopped)], 'ended a'],
  ['ended before', [line('a', stopped)], [line('a', stopped)], ''],
  ['taken up again', [line('a', stopped)], [line('a')], 'resumed a'],
  ['no longer in the list', [line('a')], [], 'removed a'],
  ['ended, and no longer in the list', [line('a', stopped)], [], ''],
]
for (const [name, before, after, expected] of rows) test(`hand-over: ${name}`, () => assert.equal(over(before, after), expected))

// biome-ignore format: a table, one row to a line
const befores: readonly (readonly [string, Version[], string | undefined])[] = [
  ['one version', [version('c', 'hospital', '2026-01-03')], undefined],
  ['the latest of another place', [version('c', 'hospital', '2026-01-03'), version('b', 'hospital', '2026-01-02'), version('a', 'practice', '2026-01-01')], 'a'],
  ['all of one place', [version('c', 'practice', '2026-01-03'), version('b', 'practice', '2026-01-02'), version('a', 'practice', '2026-01-01')], 'b'],
  ['no place is stated', [version('c', undefined, '2026-01-03'), version('b', 'practice', '2026-01-02')], 'b'],
]
for (const [name, versions, expected] of befores)
  test(`the version before a stay: ${name}`, () => assert.equal(versionBefore(versions)?.list.id, expected))

test('versions are known from the present and from what stood before and after each change, once each', () => {
  const [a, b, c] = [version('a', 'x', '2026-01-01'), version('b', 'x', '2026-01-02'), version('c', 'y', '2026-01-03')]
  const none: MedicationListData = { lines: [], proposed: [], missing: 0, more: false }
  const changes = [
    { at: '2026-01-03T10:00:00Z', before: b, after: c },
    { at: '2026-01-02T10:00:00Z', before: a, after: b },
    { at: '2026-01-01T10:00:00Z', before: none },
  ]
  assert.deepEqual(
    versionsOf(c, changes).map(({ list }) => list.id),
    ['c', 'b', 'a'],
  )
})

test('the dose of a day is compared, also where the words are the same and the drug is stronger', () => {
  const deltaOf = (before: Partial<ShownLine>, after: Partial<ShownLine>) => {
    const found = handOver(version('a', 'x', '2026-01-01', [line('a', before)]), version('b', 'y', '2026-01-02', [line('a', after)]))
    return found.changed.map(({ dose }) => dose && [dose.change, dose.ratio])
  }
  const words = '1 tablett 2 ganger daglig'
  const [weak, strong] = [
    { drug: 'Ibux tab 200 mg', dose: words },
    { drug: 'Ibux tab 400 mg', dose: words },
  ]
  assert.deepEqual(deltaOf(weak, strong), [['more', 2]])
  assert.deepEqual(deltaOf(strong, weak), [['less', 0.5]])
  assert.deepEqual(deltaOf(weak, { ...weak, dose: 'etter avtale' }), [['unknown', undefined]])
  assert.deepEqual(deltaOf(weak, { ...strong, steps: [{ when: ['MORN'] }] }), [['unknown', undefined]])
  assert.deepEqual(deltaOf(weak, { ...weak, area: 'mot feber' }), [undefined])
})
