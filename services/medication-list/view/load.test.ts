/** What the panels show of messages: the messages are read as they are when they are stored. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { wordsFrom } from '@helsevev/ui/testing/words.ts'
import type { Bundle } from '@medplum/fhirtypes'
import { type MadeLine, m251, pharmacyList } from '../made-up/messages.ts'
import { convertMessage } from '../messages/convert.ts'
import { changesSince } from './changes.ts'
import { snapshot, timeline } from './lines.ts'
import { dataOf, loader } from './load.ts'
import { medicationListTexts } from './texts.ts'

const codes = codesFromData()
const patient = '14835010067'
const now = new Date('2026-01-15T10:00:00Z')
const words = await wordsFrom('medication-list', medicationListTexts, 'nb')

function shown(...messages: string[]) {
  const entry = messages.flatMap((message) => {
    const made = convertMessage(Buffer.from(message), { codes, now })
    if (isProblem(made) || made.kind !== 'record-set') throw new Error(JSON.stringify(made))
    return made.entries.map(({ fullUrl, resource }) => ({ resource: { ...resource, id: fullUrl } }))
  })
  return dataOf([{ resourceType: 'Bundle', type: 'searchset', entry } as Bundle], [], now)
}

const changed = '2025-03-01T09:00:00+01:00'
const line = (id: string, more: Partial<MadeLine>): MadeLine => ({ id, name: id, dose: '1 tablett', changed, start: '2025-03-01', ...more })
const stepAt = (value: string, start: string, end: string) => ({
  start,
  end,
  fixed: [{ amount: { value, unit: 'tablett' }, when: { code: '1' }, isExact: false }],
  asNeeded: [],
})
const lines: MadeLine[] = [
  line('a-regular', { prescription: 'r-1', validUntil: '2025-12-31' }),
  line('b-needed', { use: '3' }),
  line('c-taper', { use: '2', dosings: [stepAt('2', '2026-01-10', '2026-01-20'), stepAt('1', '2026-01-20', '2026-01-25')] as never }),
  line('d-later', { start: '2026-02-01' }),
  line('e-over', { use: '2', dosings: [stepAt('1', '2026-01-01', '2026-01-05')] as never }),
  line('f-stopped', { changed: '2026-01-08T09:00:00+01:00', stopped: { at: '2026-01-08T09:00:00+01:00', reason: 'L', note: 'Utslett' } }),
]
const list = m251({ patient, id: 'l-1', time: '2026-01-10T09:00:00+01:00', lines })

test('what is used now is grouped, and what is not stands apart with when and why it ended', () => {
  const data = shown(list)
  assert.deepEqual(
    data.lines.map(({ drug, standing, use, end }) => [drug, standing, use, end].filter(Boolean).join(' ')),
    [
      'a-regular in-use regular',
      'b-needed in-use as-needed',
      'c-taper in-use course 2026-01-24',
      'd-later not-started regular',
      'e-over over course 2026-01-04',
      'f-stopped stopped regular',
    ],
  )
  const [regular, , taper, , , stopped] = data.lines
  assert.deepEqual([regular?.validUntil, regular?.prescriptions, regular?.prescriber], ['2025-12-31', ['r-1'], 'Frida Fastlege'])
  assert.deepEqual(taper?.steps, [
    { when: ['MORN'], amount: { value: '2', unit: 'tablett' }, from: '2026-01-10', until: '2026-01-19' },
    { when: ['MORN'], amount: { value: '1', unit: 'tablett' }, from: '2026-01-20', until: '2026-01-24' },
  ])
  assert.deepEqual(stopped?.stop, { time: '2026-01-08T09:00:00+01:00', reason: 'L', note: 'Utslett', by: 'Frida Fastlege' })
  assert.deepEqual(
    changesSince(data.lines, new Date('2025-10-17T10:00:00Z'), now).map(({ line: { drug }, kind }) => `${drug} ${kind}`),
    ['f-stopped stopped'],
  )
})

test('of two lists the newest is shown, and of the lines of a pharmacy those that it adds after the list', () => {
  const older = m251({ patient, id: 'l-0', time: '2026-01-09T09:00:00+01:00', lines: [line('x-old', {})] })
  const from = { name: 'Bryggen apotek', organization: '900000002' }
  const proposal = (time: string) =>
    pharmacyList('M25.2', { patient, id: `p-${time}`, time, lines: [line('a-regular', {}), line('n-new', {})], from })
  const data = shown(list, proposal('2026-01-11T09:00:00+01:00'))
  assert.deepEqual([data.proposed.map(({ drug }) => drug), data.proposedBy], [['n-new'], 'Bryggen apotek'])
  assert.deepEqual(shown(list, proposal('2026-01-09T09:00:00+01:00')).proposed, [])
  const entry = [list, older].flatMap((message, at) => {
    const made = convertMessage(Buffer.from(message), { codes, now })
    if (isProblem(made) || made.kind !== 'record-set') throw new Error(JSON.stringify(made))
    return made.entries.map(({ fullUrl, resource }) => ({ resource: { ...resource, id: `${fullUrl}-${at}` } }))
  })
  for (const { resource } of entry)
    if (resource.resourceType === 'List') for (const { item } of resource.entry ?? []) item.reference += resource.id.slice(-2)
  const two = dataOf([{ resourceType: 'Bundle', type: 'searchset', entry } as Bundle], [], now)
  assert.deepEqual([two.lines.length, two.list?.made, two.otherList], [6, '2026-01-10T09:00:00+01:00', '2026-01-09T09:00:00+01:00'])
})

test('the lines are told by when they began and ended, and a moment has what was taken then', () => {
  const data = shown(list)
  const told = timeline(data, words).map(({ time, kind, what }) => `${time.slice(0, 10)} ${kind}: ${what}`)
  assert.ok(told.includes('2025-03-01 Legemiddel startet: f-stopped') && told.includes('2026-01-08 Legemiddel seponert: f-stopped'))
  const at = (time: string) =>
    snapshot(data, new Date(time), words)
      .lines.map(({ what }) => what.slice(0, 1))
      .join('')
  assert.deepEqual([at('2026-01-15T10:00:00Z'), at('2026-01-07T10:00:00Z'), at('2026-03-01T10:00:00Z')], ['abc', 'abcf', 'abd'])
})

test('for a person with a protected address nothing names who or where', () => {
  const data = loader.withoutPlaces?.(shown(list))
  assert.doesNotMatch(JSON.stringify(data), /Frida|Fjellveien|Utslett/)
})
