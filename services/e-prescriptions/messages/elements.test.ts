/**
 * Every element of the messages has a place: each is given a value of its own, and the value is found in what the message becomes. The
 * table is the declaration that the reader follows.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Group, Type } from '@helsevev/clinical/e-prescription/fields'
import { type KindName, kindRows } from '@helsevev/clinical/e-prescription/kinds'
import { makeMessage } from '@helsevev/clinical/e-prescription/made-up'
import { messageInfo } from '@helsevev/clinical/e-prescription/messages/message-head'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { headOf } from '../testing/messages.ts'
import { convertMessage } from './convert.ts'
import { placed } from './placed.ts'

const codes = codesFromData()
const NUMBER = '14835010067'

interface Filling {
  /** Which of the fields that exclude each other is filled, by its place. */
  alternative: number
  /** Path and value of each leaf. */
  leaves: [path: string, value: string][]
  count: number
}

function filled(type: Type<unknown>, path: string, filling: Filling): unknown {
  if (type.group) return ofGroup(type.group, path, filling)
  filling.count += 1
  const { count } = filling
  const leaf = <T>(value: T, text = String(value)): T => {
    filling.leaves.push([path, text])
    return value
  }
  const day = new Date(Date.UTC(2031, 0, count)).toISOString().slice(0, 10)
  if (type.kind === 'text' || type.kind === 'URL') return leaf(`word${count}x`)
  if (type.kind === 'coded') return { code: leaf(`c${count}x`) }
  if (type.kind === 'PQ') return { value: leaf(`${count}.500`), unit: leaf(`unit${count}x`) }
  if (type.kind === 'date' || type.kind === 'TS') return leaf(day)
  if (type.kind === 'dateTime') return leaf(`${day}T10:00:00+01:00`)
  if (type.kind === 'time') return leaf(`${String(count % 24).padStart(2, '0')}:${String(count % 60).padStart(2, '0')}:07`)
  if (type.kind === 'decimal') return leaf(`${count}.250`)
  if (type.kind === 'integer') return leaf(100_000 + count)
  // A locked prescription has no content.
  if (type.kind === 'boolean') return !(path.endsWith('LastResept') && path.startsWith('Resept'))
  return undefined
}

function ofGroup(group: Group, path: string, filling: Filling): Record<string, unknown> {
  const left = new Set(group.choices.flatMap(({ fields }) => fields.filter((_, at) => at !== filling.alternative % fields.length)))
  const entries = Object.entries(group.fields).flatMap(([name, { elements, type, isMany }]) => {
    const isLeft = left.has(name) || isNotStored(group, name) || SET.has(`${group.name}.${name}`)
    if (isLeft) return isMany ? [[name, []] as const] : []
    const value = filled(type, `${path}/${elements[0]}`, filling)
    return [[name, isMany ? [value] : value] as const]
  })
  return Object.fromEntries(entries)
}

function isNotStored({ name }: Group, field: string): boolean {
  const places: Readonly<Record<string, string>> = placed[name] ?? {}
  return places[field]?.startsWith('not stored') ?? false
}

/** What the test sets itself, since the kind of record follows from it. */
const SET = new Set(['Utlevering.isCancellation', 'MsgInfo.timestamp', 'MsgInfo.id', 'MsgInfo.processingStatus'])

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
        const filling: Filling = { alternative, leaves: [], count: 0 }
        const body = ofGroup(row.type.group, row.element, filling) as { dispensing?: object }
        if (body.dispensing) Object.assign(body.dispensing, { isCancellation })
        const extension = extending && ofGroup(extending.type.group, extending.element, filling)
        const head = { ...ofGroup(messageInfo.group, 'MsgInfo', filling), ...patientHead(), otherReceivers: [] }
        const message = makeMessage(kind, { head, body, ...(extension ? { extension } : {}) } as never)
        const set = convertMessage(Buffer.from(message), { codes, now: new Date('2026-01-15T10:00:00Z') })
        assert.ok(!isProblem(set) && set.kind === 'record-set', JSON.stringify(set))
        const text = JSON.stringify(set.entries)
        const lost = filling.leaves.filter(([path, value]) => !isFound(text, value) && !path.startsWith('MsgInfo/OtherReceiver'))
        assert.deepEqual(lost, [], `alternative ${alternative}`)
        leaves += filling.leaves.length
      }
    assert.ok(leaves > 0)
  })

function patientHead() {
  const { id, timestamp, patient } = headOf(NUMBER, '00000000-0000-4000-8000-000000000001', '2026-01-02T09:00:00+01:00')
  return { id, timestamp, patient }
}

/** A number may stand without its zeros; the day that ends a dose is the one before. */
function isFound(text: string, value: string): boolean {
  const forms = [value, /^\d+\.\d+$/.test(value) ? String(Number(value)) : value]
  return forms.some((form) => new RegExp(`(?<![\\w.])${form.replaceAll(/[.+]/g, '\\$&')}(?![\\w.])`).test(text))
}

test('what is not stored has its reason', () => {
  const reasons = Object.values(placed).flatMap((places) => Object.values(places).filter((place) => place.startsWith('not stored')))
  assert.ok(reasons.length > 0 && reasons.every((place) => /^not stored: .{20,}/.test(place)))
})
