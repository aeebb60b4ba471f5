import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cases } from '../testing/cases.ts'
import { type Seen, type StatusAnswer, standingSentence, statusAnswer } from './status.ts'

interface Row extends Omit<Seen, 'unclosed'> {
  answer: Omit<StatusAnswer, 'unclosed'>
}

for (const { answer, ...seen } of cases<Row>(new URL('./status.cases.yaml', import.meta.url))) {
  const inSight = `${seen.standings.join(', ') || 'nothing'} in sight`
  const withheld = `${seen.withheld ? 'something' : 'nothing'} withheld`
  test(`status: ${inSight}, nothing is ${seen.nothing}, ${withheld}: it is ${answer.status}`, () =>
    assert.deepEqual(statusAnswer({ ...seen, unclosed: 0 }), { ...answer, unclosed: 0 }))
}

const nothing: StatusAnswer = { status: 'none', active: 0, onHold: 0, upcoming: 0, unclosed: 0, partial: false }

for (const [answer, sentence] of [
  [{ ...nothing, status: 'some', active: 1 }, '1 municipal service is active.'],
  [{ ...nothing, status: 'some', active: 2, onHold: 1 }, '2 municipal services are active and 1 on hold.'],
  [{ ...nothing, status: 'some', onHold: 1 }, '1 municipal service is on hold, none active.'],
  [
    { ...nothing, status: 'some', active: 1, partial: true },
    '1 municipal service is active. The answer is not complete: there is information that is not shown to you.',
  ],
  [nothing, 'No municipal service is active or on hold: a municipality that has reported on the person has none now.'],
  [
    { ...nothing, upcoming: 1, unclosed: 2 },
    [
      'No municipal service is active or on hold: a municipality that has reported on the person has none now.',
      '1 municipal service is decided and not started.',
      '2 municipal services are still marked as running after the end date: ask the municipality.',
    ].join(' '),
  ],
  [{ ...nothing, status: 'unknown' }, 'Unknown: no municipality has reported on the person here. There may be services all the same.'],
  [
    { ...nothing, status: 'withheld' },
    'Withheld: nothing you may see is active or on hold, and there is information that is not shown to you.',
  ],
] as [StatusAnswer, string][]) {
  test(`the answer is worded "${sentence}"`, () => assert.equal(standingSentence(answer), sentence))
}
