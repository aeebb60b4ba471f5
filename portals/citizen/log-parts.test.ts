import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Choice, LogLine } from './contract.ts'
import { detailsOf, partsOf } from './log-parts.ts'

const bergen = { number: '998877665', name: 'Bergen kommune' }
const nurse: LogLine['actor'] = { kind: 'staff', name: 'Kari Nordmann', hprNumber: '990000099', organization: bergen }
const at = '2026-03-01T12:00:00Z'

function line(more: Partial<LogLine> = {}): LogLine {
  return { id: 'a', at, actor: nurse, did: 'looked', service: 'news2', count: 0, purpose: 'TREAT', outcome: 'ok', withheld: false, ...more }
}

function choice(kind: Choice['kind'], more: Partial<Choice> = {}): Choice {
  const practitioner = { hprNumber: '990000099', name: 'Kari Nordmann' }
  const begun = { id: 'x', active: true, record: false, made: '2026-02-01T12:00:00Z', madeBy: 'self' } as const
  return { kind, ...begun, ...(kind === 'block' ? { practitioner } : {}), ...more }
}

const { count: _, ...untold } = line()
const kept = { withheld: true }
const ended = { active: false, ended: '2026-02-10T12:00:00Z' }
const other = { number: '887766554', name: 'Helse Bergen' }
// biome-ignore format: a table, one row to a line
const told: [why: string, lines: LogLine[], choices: Choice[], expected: string[]][] = [
  ['shown', [line({ count: 3 })], [], ['some news2']],
  ['shown, and asked again for nothing new', [line(), line({ count: 3 })], [], ['some news2']],
  ['nothing is there', [line()], [choice('block', { practitioner: { hprNumber: '1', name: 'B' } })], ['nothing news2']],
  ['the number is not shown to a representative', [untold], [], ['untold news2']],
  ['held back, and nothing chosen', [line(kept)], [], ['stopped withheld news2']],
  ['blocked', [line(kept)], [choice('block')], ['stopped blocked news2']],
  ['a block that the refusal names', [line({ outcome: 'refused', problem: 'blocked-by-patient' })], [], ['stopped blocked news2']],
  ['blocked afterwards', [line(kept)], [choice('block', { made: '2026-03-02T12:00:00Z' })], ['stopped withheld news2']],
  ['a block that had ended', [line(kept)], [choice('block', ended)], ['stopped withheld news2']],
  ['a block of one service, and another was looked at', [line(kept)], [choice('block', { service: 'contacts' })], ['stopped withheld news2']],
  ['restricted for all', [line(kept)], [choice('restriction')], ['stopped restricted news2']],
  ['restricted for this place', [line(kept)], [choice('restriction', { receiver: bergen })], ['stopped restricted news2']],
  ['restricted for another place', [line(kept)], [choice('restriction', { receiver: other })], ['stopped withheld news2']],
  ['one source restricted', [line(kept)], [choice('restriction', { controller: other })], ['stopped restrictedFrom news2 Helse Bergen']],
  ['one record restricted', [line(kept)], [choice('restriction', { record: true, service: 'news2' })], ['stopped restrictedOne news2']],
  ['a record of another service restricted', [line(kept)], [choice('restriction', { record: true, service: 'contacts' })], ['stopped withheld news2']],
  ['emergency access opens what a source has', [line({ ...kept, purpose: 'BTG' })], [choice('restriction', { controller: other })], ['stopped withheld news2']],
  ['emergency access opens restrictions', [line({ ...kept, purpose: 'BTG' })], [choice('restriction')], ['stopped withheld news2']],
  ['a consent keeps nothing back', [line(kept)], [choice('consent', { receiver: bergen })], ['stopped withheld news2']],
  ['until the day itself', [line(kept)], [choice('restriction', { active: false, until: '2026-03-01' })], ['stopped restricted news2']],
  ['until the day before', [line(kept)], [choice('restriction', { active: false, until: '2026-02-28' })], ['stopped withheld news2']],
  ['refused for another reason', [line({ outcome: 'refused', problem: 'no-agreement' })], [], ['refused news2']],
  ['each part by itself, what was seen first', [
    line(), line({ service: 'contacts', ...kept }), line({ service: 'test-results', count: 2 }), line({ service: 'home-monitoring' }),
    line({ service: 'persons', did: 'identified' }), line({ service: 'has-data', did: 'checked' }),
  ], [choice('block', { service: 'contacts' })], ['some test-results', 'stopped blocked contacts', 'nothing news2,home-monitoring']],
]
for (const [why, lines, choices, expected] of told)
  test(`what came of a look: ${why}`, () =>
    assert.deepEqual(
      partsOf({ lines }, choices).map(({ found, why: reason, services, from }) =>
        [found, reason, services.join(), from?.join()].filter(Boolean).join(' '),
      ),
      expected,
    ))

test('each type of record is counted once, and they are counted together', () => {
  const asked = (resource: string, count: number) => line({ service: 'contacts', resource, count })
  const { resource: _none, ...operation } = asked('', 4)
  const [detail] = detailsOf([asked('CareTeam', 2), asked('RelatedPerson', 3), operation, asked('RelatedPerson', 3), asked('CareTeam', 1)])
  assert.deepEqual([detail?.count, detail?.times], [5, 5])
  const [sent] = detailsOf([line({ did: 'sent', count: 14 }), line({ did: 'sent', count: 2 })])
  assert.equal(sent?.count, 16)
})

test('lines that say the same are one detail, with its times and the most that was shown; choices stand by themselves', () => {
  const chosen = { did: 'choice-made' as const, choice: { kind: 'block', oneRecord: false } }
  const details = detailsOf([
    line({ id: 'e', at: '2026-03-01T12:08:00Z', count: 2 }),
    line({ id: 'd', at: '2026-03-01T12:05:00Z', outcome: 'refused' }),
    line({ id: 'c', at: '2026-03-01T12:00:00Z', count: 5 }),
    line({ id: 'b', ...chosen }),
    line({ id: 'a', ...chosen }),
  ])
  assert.deepEqual(
    details.map(({ id, times, count, from, to }) => [id, times, count, from.slice(11, 16), to.slice(11, 16)]),
    [
      ['e', 2, 5, '12:00', '12:08'],
      ['d', 1, 0, '12:05', '12:05'],
      ['b', 1, 0, '12:00', '12:00'],
      ['a', 1, 0, '12:00', '12:00'],
    ],
  )
})
