import assert from 'node:assert/strict'
import { test } from 'node:test'
import { breachesOf } from './list-rules.ts'
import { listView, type Piece } from './list-view.ts'
import {
  type OtherItem,
  type Outcome,
  type ReconciliationAct,
  reconcile,
  reconciliationRows,
  reconciliationTypes,
} from './reconciliation.ts'
import { drugOf, lineOf } from './testing/lines.ts'

const now = new Date('2026-02-01T12:00:00Z')
const before = new Date('2026-01-15T12:00:00Z')
const stopped = { discontinuation: { time: '2026-01-20T09:00:00Z', reason: { code: 'A' } } }
const m1 = (id: string, more: { isLocked?: boolean; isFromHere?: boolean } = {}): Piece => ({
  kind: 'prescription',
  fact: { kind: 'prescription', id, at: before, validUntil: '2026-12-31', repeats: 1, isFromHere: more.isFromHere === true },
  drug: drugOf({ atc: 'M01AE01' }),
  ...(more.isLocked && { isLocked: true }),
})
const event = (prescriptionId: string, fact: Extract<Piece, { kind: 'event' }>['fact']): Piece => ({ kind: 'event', prescriptionId, fact })
const list: Piece = {
  kind: 'list',
  type: 'M25.1',
  id: 'list-1',
  at: before,
  lines: [
    lineOf('a', { words: { atc: 'M01AE01' } }),
    lineOf('b', { words: { name: 'Paracet tab 500 mg', atc: 'N02BE01' } }),
    lineOf('old', stopped),
  ],
}
const proposed: Piece = { kind: 'list', type: 'M25.2', id: 'p', at: now, lines: [lineOf('p', { words: { name: 'Vival tab 5 mg' } })] }
const hospital: OtherItem = { source: 'hospital', id: 'h', at: before, text: 'Ibux 400 mg', drug: drugOf({ atc: 'M01AE01' }) }
const patient: OtherItem = { source: 'patient', id: 's', at: now, text: 'Fish oil' }
const act: ReconciliationAct = {
  type: 'Discharge',
  at: now,
  by: { identifier: { value: '7654321', type: { code: 'HPR' } } },
  with: ['patient'],
}
const confirmed: Outcome = { kind: 'confirmed' }
const ended = (at = now): Outcome => ({ kind: 'ended', at, reason: 'A', note: 'No effect' })
const { id: _id, lastChanged: _time, ...content } = lineOf('x', { type: { code: 'U' }, prescriptionId: undefined } as object)
const added: Outcome = { kind: 'added', line: content }
const joined = (to: string): Outcome => ({ kind: 'joined', to })

function run(
  pieces: readonly Piece[],
  others: readonly OtherItem[],
  outcomes: Record<string, Outcome>,
  more: Partial<ReconciliationAct> = {},
) {
  const view = listView(pieces, now, { withUnsent: true })
  const rows = reconciliationRows(view, others)
  return { rows, ...reconcile(view, rows, new Map(Object.entries(outcomes)), { ...act, ...more }, (row) => `new-${row}`) }
}

/** Lines that were ended are marked with `†`, and recalls with their instant when it lies ahead. */
function words({ lines, recalls = [], problems = [] }: Partial<ReturnType<typeof run>>): string {
  return [
    ...problems.map(({ row = '', problem }) => `${row} ${problem}`.trim()),
    ...(lines ?? []).map(
      ({ id, discontinuation, lastChanged }) => `${id}${discontinuation ? '†' : ''}${lastChanged === now.toISOString() ? '*' : ''}`,
    ),
    ...recalls.map(({ prescriptionId, reason, due }) => `recall ${prescriptionId} ${reason}${due > now ? ' later' : ''}`),
  ].join('; ')
}

const both = { 'line:a': confirmed, 'line:b': confirmed }
const taken = event('r-a', { kind: 'taken', at: before })
const pending = event('r-a', { kind: 'recall', id: 'm5', at: before, reason: '2', isFromHere: true })
const used = [event('r-a', { kind: 'dispensing', id: 'd1', at: before }), event('r-a', { kind: 'dispensing', id: 'd2', at: before })]
type Row = readonly [string, readonly Piece[], readonly OtherItem[], Record<string, Outcome>, string, Partial<ReconciliationAct>?]
// biome-ignore format: a table, one row to a line
const table: readonly Row[] = [
  ['all confirmed: nothing is changed, and what was ended is kept', [list], [], both, 'a; b; old†'],
  ['one line has no outcome', [list], [], { 'line:a': confirmed }, 'line:b no-outcome'],
  ['no list, and nothing else', [], [], {}, ''],
  ['ended: the open prescription is recalled', [list, m1('r-a')], [], { ...both, 'line:a': ended() }, 'a†*; b; old†; recall r-a 2'],
  ['ended: one under dispensing is recalled too', [list, m1('r-a'), taken], [], { ...both, 'line:a': ended() }, 'a†*; b; old†; recall r-a 2'],
  ['ended: one whose recall is on its way is not recalled twice', [list, m1('r-a'), pending], [], { ...both, 'line:a': ended() }, 'a†*; b; old†'],
  ['ended: one that is used up is not recalled', [list, m1('r-a'), ...used], [], { ...both, 'line:a': ended() }, 'a†*; b; old†'],
  ['ended: one that is not sent yet is recalled', [list, m1('r-a', { isFromHere: true })], [], { ...both, 'line:a': ended() }, 'a†*; b; old†; recall r-a 2'],
  ['ended: one that is locked is recalled by its ReseptId', [list, m1('r-a', { isLocked: true })], [], { ...both, 'line:a': ended() }, 'a†*; b; old†; recall r-a 2'],
  ['ended: every open prescription of the chain', [list, m1('r-a'), m1('x'), { kind: 'renewal', at: before, previousId: 'r-a', newId: 'x' }], [], { ...both, 'line:a': ended() }, 'a†*; b; old†; recall x 2; recall r-a 2'],
  ['an end that is planned: recalled then', [list, m1('r-a')], [], { ...both, 'line:a': ended(new Date('2026-02-02T12:00:00Z')) }, 'a†*; b; old†; recall r-a 2 later'],
  ['ended without a reason', [list], [], { ...both, 'line:a': { kind: 'ended', at: now, reason: '' } }, 'line:a no-reason'],
  ['changed: the line keeps its Id', [list], [], { ...both, 'line:a': { kind: 'changed', line: content } }, 'a*; b; old†'],
  ['changed to what it was: its time of last change stands', [list], [], { ...both, 'line:a': { kind: 'changed', line: lineOf('a', { words: { atc: 'M01AE01' } }) } }, 'a; b; old†'],
  ['a line that the pharmacy proposes cannot be joined away', [list, proposed], [], { ...both, 'line:p': joined('line:a') }, 'line:p proposed-by-pharmacy'],
  ['a prescription without a line needs an outcome', [list, m1('x')], [], both, 'prescription:x no-outcome'],
  ['it is added', [list, m1('x')], [], { ...both, 'prescription:x': added }, 'a; b; new-prescription:x*; old†'],
  ['it is ended: recalled, and no line', [list, m1('x')], [], { ...both, 'prescription:x': ended() }, 'a; b; old†; recall x 2'],
  ['it cannot be confirmed: it is not on the list', [list, m1('x')], [], { ...both, 'prescription:x': confirmed }, 'prescription:x not-on-list'],
  ['a line cannot be added again', [list], [], { ...both, 'line:a': added }, 'line:a already-on-list'],
  ['a line that the pharmacy proposes is included with its Id', [list, proposed], [], { ...both, 'line:p': added }, 'a; b; p*; old†'],
  ['or ended in the list', [list, proposed], [], { ...both, 'line:p': ended() }, 'a; b; p†*; old†'],
  ['what the hospital gave needs an outcome', [list], [hospital], both, 'hospital:h no-outcome'],
  ['it is the same as a line', [list], [hospital], { ...both, 'hospital:h': joined('line:a') }, 'a; b; old†'],
  ['it was for the stay alone', [list], [hospital], { ...both, 'hospital:h': ended() }, 'a; b; old†'],
  ['joined to a row that is not there', [list], [hospital], { ...both, 'hospital:h': joined('line:z') }, 'hospital:h unknown-row'],
  ['joined to each other', [list], [hospital, patient], { ...both, 'hospital:h': joined('patient:s'), 'patient:s': joined('hospital:h') }, 'hospital:h joined-in-a-circle; patient:s joined-in-a-circle'],
  ['a line cannot be joined away', [list], [], { ...both, 'line:a': joined('line:b') }, 'line:a already-on-list'],
  ['a prescription that is the same as an ended line is recalled with it', [list, m1('x')], [], { ...both, 'line:a': ended(), 'prescription:x': joined('line:a') }, 'a†*; b; old†; recall x 2'],
  ['what the patient says is added', [list], [patient], { ...both, 'patient:s': added }, 'a; b; new-patient:s*; old†'],
  ['an outcome of a row that is not there', [list], [], { ...both, 'line:old': confirmed }, 'line:old unknown-row'],
  ['gone through with nobody named', [list], [], both, 'with-nobody-named', { with: [] }],
]
for (const [name, pieces, others, outcomes, expected, more] of table) {
  test(`reconciliation: ${name}`, () => assert.equal(words(run(pieces, others, outcomes, more)), expected))
}

test('rows that may be the same treatment point at each other', () => {
  const { rows } = run([list, m1('x')], [hospital, patient], {})
  assert.deepEqual(
    rows.map(({ key, resembles }) => [key, ...resembles].join(' ')),
    ['line:a prescription:x hospital:h', 'line:b', 'prescription:x line:a hospital:h', 'hospital:h line:a prescription:x', 'patient:s'],
  )
})

for (const type of reconciliationTypes) {
  test(`the record of ${type} says who, when, with whom, from which list, and every outcome`, () => {
    const { record } = run([list], [patient], { ...both, 'patient:s': added }, { type })
    assert.deepEqual(record, {
      ...act,
      type,
      basedOn: 'list-1',
      outcomes: [
        ['line:a', confirmed],
        ['line:b', confirmed],
        ['patient:s', added],
      ],
    })
  })
}

test('the new list follows the published rules of M25, and says who ended a line', () => {
  const { lines = [] } = run([list, m1('r-a'), proposed], [patient], {
    'line:a': ended(),
    'line:b': confirmed,
    'line:p': added,
    'patient:s': added,
  })
  const earlier = list.kind === 'list' ? list.lines : []
  assert.deepEqual(breachesOf({ patient: [{ value: '13916900281', type: { code: 'FNR' } }], lines, before: earlier, now }), [])
  assert.deepEqual(lines[0]?.roles, [{ role: { code: 'S' }, practitioner: act.by }])
})
