/** Reconciliation as a table: which sources are one row, what each decision sends, what blocks, and what to settle with somebody else. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PLL_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { ATC, volven } from '@helsevev/clinical/systems'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { writeJson } from '@helsevev/kernel/values/json'
import type { Extension, MedicationAdministration, MedicationDispense, MedicationRequest, MedicationStatement } from '@medplum/fhirtypes'
import { type MadeLine, m251, pharmacyList } from '../made-up/messages.ts'
import { convertMessage } from '../messages/convert.ts'
import { type ReconciliationSources, reconciliationRows } from './reconciliation.ts'
import {
  type Decision,
  type MergeChoice,
  merged,
  mergeOf,
  missingIn,
  nothingWritten,
  outlookOf,
  pairKey,
  type ReconciliationRow,
  type Written,
} from './reconciliation-act.ts'
import { requestOf } from './reconciliation-request.ts'

const now = new Date('2026-01-15T10:00:00Z')
const codes = codesFromData()
const patient = '14835010067'

function linesOf(message: string): MedicationStatement[] {
  const made = convertMessage(Buffer.from(message), { codes, now })
  if (isProblem(made) || made.kind !== 'record-set') throw new Error(JSON.stringify(made))
  return made.entries.flatMap(({ resource }) => (resource.resourceType === 'MedicationStatement' ? [resource as MedicationStatement] : []))
}

const line = (id: string, more: Partial<MadeLine> = {}): MadeLine => ({
  id,
  name: `${id} 50 mg`,
  dose: '1 tablett morgen',
  changed: '2025-03-01T09:00:00+01:00',
  start: '2025-03-01',
  ...more,
})
const listed = (...lines: MadeLine[]) => linesOf(m251({ patient, id: 'l-1', time: '2026-01-10T09:00:00+01:00', lines }))
const proposed = (...lines: MadeLine[]) => linesOf(pharmacyList('M25.2', { patient, id: 'l-2', time: '2026-01-12T09:00:00+01:00', lines }))
const drug = (name: string, atc?: string) => [
  {
    resourceType: 'Medication' as const,
    id: 'medication',
    code: { text: name, ...(atc ? { coding: [{ system: ATC, code: atc }] } : {}) },
  },
]
const state = (code: string, recall?: string): Extension => ({
  url: 'http://helsevev.no/fhir/StructureDefinition/prescription-state',
  extension: [{ url: 'state', valueCoding: { system: volven(7408), code } }, ...(recall ? [{ url: 'recall', valueCode: recall }] : [])],
})

function prescription(id: string, name: string, more: Partial<MedicationRequest> = {}): MedicationRequest {
  return {
    resourceType: 'MedicationRequest',
    identifier: [{ system: RESEPT_ID, value: id }],
    status: 'active',
    intent: 'order',
    subject: {},
    contained: drug(name),
    medicationReference: { reference: '#medication' },
    authoredOn: '2026-01-02',
    dosageInstruction: [{ text: '1 tablett kveld' }],
    extension: [state('E')],
    ...more,
  }
}

function dispensed(id: string, name: string, whenHandedOver: string, number?: string): MedicationDispense {
  return {
    resourceType: 'MedicationDispense',
    identifier: [{ value: id }],
    status: 'completed',
    contained: drug(name),
    medicationReference: { reference: '#medication' },
    subject: {},
    whenHandedOver,
    ...(number === undefined
      ? {}
      : { authorizingPrescription: [{ type: 'MedicationRequest', identifier: { system: RESEPT_ID, value: number } }] }),
  }
}

const given = (id: string, name: string, effectiveDateTime: string, status: MedicationAdministration['status'] = 'completed') =>
  ({
    resourceType: 'MedicationAdministration',
    id,
    status,
    contained: drug(name),
    medicationReference: { reference: '#medication' },
    subject: {},
    effectiveDateTime,
  }) as MedicationAdministration

const nothing: ReconciliationSources = { lines: [], proposed: [], prescriptions: [], dispensings: [], given: [] }
const rowsOf = (known: Partial<ReconciliationSources>) => reconciliationRows({ ...nothing, ...known }, now)
/** Key, then the sources with their words. */
const shown = (rows: readonly ReconciliationRow[]) =>
  rows.map(({ key, sources }) => [key, ...sources.map(({ from, word }) => `${from} ${word}`)].join(' | '))

// biome-ignore format: a table, one row to a case
const together: [what: string, known: Partial<ReconciliationSources>, expected: string[]][] = [
  ['a line alone', { lines: listed(line('a')) }, ['line:a | list M25']],
  ['a line that is discontinued has no row', { lines: listed(line('a', { stopped: { at: '2026-01-08T09:00:00+01:00', reason: 'A' } })) }, []],
  ['one whose end lies ahead has', { lines: listed(line('a', { stopped: { at: '2026-02-08T09:00:00+01:00', reason: 'A' } })) }, ['line:a | list M25']],
  ['the pharmacy proposes the same line: same PLL-id', { lines: listed(line('a')), proposed: proposed(line('a')) }, ['line:a | list M25 | pharmacy M25']],
  ['the pharmacy proposes another line', { lines: listed(line('a')), proposed: proposed(line('b')) }, ['line:a | list M25', 'proposed:b | pharmacy M25']],
  ['the pharmacy proposes a line of the same prescription', { lines: listed(line('a', { prescription: 'r1' })), proposed: proposed(line('b', { prescription: 'r1' })) }, ['line:a | list M25 | pharmacy M25']],
  ['same ReseptId', { lines: listed(line('a', { prescription: 'r1' })), prescriptions: [prescription('r1', 'A')] }, ['line:a | list M25/Rf | prescription Rf']],
  ['another ReseptId, same drug', { lines: listed(line('a', { prescription: 'r1' })), prescriptions: [prescription('r2', 'a 50 mg')] }, ['line:a | list M25', 'prescription:r2 | prescription Rf']],
  ['the renewal of the prescription of a line', { lines: listed(line('a', { prescription: 'r1' })), prescriptions: [prescription('r2', 'A', { priorPrescription: { identifier: { value: 'r1' } } })] }, ['line:a | list M25/Rf | prescription Rf']],
  ['a prescription of a line that is discontinued stands by itself', { lines: listed(line('a', { prescription: 'r1', stopped: { at: '2026-01-08T09:00:00+01:00', reason: 'A' } })), prescriptions: [prescription('r1', 'A')] }, ['prescription:r1 | prescription Rf']],
  ['a prescription that cannot be dispensed has no row', { prescriptions: [prescription('r1', 'A', { status: 'cancelled' })] }, []],
  ['valid until today', { prescriptions: [prescription('r1', 'A', { dispenseRequest: { validityPeriod: { end: '2026-01-15' } } })] }, ['prescription:r1 | prescription Rf']],
  ['valid until yesterday', { prescriptions: [prescription('r1', 'A', { dispenseRequest: { validityPeriod: { end: '2026-01-14' } } })] }, []],
  ['a vaccine', { prescriptions: [prescription('r1', 'A', { dosageInstruction: [{ extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/dosage-use', valueCoding: { code: '4' } }] }] })] }, []],
  ['a consumable', { prescriptions: [prescription('r1', 'A', { category: [{ coding: [{ system: volven(7402), code: 'A' }] }] })] }, []],
  ['dispensed of the prescription of a line, the newest alone', { lines: listed(line('a', { prescription: 'r1' })), dispensings: [dispensed('d1', 'A', '2025-12-01', 'r1'), dispensed('d2', 'A', '2026-01-03', 'r1')] }, ['line:a | list M25 | dispensed Utl']],
  ['dispensed of a prescription without a line', { prescriptions: [prescription('r1', 'A')], dispensings: [dispensed('d1', 'A', '2026-01-03', 'r1')] }, ['prescription:r1 | prescription Rf | dispensed Utl']],
  ['dispensed of no prescription that is known', { dispensings: [dispensed('d1', 'A', '2026-01-03', 'r9')] }, ['dispensed:r9 | dispensed Utl']],
  ['dispensed on paper', { dispensings: [dispensed('d1', 'A', '2026-01-03')] }, ['dispensed:d1 | dispensed P/Utl']],
  ['dispensed 100 days ago', { dispensings: [dispensed('d1', 'A', '2025-10-07T10:00:00Z', 'r9')] }, ['dispensed:r9 | dispensed Utl']],
  ['dispensed longer ago', { dispensings: [dispensed('d1', 'A', '2025-10-07T09:59:59Z', 'r9')] }, []],
  ['a dispensing that was cancelled', { dispensings: [{ ...dispensed('d1', 'A', '2026-01-03', 'r9'), status: 'entered-in-error' }] }, []],
  ['given in hospital, twice', { given: [given('g1', 'A', '2026-01-03'), given('g2', 'A', '2026-01-04')] }, ['hospital::A | hospital Epj']],
  ['given in hospital is never a line by its name', { lines: listed(line('a')), given: [given('g1', 'a 50 mg', '2026-01-03')] }, ['line:a | list M25', 'hospital::a 50 mg | hospital Epj']],
  ['given, and not stated what', { given: [{ ...given('g1', 'A', '2026-01-03'), contained: [] }, { ...given('g2', 'A', '2026-01-03'), contained: [] }] }, ['hospital:g1 | hospital Epj', 'hospital:g2 | hospital Epj']],
  ['not given', { given: [given('g1', 'A', '2026-01-03', 'not-done')] }, []],
  ['given 31 days ago', { given: [given('g1', 'A', '2025-12-15T09:00:00Z')] }, []],
]

for (const [what, known, expected] of together) test(`rows: ${what}`, () => assert.deepEqual(shown(rowsOf(known)), expected))

test('rows of one substance with another strength, dose or form stand beside each other, unmerged', () => {
  const lines = listed(line('a', { atc: 'C07AB02' }), line('b', { name: 'b 100 mg', atc: 'C07AB02' }), line('c', { atc: 'C07AB03' }))
  const rows = rowsOf({ lines, prescriptions: [prescription('r1', 'D', { contained: drug('D 25 mg', 'C07AB02') })] })
  assert.deepEqual(
    rows.map(({ key, alike }) => [key, alike]),
    [
      ['line:a', ['line:b', 'prescription:r1']],
      ['line:b', ['line:a', 'prescription:r1']],
      ['line:c', []],
      ['prescription:r1', ['line:a', 'line:b']],
    ],
  )
})

// Two lines with prescriptions, one of them locked in another row, one proposed, one dispensed.
const known: ReconciliationSources = {
  ...nothing,
  lines: listed(
    line('a', { prescription: 'r1' }),
    line('b', { prescription: 'r2' }),
    line('old', { stopped: { at: '2026-01-08T09:00:00+01:00', reason: 'A' } }),
  ),
  proposed: proposed(line('p')),
  prescriptions: [prescription('r1', 'A'), prescription('r2', 'B'), prescription('r3', 'C')],
  dispensings: [dispensed('d1', 'D', '2026-01-03', 'r9')],
}
const rows = reconciliationRows(known, now)
const act = { kind: 'Discharge', with: 'Pasienten' } as const
const decisions: Record<string, Decision> = {
  'line:a': { kind: 'confirm' },
  'line:b': { kind: 'end', reason: 'L', note: 'Utslett' },
  'proposed:p': { kind: 'add' },
  'prescription:r3': { kind: 'end', reason: 'A' },
  'dispensed:r9': { kind: 'leave' },
}
const written: Written = { ...nothingWritten, act, decisions }
const without = (key: string) => ({ ...written, decisions: Object.fromEntries(Object.entries(decisions).filter(([one]) => one !== key)) })
const deciding = (key: string, decision: Decision): Written => ({ ...written, decisions: { ...decisions, [key]: decision } })
const pair = (one: string, other: string, note = 'Begge trengs'): Written => ({ ...written, marked: [{ rows: [one, other], note }] })

// biome-ignore format: a table, one row to a case
const blocked: [what: string, written: Written, missing: string[]][] = [
  ['everything is decided', written, []],
  ...rows.map(({ key }): [string, Written, string[]] => [`no decision on ${key}`, without(key), [`${key} decision`]]),
  ['a decision that the row does not offer', deciding('dispensed:r9', { kind: 'confirm' }), ['dispensed:r9 decision']],
  ['an end without reason', deciding('line:b', { kind: 'end' }), ['line:b reason']],
  ['a reason that 7494 does not have', deciding('line:b', { kind: 'end', reason: 'Q' }), ['line:b reason']],
  ['a change that changes nothing', deciding('line:a', { kind: 'change', note: 'x', content: { dose: '1 tablett morgen' } }), ['line:a decision']],
  ['a change without a reason', deciding('line:a', { kind: 'change', content: { dose: '2 tabletter' } }), ['line:a note']],
  ['a change to no dose', deciding('line:a', { kind: 'change', note: 'x', content: { dose: ' ' } }), ['line:a dose']],
  ['an addition without dose', deciding('dispensed:r9', { kind: 'add' }), ['dispensed:r9 dose']],
  ['stated without name and dose', { ...written, stated: [{ id: 's', drug: ' ' }] }, ['s drug', 's dose']],
  ['no kind', { ...written, act: { with: 'x' } }, [' kind']],
  ['with nobody', { ...written, act: { ...act, with: ' ' } }, [' with']],
  ['a mark without a note', pair('line:a', 'proposed:p', ''), [`${pairKey('line:a', 'proposed:p')} note`]],
  ['a mark of what ends', pair('line:a', 'line:b'), [`${pairKey('line:a', 'line:b')} line`]],
  ['a mark of two that stay', pair('line:a', 'proposed:p'), []],
]

for (const [what, one, missing] of blocked)
  test(`blocks: ${what}`, () =>
    assert.deepEqual(
      missingIn(rows, one).map(({ row = '', part }) => `${row} ${part}`),
      missing,
    ))

test('before it is sent, what will happen is counted', () => {
  const expected = { kept: 1, changed: 0, ended: 2, added: 1, left: 1, recalls: 2, marked: 0, unmarked: 0 }
  assert.deepEqual(outlookOf(rows, written), expected)
  const changed = deciding('line:a', { kind: 'change', note: 'x', content: { dose: '2 tabletter' } })
  assert.deepEqual(outlookOf(rows, changed), { ...expected, kept: 0, changed: 1, recalls: 3 }, 'its prescription has the earlier dose')
})

let made = 0
const sent = (one: Written, basis: Partial<Parameters<typeof requestOf>[0]['basis']> = {}) => {
  const whole = {
    ...known,
    readAt: '2026-01-15T09:00:00Z',
    version: { value: 'l-1' },
    subject: { display: 'patient' },
    handled: [],
    ...basis,
  }
  made = 0
  const { parameter = [] } = requestOf({
    basis: whole,
    rows: reconciliationRows(whole, now),
    written: one,
    writer: { name: 'Ida Moe', hprNumber: '990000803' },
    now,
    id: () => `new-${++made}`,
  })
  const document = parameter[0]?.resource
  if (document?.resourceType !== 'Bundle') throw new Error('no document')
  const lines = (document.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'MedicationStatement' ? [resource] : []))
  return {
    parameter,
    lines,
    of: (id: string) => lines.find((each) => each.identifier?.some(({ system, value }) => system === PLL_ID && value === id)),
  }
}
const part = (one: MedicationStatement | undefined, url: string) => one?.extension?.find((each) => each.url.endsWith(url))
const named = (parameter: ReturnType<typeof sent>['parameter'], name: string) => parameter.filter((one) => one.name === name)

test('a line that is kept, and one that was discontinued before, go back as they were read, to the last digit', () => {
  const dosing = {
    start: '2026-01-01',
    end: '2026-03-01',
    fixed: [{ amount: { value: '1.50', unit: 'tablett' }, isExact: false }],
    asNeeded: [],
  }
  const read = listed(line('a', { dosings: [dosing] as never }), line('old', { stopped: { at: '2026-01-08T09:00:00+01:00', reason: 'A' } }))
  const { lines } = sent({ ...written, decisions: { ...decisions, 'line:a': { kind: 'confirm' } } }, { lines: read })
  assert.match(writeJson(lines), /"value":1\.50,/)
  for (const one of read) assert.ok(lines.includes(one))
})

test('a line that is ended states when, why and by whom, and its prescription is recalled with it', () => {
  const { of, parameter } = sent(written)
  const ended = of('b')
  assert.equal(ended?.status, 'stopped')
  assert.deepEqual(
    part(ended, 'sfm-discontinuation')?.extension?.map(({ url, valueDateTime, valueCodeableConcept, valueString }) => [
      url,
      valueDateTime ?? valueCodeableConcept?.coding?.[0]?.code ?? valueString,
    ]),
    [
      ['timedate', now.toISOString()],
      ['reason', 'L'],
      ['note', 'Utslett'],
    ],
  )
  const enders = ended?.extension
    ?.filter(({ url }) => url.endsWith('sfm-regInfo'))
    .map(({ extension = [] }) => extension[1]?.valueReference?.display)
  assert.deepEqual(enders, ['Frida Fastlege', 'Ida Moe'])
  // The line's own follows from its end; one without a line is asked for.
  const recalls = named(parameter, 'recall').map(({ part: parts = [] }) => [parts[0]?.valueIdentifier?.value, parts[1]?.valueCoding?.code])
  assert.deepEqual(recalls, [['r3', '2']])
})

test('a new dose is its words alone, names no prescription, and recalls the one with the earlier dose', () => {
  const { of, parameter } = sent(
    deciding('line:a', { kind: 'change', note: 'Lavt blodtrykk', content: { dose: '0,5 tablett morgen', use: '1' } }),
  )
  const line = of('a')
  assert.deepEqual(
    line?.dosage?.map(({ text, doseAndRate }) => [text, doseAndRate]),
    [['0,5 tablett morgen', undefined]],
  )
  assert.equal(line?.basedOn, undefined)
  assert.deepEqual(
    line?.identifier?.map(({ system }) => system),
    [PLL_ID],
  )
  assert.equal(
    part(line, 'sfm-reseptamendment')?.extension?.find(({ url }) => url === 'typeresept')?.valueCodeableConcept?.coding?.[0]?.code,
    'U',
  )
  assert.equal(part(line, 'medication-medical-change')?.extension?.find(({ url }) => url === 'note')?.valueString, 'Lavt blodtrykk')
  const recalls = named(parameter, 'recall').map(({ part: parts = [] }) => [parts[0]?.valueIdentifier?.value, parts[1]?.valueCoding?.code])
  assert.deepEqual(recalls, [
    ['r1', '4'],
    ['r3', '2'],
  ])
})

test('a change of use and area keeps the dose and the prescription', () => {
  const { of } = sent(deciding('line:a', { kind: 'change', note: 'x', content: { use: '3', area: 'mot smerter' } }))
  const line = of('a')
  assert.equal(line?.dosage?.[0]?.text, '1 tablett morgen')
  assert.equal(line?.dosage?.[0]?.asNeededBoolean, true)
  assert.equal(line?.category?.coding?.[0]?.code, '3')
  assert.deepEqual(line?.reasonCode, [{ text: 'mot smerter' }])
  assert.equal(line?.basedOn?.[0]?.identifier?.value, 'r1')
})

test('a prescription, a proposal and what the patient states become lines, each with where it was seen', () => {
  const adding = { ...deciding('prescription:r3', { kind: 'add' }), stated: [{ id: 's', drug: 'Tran', dose: '1 ss daglig' }] }
  const { lines, of, parameter } = sent(adding)
  const added = lines.find((one) => one.basedOn?.[0]?.identifier?.value === 'r3')
  assert.equal(added?.contained?.[0]?.resourceType === 'Medication' && added.contained[0].code?.text, 'C')
  assert.equal(added?.dosage?.[0]?.text, '1 tablett kveld')
  assert.equal(part(of('p'), 'medication-stands-in'), undefined)
  const stated = lines.find((one) => one.medicationCodeableConcept?.text === 'Tran')
  assert.equal(stated?.dosage?.[0]?.text, '1 ss daglig')
  assert.deepEqual(
    named(parameter, 'source').map(({ valueCode }) => valueCode),
    ['M25', 'M25/Rf', 'Rf', 'Utl', 'Ukjent'],
  )
  assert.deepEqual(
    [...named(parameter, 'basis'), ...named(parameter, 'with')].map((one) => one.valueCode ?? one.valueString),
    ['Discharge', 'Pasienten'],
  )
})

test('what a hospital gave becomes a line with its codes, and a mixture with its ingredients', () => {
  const mixture = { ...drug('Blanding', 'N02BE01')[0], ingredient: [{ itemReference: { reference: '#part' } }] } as const
  const parts = [{ resourceType: 'Medication' as const, id: 'part', code: { text: 'Del' } }, mixture]
  const basis = { given: [{ ...given('g1', 'x', '2026-01-10'), contained: parts } as MedicationAdministration] }
  const { lines } = sent(deciding('hospital:N02BE01:Blanding', { kind: 'add', content: { dose: '5 ml' } }), basis)
  const added = lines.find(({ contained = [] }) => contained.length === 2)
  assert.deepEqual([added?.contained, added?.medicationReference, added?.dosage], [parts, { reference: '#medication' }, [{ text: '5 ml' }]])
})

test('a pair is marked as intended by its lines, and the mark is taken away by a later version', () => {
  const code = ({
    part: parts = [],
  }: {
    part?: { name: string; valueIdentifier?: { value?: string }; valueCoding?: { code?: string } }[]
  }) => [
    ...parts.flatMap(({ valueIdentifier }) => valueIdentifier?.value ?? []),
    parts.find(({ name }) => name === 'code')?.valueCoding?.code,
  ]
  assert.deepEqual(named(sent(pair('line:a', 'proposed:p')).parameter, 'handled').map(code), [['a', 'p', 'intended']])
  const handled = [
    { url: 'x', extension: ['a', 'b'].map((value) => ({ url: 'line', valueIdentifier: { value } })) },
    { url: 'x', extension: ['a', 'old'].map((value) => ({ url: 'line', valueIdentifier: { value } })) },
  ]
  const unmarked = { ...written, unmarked: [pairKey('line:b', 'line:a')] }
  assert.deepEqual(named(sent(unmarked, { handled }).parameter, 'handled').map(code), [['a', 'b', 'not-intended']])
})

// What each side did with one row: the writer's decision, and what the list says now.
const [before] = rows
const dose = { ...before, dose: '2 tabletter' } as ReconciliationRow
const change: Decision = { kind: 'change', note: 'x', content: { dose: '3 tabletter' } }
// biome-ignore format: a table, one row to a case
const sides: [what: string, mine: Decision | undefined, later: ReconciliationRow | undefined, standing: string | undefined][] = [
  ['neither', { kind: 'confirm' }, before, undefined],
  ['not decided, not changed', undefined, before, undefined],
  ['the other', { kind: 'confirm' }, dose, 'theirs'],
  ['the other, not decided here', undefined, dose, 'theirs'],
  ['the writer', change, before, 'mine'],
  ['both', change, dose, 'both'],
  ['the writer ended it, the other changed it', { kind: 'end', reason: 'A' }, dose, 'both'],
  ['the other ended it', change, undefined, 'gone'],
]

for (const [what, mine, later, standing] of sides)
  test(`changed by: ${what}`, () => {
    if (!before) throw new Error('no row')
    const items = mergeOf([before], later ? [later] : [], { ...nothingWritten, decisions: mine ? { [before.key]: mine } : {} })
    assert.deepEqual(
      items.map((item) => item.standing),
      standing === undefined ? [] : [standing],
    )
  })

test('nothing of a conflict is settled by itself, and the text of the writer stands where it is chosen', () => {
  if (!before) throw new Error('no row')
  const own = { ...nothingWritten, decisions: { [before.key]: change } }
  const items = mergeOf([before], [dose, { ...dose, key: 'line:new' }], own)
  const settle = (...choices: [string, MergeChoice][]) => merged(items, Object.fromEntries(choices), own)?.decisions
  assert.deepEqual(
    items.map(({ standing }) => standing),
    ['both', 'added'],
  )
  assert.equal(settle(), undefined)
  assert.equal(settle([before.key, 'mine']), undefined, 'the other item has no choice')
  assert.equal(settle([before.key, 'mine'], ['line:new', 'mine']), undefined, 'no such choice')
  assert.deepEqual(settle([before.key, 'mine'], ['line:new', 'again']), { [before.key]: change })
  assert.deepEqual(settle([before.key, 'theirs'], ['line:new', 'again']), { [before.key]: { kind: 'confirm' } })
  assert.deepEqual(settle([before.key, 'again'], ['line:new', 'again']), {})
})

const taper = (value: string, start: string, end: string) => ({
  start,
  end,
  fixed: [{ amount: { value, unit: 'tablett' }, when: { code: '1' }, isExact: false }],
  asNeeded: [],
})
// biome-ignore format: a table, one row to a case
const doses: [what: string, more: Partial<MadeLine>, steps: number, contradictions: string[], isOver: true | undefined][] = [
  ['a regular dose', {}, 0, [], undefined],
  ['a taper in two parts', { dosings: [taper('2', '2026-01-10', '2026-01-20'), taper('1', '2026-01-20', '2026-01-25')] as never, dose: 'etter plan' }, 2, [], undefined],
  ['one part alone is in the dose', { dosings: [taper('1', '2026-01-10', '2026-01-20')] as never, dose: '1 tablett daglig' }, 0, [], undefined],
  ['text and structure disagree', { dosings: [taper('2', '2026-01-10', '2026-01-20')] as never, dose: '1 tablett daglig' }, 0, ['text, structure: amount'], undefined],
  ['a course that is over', { use: '2', dosings: [taper('1', '2026-01-01', '2026-01-05')] as never, dose: '1 tablett daglig' }, 0, [], true],
]
for (const [what, more, steps, contradictions, isOver] of doses)
  test(`a row shows its dose: ${what}`, () => {
    const [row] = rowsOf({ lines: listed(line('a', more)) })
    assert.deepEqual([row?.steps?.length ?? 0, row?.contradictions ?? [], row?.isOver], [steps, contradictions, isOver])
  })
