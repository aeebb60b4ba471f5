/** What a list counts for, on both sides of each boundary. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codesFromData } from '@helsevev/kernel/codes/data'
import type { IndicatorVersion } from '@helsevev/kernel/fhir/service'
import { isProblem } from '@helsevev/kernel/problem/problem'
import type { Extension, Resource } from '@medplum/fhirtypes'
import { HANDLED, NOT_INTENDED } from '../fhir/systems.ts'
import { type MadeLine, type MadeList, m251 } from '../made-up/messages.ts'
import { convertMessage } from '../messages/convert.ts'
import { indicators } from './indicators.ts'

const codes = codesFromData()
const day = (number: number) => new Date(Date.UTC(2026, 0, number, 10))
const line = (id: string, more: Partial<MadeLine> = {}): MadeLine => ({
  id,
  name: id,
  atc: 'C07AB02',
  dose: '1 tablett',
  start: '2025-03-01',
  changed: '2025-03-01T09:00:00+01:00',
  ...more,
})

/** The lists as they came, each on its day; each replaces the one before. */
function versions(...lists: readonly (readonly [number, readonly MadeLine[], MadeList['extension']?])[]): IndicatorVersion[] {
  return lists.flatMap(([at, lines, extension], index) => {
    const list = { patient: '14835010067', id: `l-${at}`, time: day(at).toISOString(), lines, ...(extension ? { extension } : {}) }
    const made = convertMessage(Buffer.from(m251(list)), { codes, now: day(at) })
    if (isProblem(made) || made.kind !== 'record-set') throw new Error(JSON.stringify(made))
    const next = lists[index + 1]?.[0]
    return made.entries.map(({ resource }) => ({ resource, from: day(at), until: next === undefined ? undefined : day(next) }))
  })
}

const twice = [line('a'), line('b')]
const stopped = (at: number) => ({ stopped: { at: day(at).toISOString(), reason: 'A' } })
const author = { practitioner: { hprNumber: '009990001', given: 'Frida', family: 'Fastlege' } }
const intended = { handledWarnings: [{ lines: ['a', 'b'], id: 'v', type: { code: 'D' }, code: { code: 'K' }, author }] }

/** The same with the mark taken back. */
function takenBack(known: IndicatorVersion[]): IndicatorVersion[] {
  const code = { coding: [{ system: HANDLED, code: NOT_INTENDED }] }
  const isCode = ({ url }: Extension) => url === 'code'
  return known.map(({ resource, ...times }) => {
    const extension = resource.resourceType === 'List' ? resource.extension : undefined
    const changed = extension?.map((one) => ({
      ...one,
      ...(one.extension
        ? { extension: one.extension.map((part) => (isCode(part) ? { url: 'code', valueCodeableConcept: code } : part)) }
        : {}),
    }))
    return { resource: changed ? ({ ...resource, extension: changed } as Resource) : resource, ...times }
  })
}

// biome-ignore format: a table, one row to a line
const rows: readonly (readonly [string, IndicatorVersion[], number, string])[] = [
  ['no list', [], 20, 'not counted'],
  ['a list without candidates', versions([1, [line('a')]]), 20, 'open 0 due 0 settled 0'],
  ['a candidate of today', versions([1, twice]), 1, 'open 1 due 0 settled 0'],
  ['13 days old', versions([1, twice]), 14, 'open 1 due 0 settled 0'],
  ['14 days old, and not settled', versions([1, twice]), 15, 'open 1 due 1 settled 0'],
  ['one ended on the last day', versions([1, twice], [15, [line('a'), line('b', stopped(15))]]), 20, 'open 0 due 1 settled 1'],
  ['one ended a day too late', versions([1, twice], [16, [line('a'), line('b', stopped(16))]]), 20, 'open 0 due 1 settled 0'],
  ['one was taken out of the list', versions([1, twice], [3, [line('a')]]), 20, 'open 0 due 1 settled 1'],
  ['marked as intended', versions([1, twice], [3, twice, intended]), 20, 'open 0 due 1 settled 1'],
  ['the mark was taken back', takenBack(versions([1, twice], [3, twice, intended])), 20, 'open 1 due 1 settled 0'],
  ['it came back', versions([1, twice], [3, [line('a')]], [18, twice]), 20, 'open 1 due 1 settled 1'],
  ['the stop that was planned has come', versions([1, [line('a'), line('b', stopped(5))]]), 20, 'open 0 due 1 settled 1'],
]
for (const [name, known, at, expected] of rows)
  test(`indicators: ${name}`, () => {
    const counts = indicators.of(known, day(at))
    assert.equal(counts ? `open ${counts.open} due ${counts.due} settled ${counts.settled}` : 'not counted', expected)
  })
