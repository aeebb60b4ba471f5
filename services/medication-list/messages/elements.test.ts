/**
 * Every element of the messages has a place: each is given a value of its own, and the value is found in what the message becomes. The
 * table is the declaration that the reader follows.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type KindName, kindRows } from '@helsevev/clinical/e-prescription/kinds'
import { makeInner, makeMessage } from '@helsevev/clinical/e-prescription/made-up'
import { messageInfo } from '@helsevev/clinical/e-prescription/messages/message-head'
import { type Filling, fillGroup, lostLeaves } from '@helsevev/clinical/e-prescription-fhir/testing/filling'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { headOf } from '../made-up/messages.ts'
import { convertMessage } from './convert.ts'
import { placed } from './placed.ts'

const codes = codesFromData()
const NUMBER = '14835010067'
const LINE = '00000000-0000-4000-8000-00000000000a'
const ALTERNATIVES = 5

/** What the test sets itself: the ids that parts of the message are found by. */
const SET = new Set([
  'MsgInfo.timestamp',
  'MsgInfo.id',
  'MsgInfo.processingStatus',
  'EnkeltoppforingLIB.id',
  'Pasient.lists',
  'Dosering.line',
  'VarselHandtert.lines',
  'MedisinskEndring.line',
  'KommentarBehandling.line',
])

interface Body {
  lines?: { id?: string; drug?: object; dispensings?: { dispensing?: object }[] }[]
}

interface Extended {
  dosages: { line?: string }[]
  handledWarnings: { lines: string[] }[]
  medicalChanges: { line?: string }[]
  comments: { line?: string }[]
}

/** An inner message with a value of its own in each element. */
function inner(kind: 'ReseptDokLegemiddel' | 'Utlevering', filling: Filling): { base64: string } {
  const row = kindRows.find(([name]) => name === kind)?.[1]
  assert.ok(row)
  return { base64: makeInner(kind, { body: fillGroup(row.type.group, kind, filling) as never }) }
}

const kinds: readonly KindName[] = ['M25.1', 'M25.2', 'M25.3', 'M25.4', 'M9.12', 'M27.1', 'M27.2', 'M28']
for (const kind of kinds)
  test(`every element of ${kind} is found in what it becomes`, () => {
    const row = kindRows.find(([name]) => name === kind)?.[1]
    const extending = kindRows.find(([name]) => name === `${kind} extension`)?.[1]
    assert.ok(row)
    let leaves = 0
    for (let alternative = 0; alternative < ALTERNATIVES; alternative++) {
      const filling: Filling = { places: placed, alternative, set: SET, leaves: [] }
      const body = fillGroup(row.type.group, row.element, filling) as unknown as Body
      for (const line of body.lines ?? []) {
        Object.assign(line, { id: LINE, drug: inner('ReseptDokLegemiddel', filling) })
        for (const one of line.dispensings ?? []) one.dispensing = inner('Utlevering', filling)
      }
      const extension = extending && (fillGroup(extending.type.group, extending.element, filling) as unknown as Extended)
      for (const one of [...(extension?.dosages ?? []), ...(extension?.medicalChanges ?? []), ...(extension?.comments ?? [])])
        one.line = LINE
      for (const one of extension?.handledWarnings ?? []) one.lines = [LINE]
      const { id, timestamp, patient } = headOf({ patient: NUMBER, id: LINE, time: '2026-01-02T09:00:00+01:00' })
      const head = { ...fillGroup(messageInfo.group, 'MsgInfo', filling), id, timestamp, patient, otherReceivers: [] }
      const message = makeMessage(kind, { head, body, ...(extension ? { extension } : {}) } as never)
      const set = convertMessage(Buffer.from(message), { codes, now: new Date('2026-01-15T10:00:00Z') })
      assert.ok(!isProblem(set) && set.kind === 'record-set', JSON.stringify(set))
      const lost = lostLeaves(filling, JSON.stringify([set.entries, set.also])).filter(
        ([path]) => !path.startsWith('MsgInfo/OtherReceiver'),
      )
      assert.deepEqual(lost, [], `alternative ${alternative}`)
      leaves += filling.leaves.length
    }
    assert.ok(leaves > 30)
  })

test('what is not stored has its reason', () => {
  const reasons = Object.values(placed).flatMap((places) => Object.values(places).filter((place) => place.startsWith('not stored')))
  assert.ok(reasons.length > 0 && reasons.every((place) => /^not stored: .{20,}/.test(place)))
})
