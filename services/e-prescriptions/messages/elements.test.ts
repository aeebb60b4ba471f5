/**
 * Every element of the messages has a place: each is given a value of its own, and the value is found in what the message becomes. The
 * table is the declaration that the reader follows.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type KindName, kindRows } from '@helsevev/clinical/e-prescription/kinds'
import { makeMessage } from '@helsevev/clinical/e-prescription/made-up'
import { messageInfo } from '@helsevev/clinical/e-prescription/messages/message-head'
import { type Filling, fillGroup, lostLeaves } from '@helsevev/clinical/e-prescription-fhir/testing/filling'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { headOf } from '../testing/messages.ts'
import { convertMessage } from './convert.ts'
import { placed } from './placed.ts'

const codes = codesFromData()
const NUMBER = '14835010067'

/** What the test sets itself, since the kind of record follows from it; a locked prescription has no content. */
const SET = new Set(['Utlevering.isCancellation', 'Resept.isLocked', 'MsgInfo.timestamp', 'MsgInfo.id', 'MsgInfo.processingStatus'])

const kinds: readonly KindName[] = ['M1', 'M5', 'M5.2', 'M6', 'M7', 'M8', 'M9.6', 'M10']
const ALTERNATIVES = 5

for (const kind of kinds)
  test(`every element of ${kind} is found in what it becomes`, () => {
    const row = kindRows.find(([name]) => name === kind)?.[1]
    const extending = kindRows.find(([name]) => name === `${kind} extension`)?.[1]
    assert.ok(row)
    let leaves = 0
    for (let alternative = 0; alternative < ALTERNATIVES; alternative++)
      for (const isCancellation of kind === 'M10' ? [false, true] : [false]) {
        const filling: Filling = { places: placed, alternative, set: SET, leaves: [] }
        const body = fillGroup(row.type.group, row.element, filling) as { dispensing?: object }
        if (body.dispensing) Object.assign(body.dispensing, { isCancellation })
        const extension = extending && fillGroup(extending.type.group, extending.element, filling)
        const head = { ...fillGroup(messageInfo.group, 'MsgInfo', filling), ...patientHead(), otherReceivers: [] }
        const message = makeMessage(kind, { head, body, ...(extension ? { extension } : {}) } as never)
        const set = convertMessage(Buffer.from(message), { codes, now: new Date('2026-01-15T10:00:00Z') })
        assert.ok(!isProblem(set) && set.kind === 'record-set', JSON.stringify(set))
        const text = JSON.stringify(set.entries)
        const lost = lostLeaves(filling, text).filter(([path]) => !path.startsWith('MsgInfo/OtherReceiver'))
        assert.deepEqual(lost, [], `alternative ${alternative}`)
        leaves += filling.leaves.length
      }
    assert.ok(leaves > 0)
  })

function patientHead() {
  const { id, timestamp, patient } = headOf(NUMBER, '00000000-0000-4000-8000-000000000001', '2026-01-02T09:00:00+01:00')
  return { id, timestamp, patient }
}

test('what is not stored has its reason', () => {
  const reasons = Object.values(placed).flatMap((places) => Object.values(places).filter((place) => place.startsWith('not stored')))
  assert.ok(reasons.length > 0 && reasons.every((place) => /^not stored: .{20,}/.test(place)))
})
