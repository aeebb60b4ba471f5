import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drugDifferences, lineDifferences } from './content.ts'
import type { Line } from './list-line.ts'
import { breachesOf, type ListStep, listRules } from './list-rules.ts'
import { drugOf, lineOf } from './testing/lines.ts'

const patient = [{ value: '13916900281', type: { code: 'FNR' } }]
const later = { lastChanged: '2026-01-11T10:00:00+01:00' }
const stopped = { discontinuation: { time: '2026-01-10T09:00:00Z', reason: { code: 'A' } } }
const supplement = (more: Partial<Line> = {}): Line => {
  const { prescriptionId: _, ...line } = lineOf('a', { type: { code: 'U' }, words: { use: '5' } })
  return { ...line, ...more }
}
const without = (key: keyof Line, more: Partial<Line> = {}): Line => {
  const { [key]: _, ...line } = lineOf('a', more)
  return line as Line
}
const m1 = (words: Parameters<typeof drugOf>[0] = {}) => new Map([['r-a', drugOf(words)]])

// biome-ignore format: a table, one row to a line
const rows: readonly (readonly [string, Partial<ListStep>, string])[] = [
  ['nothing is wrong', { lines: [lineOf('a'), lineOf('b')] }, ''],
  ['an empty list', {}, ''],
  ['1: a D-number', { patient: [{ value: '53916900003', type: { code: 'DNR' } }] }, ''],
  ['1: a common help number', { patient: [{ value: '83916900026', type: { code: 'FHN' } }] }, 'patient-number  Patient/Ident'],
  ['1: a number with a wrong digit', { patient: [{ value: '13916900282', type: { code: 'FNR' } }] }, 'patient-number  Patient/Ident'],
  ['1: none', { patient: [] }, 'patient-number  Patient/Ident'],
  ['2: the same Id twice', { lines: [lineOf('a'), lineOf('a')] }, 'unique-id a Id'],
  ['3: an electronic line without ReseptId', { lines: [without('prescriptionId')] }, 'prescription-id a ReseptId'],
  ['3: a line on paper without ReseptId', { lines: [without('prescriptionId', { type: { code: 'P' } })] }, 'prescription-id a ReseptId'],
  ['3: without prescription', { lines: [without('prescriptionId', { type: { code: 'U' } })] }, ''],
  ['4: the same ReseptId in two active lines', { lines: [lineOf('a'), lineOf('b', { prescriptionId: 'r-a' })] }, 'one-active-line b ReseptId a'],
  ['4: in an active and a discontinued line', { lines: [lineOf('a', stopped), lineOf('b', { prescriptionId: 'r-a' })] }, ''],
  ['4: in an active line and one with a stop planned', { lines: [lineOf('a', { discontinuation: { time: '2026-02-01T12:00:01Z' } }), lineOf('b', { prescriptionId: 'r-a' })] }, 'one-active-line b ReseptId a'],
  ['4: in an active line and one that stops at this instant', { lines: [lineOf('a', { discontinuation: { time: '2026-02-01T12:00:00Z' } }), lineOf('b', { prescriptionId: 'r-a' })] }, ''],
  ['5: changed, with a later time', { before: [lineOf('a')], lines: [lineOf('a', { ...later, start: '2026-01-01' })] }, ''],
  ['5: changed, with the same time', { before: [lineOf('a')], lines: [lineOf('a', { start: '2026-01-01' })] }, 'last-changed a SistEndret'],
  ['5: changed, with an earlier time', { before: [lineOf('a')], lines: [lineOf('a', { lastChanged: '2026-01-09T10:00:00+01:00', start: '2026-01-01' })] }, 'last-changed a SistEndret'],
  ['5: not changed, with a later time', { before: [lineOf('a')], lines: [lineOf('a', later)] }, 'last-changed a SistEndret'],
  ['5: not changed, the time in another zone', { before: [lineOf('a')], lines: [lineOf('a', { lastChanged: '2026-01-10T09:00:00Z' })] }, ''],
  ['5: a stop that is written in another zone', { before: [lineOf('a', stopped)], lines: [lineOf('a', { discontinuation: { time: '2026-01-10T10:00:00+01:00', reason: { code: 'A', system: 'urn:oid:2.16.578.1.12.4.1.1.7494' } } })] }, ''],
  ['6: a vaccine', { lines: [lineOf('a', { words: { use: '4' } })] }, 'drugs-only a Forskrivning/Bruk'],
  ['6: a vaccine that is called regular is not seen by this rule', { lines: [lineOf('a', { words: { use: '1', atc: 'J07CA09' } })] }, ''],
  ['6: a consumable', { lines: [lineOf('a', { words: { itemGroup: 'A' } })] }, 'drugs-only a Varegruppekode'],
  ['7: a supplement', { lines: [supplement()] }, ''],
  ['7: a supplement of another group', { lines: [supplement({ drug: drugOf({ use: '5', itemGroup: 'A' }) })] }, 'supplements a Varegruppekode'],
  ['7: a supplement on prescription', { lines: [lineOf('a', { words: { use: '5' } })] }, 'supplements a Type; supplements a ReseptId'],
  ['8: the drug of its M1', { lines: [lineOf('a')], prescriptions: m1() }, ''],
  ['8: another dose than its M1', { lines: [lineOf('a', { words: { doseText: '1 tablett' } })], prescriptions: m1({ doseText: '2 tabletter' }) }, 'same-drug a Forskrivning/DosVeiledEnkel'],
  ['8: its M1 is not known', { lines: [lineOf('a', { words: { doseText: '1 tablett' } })], prescriptions: new Map() }, ''],
  ['9: a new line of the pharmacy is included', { before: [], pharmacy: [lineOf('p')], lines: [lineOf('p')] }, ''],
  ['9: it is discontinued', { before: [], pharmacy: [lineOf('p')], lines: [lineOf('p', stopped)] }, ''],
  ['9: it is left out', { before: [], pharmacy: [lineOf('p')], lines: [] }, 'pharmacy-lines p EnkeltoppforingLIB'],
  ['10: discontinued, kept', { before: [lineOf('a', stopped)], lines: [lineOf('a', stopped)] }, ''],
  ['10: discontinued, left out on its ninetieth day', { before: [lineOf('a', stopped)], lines: [], now: new Date('2026-04-10T21:59:59Z') }, 'ninety-days a EnkeltoppforingLIB'],
  ['10: left out after its ninetieth day', { before: [lineOf('a', stopped)], lines: [], now: new Date('2026-04-10T22:00:00Z') }, ''],
  ['11: an active line vanishes', { before: [lineOf('a')], lines: [] }, 'removed-as-wrong a EnkeltoppforingLIB'],
  ['11: it was registered wrongly', { before: [lineOf('a')], lines: [], wrong: new Set(['a']) }, ''],
  ['11: a discontinued line was registered wrongly', { before: [lineOf('a', stopped)], lines: [], wrong: new Set(['a']) }, ''],
]

for (const [name, step, expected] of rows) {
  test(`rule ${name}`, () => {
    const found = breachesOf({ patient, lines: [], now: new Date('2026-02-01T12:00:00Z'), ...step })
    const words = found.map(({ rule, line = '', element, other }) => [rule, line, element, ...(other ? [other] : [])].join(' '))
    assert.equal(words.join('; '), expected)
  })
}

test('the eleven published rules are there, in their order', () => {
  assert.deepEqual(
    Object.values(listRules).map(({ number }) => number),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  )
})

const part = (value: string, end: string) => ({ end, fixed: [{ amount: { value, unit: 'tablett' } }], asNeeded: [] })
const taper = [part('2', '2026-02-01'), part('1', '2026-03-01')]

// biome-ignore format: a table, one row to a line
const differing: readonly (readonly [string, Line, Line, string])[] = [
  ['an amount written with decimals', lineOf('a', { words: { dosings: [part('1', '2026-02-01')] } }), lineOf('a', { words: { dosings: [part('1.0', '2026-02-01')] } }), ''],
  ['an end one day later', lineOf('a', { words: { dosings: taper } }), lineOf('a', { words: { dosings: [taper[0]!, part('1', '2026-03-02')] } }), 'Forskrivning/Dosering[2]/Sluttidspunkt: 2026-03-01 > 2026-03-02'],
  ['a part of the taper is gone', lineOf('a', { words: { dosings: taper } }), lineOf('a', { words: { dosings: [taper[0]!] } }), 'Forskrivning/Dosering[2]: Sluttidspunkt: 2026-03-01, DoseFastTidspunkt: Mengde: 1 tablett > -'],
  ['a taper in another order', lineOf('a', { words: { dosings: taper } }), lineOf('a', { words: { dosings: taper.toReversed() } }), 'Forskrivning/Dosering[1]/Sluttidspunkt: 2026-02-01 > 2026-03-01; Forskrivning/Dosering[1]/DoseFastTidspunkt[1]/Mengde: 2 tablett > 1 tablett; Forskrivning/Dosering[2]/Sluttidspunkt: 2026-03-01 > 2026-02-01; Forskrivning/Dosering[2]/DoseFastTidspunkt[1]/Mengde: 1 tablett > 2 tablett'],
  ['roles in another order', lineOf('a', { roles: [{ role: { code: 'R' } }, { role: { code: 'I' } }] }), lineOf('a', { roles: [{ role: { code: 'I' } }, { role: { code: 'R' } }] }), ''],
  ['another role', lineOf('a', { roles: [{ role: { code: 'R' } }] }), lineOf('a', { roles: [{ role: { code: 'I' } }] }), 'Rolle[1]/Rolle: R > I'],
  ['a code of another list', lineOf('a', { discontinuation: { reason: { code: 'A', system: 'x' } } }), lineOf('a', { discontinuation: { reason: { code: 'A', system: 'y' } } }), 'Seponering/Arsak: A > A'],
  ['a stop', lineOf('a'), lineOf('a', { discontinuation: { reason: { code: 'A', display: 'Avsluttet behandling' } } }), 'Seponering: - > Arsak: Avsluttet behandling A'],
]

for (const [name, before, after, expected] of differing) {
  test(`difference: ${name}`, () => {
    const words = (found: ReturnType<typeof lineDifferences>) =>
      found.map((one) => `${one.element}: ${one.before ?? '-'} > ${one.after ?? '-'}`.replace(/^ReseptDokLegemiddelB64\//, '')).join('; ')
    assert.equal(words(lineDifferences(before, after)), expected)
    if (before.drug && after.drug) assert.equal(drugDifferences(before.drug, after.drug).length > 0, expected.startsWith('Forskrivning'))
  })
}
