import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createChangeLog } from '../../audit/change-log.ts'
import { isProblem } from '../../problem/problem.ts'
import type { PatientKey } from '../../store/ids.ts'
import { NOW, organizations, type TestApi, testApi } from '../../testing/api.ts'
import { makeIdentityNumber } from '../../values/identity-number.ts'
import { representativesOf, representedBy } from './list.ts'
import { endRepresentation, type RegisterParts, type Registrar, registerRepresentation } from './register.ts'
import type { NewRepresentation, RegisteredAs, RelationKind } from './representation.ts'

const { bergen } = organizations
const hospital = '900000021'

let api: TestApi
let parts: RegisterParts
let now = NOW
before(async () => {
  api = await testApi()
  parts = { sql: api.sql, clock: () => now, changes: createChangeLog(api.kernel) }
  await api.sql`insert into organization (number, name, type) values (${hospital}, 'hospital', 'health-trust')`
})
after(async () => await api.close())

let series = 0
async function born(birthDate: string | undefined): Promise<PatientKey> {
  const { key } = await api.person(series++, birthDate ?? '1950-05-17')
  if (birthDate === undefined) await api.sql`update person set birth_date = null where patient = ${key}`
  return key
}

function by(as: RegisteredAs, organization: string | undefined = as === 'child-welfare' ? bergen : undefined): Registrar {
  const unnamed = {
    person: undefined,
    hprNumber: undefined,
    role: undefined,
    organizationName: undefined,
    organizationChild: undefined,
    supplier: undefined,
  }
  return { as, actor: { ...unnamed, name: 'Rita Registrar', organization, client: 'command line' } }
}

const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000)
/** Birth dates of persons who turn this age today, and tomorrow. */
const turns = (age: number) => `${2026 - age}-01-15`
const turnsTomorrow = (age: number) => `${2026 - age}-01-16`

interface Given extends Partial<Omit<NewRepresentation, 'patient' | 'representative'>> {
  kind: RelationKind
  /** Birth dates of the two. */
  patient?: string | undefined
  acts?: string | undefined
  as?: RegisteredAs
  organization?: string
  /** The representative has parental responsibility. */
  parent?: boolean
  died?: boolean
}

async function registered(given: Given): Promise<string[]> {
  const { kind, as = kind === 'foster-parent' ? 'child-welfare' : 'registrar', organization, parent, died, ...rest } = given
  const patient = await born('patient' in given ? given.patient : '2016-01-01')
  const representative = await born('acts' in given ? given.acts : '1980-01-01')
  if (parent)
    await accepted({ kind: 'parental-responsibility', patient: [patient], representative: [representative], areas: [], source: 'test' })
  if (died) await api.sql`update person set died = '2026-01-01' where patient = ${patient}`
  const wanted: NewRepresentation = { areas: [], source: 'document 1', ...rest, kind, patient: [patient], representative: [representative] }
  const result = await registerRepresentation(parts, wanted, by(as, organization))
  return isProblem(result) ? result.issues.map(({ code }) => code) : ['registered']
}

async function accepted(wanted: NewRepresentation, registrar: Registrar = by('registrar')): Promise<boolean> {
  const result = await registerRepresentation(parts, wanted, registrar)
  if (isProblem(result)) throw new Error(JSON.stringify(result))
  return result.created
}

const area = { areas: ['3'] }
const scope = { areas: ['PersonalInterests'] }
const number = makeIdentityNumber({ birthDate: '1950-05-17', series: 0 })

// biome-ignore format: a table, one row to a line
const rules: [what: string, given: Given, outcome: string[]][] = [
  ['a parent of a child',                               { kind: 'parental-responsibility' },                                                     ['registered']],
  ['a parent of somebody who turns 18 tomorrow',        { kind: 'parental-responsibility', patient: turnsTomorrow(18) },                         ['registered']],
  ['a parent of somebody who turns 18 today',           { kind: 'parental-responsibility', patient: turns(18) },                                 ['patient-too-old']],
  ['a parent of 17',                                    { kind: 'parental-responsibility', acts: turns(17) },                                    ['registered']],
  ['a parent, registered by the parent',                { kind: 'parental-responsibility', as: 'representative' },                               ['not-for-you']],
  ['a parent, with areas',                              { kind: 'parental-responsibility', ...area },                                            ['areas-not-here']],
  ['a parent of a child without a birth date',          { kind: 'parental-responsibility', patient: undefined },                                 ['birth-date-unknown']],

  ['consent of a parent',                               { kind: 'parental-consent', patient: turns(14), parent: true },                          ['registered']],
  ['consent of a parent, by the parent',                { kind: 'parental-consent', patient: turns(14), parent: true, as: 'representative' },    ['registered']],
  ['consent of a parent, by the youth',                 { kind: 'parental-consent', patient: turns(14), parent: true, as: 'patient' },           ['not-for-you']],
  ['consent of somebody who is no parent',              { kind: 'parental-consent', patient: turns(14) },                                        ['parent-required']],
  ['consent for somebody who turns 16 today',           { kind: 'parental-consent', patient: turns(16), parent: true },                          ['patient-too-old']],

  ['a foster parent by a municipality\'s service',      { kind: 'foster-parent', until: days(300) },                                             ['registered']],
  ['a foster parent by a registrar',                    { kind: 'foster-parent', until: days(300), as: 'registrar' },                            ['not-for-you']],
  ['a foster parent by a hospital',                     { kind: 'foster-parent', until: days(300), organization: hospital },                     ['not-child-welfare']],
  ['a foster parent by nobody\'s service',              { kind: 'foster-parent', until: days(300), organization: '999999999' },                  ['not-child-welfare']],
  ['a foster parent without an end',                    { kind: 'foster-parent' },                                                               ['until-required']],
  ['a foster parent for 366 days',                      { kind: 'foster-parent', until: days(366) },                                             ['registered']],
  ['a foster parent for a day more',                    { kind: 'foster-parent', until: days(367) },                                             ['until-too-far']],
  ['a foster parent who turns 18 tomorrow',             { kind: 'foster-parent', until: days(300), acts: turnsTomorrow(18) },                    ['representative-too-young']],
  ['a foster parent of somebody who turns 18 today',    { kind: 'foster-parent', until: days(300), patient: turns(18) },                         ['patient-too-old']],

  ['a guardian with one scope',                         { kind: 'guardian', patient: turns(80), ...scope },                                      ['registered']],
  ['a guardian of somebody without a birth date',       { kind: 'guardian', patient: undefined, ...scope },                                      ['registered']],
  ['a guardian without a scope',                        { kind: 'guardian', patient: turns(80) },                                                ['scope-invalid']],
  ['a guardian with two',                               { kind: 'guardian', areas: ['PersonalInterests', 'FinancialInterests'] },                ['scope-invalid']],
  ['a guardian with a service area',                    { kind: 'guardian', ...area },                                                           ['scope-invalid']],
  ['a guardian who turns 18 tomorrow',                  { kind: 'guardian', ...scope, acts: turnsTomorrow(18) },                                 ['representative-too-young']],
  ['a guardian who turns 18 today',                     { kind: 'guardian', ...scope, acts: turns(18) },                                         ['registered']],

  ['a power of attorney',                               { kind: 'power-of-attorney', patient: turns(80), ...area },                              ['registered']],
  ['a power of attorney with an end, by the giver',     { kind: 'power-of-attorney', patient: turns(80), ...area, until: days(30), as: 'patient' }, ['registered']],
  ['a power of attorney, by the receiver',              { kind: 'power-of-attorney', patient: turns(80), ...area, as: 'representative' },        ['not-for-you']],
  ['a giver who turns 16 tomorrow',                     { kind: 'power-of-attorney', patient: turnsTomorrow(16), ...area },                      ['patient-too-young']],
  ['a giver who turns 16 today',                        { kind: 'power-of-attorney', patient: turns(16), ...area },                              ['registered']],
  ['a receiver who turns 18 tomorrow',                  { kind: 'power-of-attorney', patient: turns(80), acts: turnsTomorrow(18), ...area },     ['representative-too-young']],
  ['a receiver who turns 18 today',                     { kind: 'power-of-attorney', patient: turns(80), acts: turns(18), ...area },             ['registered']],
  ['a receiver without a birth date',                   { kind: 'power-of-attorney', patient: turns(80), acts: undefined, ...area },             ['birth-date-unknown']],
  ['a power of attorney without areas',                 { kind: 'power-of-attorney', patient: turns(80) },                                       ['areas-invalid']],
  ['a power of attorney with SQL as area',              { kind: 'power-of-attorney', patient: turns(80), areas: ["3'; drop table person; --"] }, ['areas-invalid']],
  ['a power of attorney that has run out',              { kind: 'power-of-attorney', patient: turns(80), ...area, from: days(-2), until: days(-1) }, ['period-over']],
  ['a power of attorney that ends before it begins',    { kind: 'power-of-attorney', patient: turns(80), ...area, from: days(2), until: days(1) }, ['period-invalid']],

  ['without capacity, turns 16 tomorrow',               { kind: 'without-capacity', patient: turnsTomorrow(16) },                                ['patient-too-young']],
  ['without capacity, turns 16 today',                  { kind: 'without-capacity', patient: turns(16) },                                        ['registered']],
  ['without capacity, turns 18 tomorrow',               { kind: 'without-capacity', patient: turnsTomorrow(18) },                                ['registered']],
  ['without capacity, turns 18 today',                  { kind: 'without-capacity', patient: turns(18) },                                        ['patient-too-old']],
  ['without capacity, without a statement',             { kind: 'without-capacity', patient: turns(17), source: ' ' },                           ['source-invalid']],

  ['of somebody who has died',                          { kind: 'guardian', ...scope, died: true },                                              ['has-died']],
  ['with an identity number as source',                 { kind: 'guardian', ...scope, source: `case of ${number}` },                             ['source-invalid']],
  ['with a control character in the source',            { kind: 'guardian', ...scope, source: 'a\0bc' },                                         ['source-invalid']],
  ['several faults at once',                            { kind: 'guardian', as: 'patient', source: '', acts: turns(17) },                        ['not-for-you', 'scope-invalid', 'source-invalid', 'representative-too-young']],
]
for (const [what, given, outcome] of rules) {
  test(`${given.kind}: ${what}: ${outcome.join(', ')}`, async () => assert.deepEqual(await registered(given), outcome))
}

test('nobody acts for herself, under a linked number either', async () => {
  const [one, other] = [await born(turns(40)), await born(turns(40))]
  const wanted: NewRepresentation = { kind: 'guardian', patient: [one, other], representative: [other, one], ...scope, source: 'test' }
  const result = await registerRepresentation(parts, wanted, by('registrar'))
  assert.ok(isProblem(result) && result.issues[0]?.code === 'same-person')
})

test('a youth without capacity is represented until the Norwegian midnight of her 18th birthday, whatever was asked for', async () => {
  const wanted: NewRepresentation = {
    kind: 'without-capacity',
    patient: [await born('2008-07-01')],
    representative: [await born('1980-01-01')],
    areas: [],
    until: days(3000),
    source: 'doctor 2026/7',
  }
  const result = await registerRepresentation(parts, wanted, by('registrar'))
  assert.ok(!isProblem(result))
  assert.deepEqual(result.representation.until, new Date('2026-06-30T22:00:00Z'))
})

test('the same again returns the first and adds none, also ten at once; what ended can be registered again', async () => {
  const wanted: NewRepresentation = {
    kind: 'power-of-attorney',
    patient: [await born(turns(80))],
    representative: [await born(turns(50))],
    areas: ['3', '1'],
    from: days(-10),
    source: 'form',
  }
  const made = await Promise.all(Array.from({ length: 10 }, () => accepted(wanted)))
  assert.equal(made.filter(Boolean).length, 1)
  assert.equal(await accepted({ ...wanted, areas: ['3'] }), false)
  assert.equal(await accepted({ ...wanted, areas: ['2'], from: undefined }), true)
  await endRepresentation(parts, wanted, by('patient'))
  now = new Date(NOW.getTime() + 1000)
  assert.equal(await accepted(wanted), true)
  now = NOW
})

// biome-ignore format: a table, one row to a line
const ends: [kind: RelationKind, more: Partial<Given>, by: Record<RegisteredAs, string>][] = [
  ['parental-responsibility', {},                                    { registrar: 'ended',       'child-welfare': 'not-for-you', patient: 'not-for-you', representative: 'not-for-you' }],
  ['parental-consent',        { patient: turns(14), parent: true },  { registrar: 'ended',       'child-welfare': 'not-for-you', patient: 'not-for-you', representative: 'ended' }],
  ['foster-parent',           { until: days(100) },                  { registrar: 'not-for-you', 'child-welfare': 'ended',       patient: 'not-for-you', representative: 'not-for-you' }],
  ['guardian',                { ...scope },                          { registrar: 'ended',       'child-welfare': 'not-for-you', patient: 'not-for-you', representative: 'not-for-you' }],
  ['power-of-attorney',       { patient: turns(40), ...area },       { registrar: 'ended',       'child-welfare': 'not-for-you', patient: 'ended',       representative: 'ended' }],
  ['without-capacity',        { patient: turns(17) },                { registrar: 'ended',       'child-welfare': 'not-for-you', patient: 'not-for-you', representative: 'not-for-you' }],
]
for (const [kind, more, outcomes] of ends) {
  for (const as of ['registrar', 'child-welfare', 'patient', 'representative'] as const) {
    test(`${kind} ended by ${as}: ${outcomes[as]}`, async () => {
      const [patient, representative] = [await born(more.patient ?? '2016-01-01'), await born('1980-01-01')]
      const between = { patient: [patient], representative: [representative] } as const
      if (more.parent) await accepted({ ...between, kind: 'parental-responsibility', areas: [], source: 'test' })
      const wanted: NewRepresentation = { ...between, kind, areas: more.areas ?? [], until: more.until, source: 'test' }
      await accepted(wanted, by(kind === 'foster-parent' ? 'child-welfare' : 'registrar'))
      const result = await endRepresentation(parts, wanted, by(as))
      assert.equal(isProblem(result) ? result.issues[0]?.code : 'ended', outcomes[as])
      const left = (await representativesOf(api.sql, [patient], 'in-force-or-ahead', now)).filter((relation) => relation.kind === kind)
      assert.equal(left.length, outcomes[as] === 'ended' ? 0 : 1)
    })
  }
}

test('ending what is not registered, or has ended, is refused', async () => {
  const wanted: NewRepresentation = {
    kind: 'guardian',
    patient: [await born(turns(80))],
    representative: [await born(turns(50))],
    ...scope,
    source: 'test',
  }
  const ended = async () => {
    const result = await endRepresentation(parts, wanted, by('registrar'))
    return isProblem(result) ? result.issues[0]?.code : 'ended'
  }
  assert.equal(await ended(), 'not-registered')
  await accepted(wanted)
  assert.deepEqual((await Promise.all([ended(), ended()])).sort(), ['ended', 'not-registered'])
  assert.equal(await ended(), 'not-registered')
})

test('both lists name the other side, newest first, with what has ended when asked for', async () => {
  const [patient, guardian] = [await born(turns(80)), await born(turns(50))]
  await api.sql`update person set given_name = 'Gunn', family_name = 'Guardian' where patient = ${guardian}`
  const wanted: NewRepresentation = {
    kind: 'guardian',
    patient: [patient],
    representative: [guardian],
    ...scope,
    source: '<b>order</b> 2025/1',
  }
  await accepted(wanted)
  const [relation] = await representativesOf(api.sql, [patient], 'in-force-or-ahead', now)
  assert.deepEqual(
    [relation?.representativeName, relation?.source, relation?.registeredBy],
    ['Gunn Guardian', '<b>order</b> 2025/1', 'registrar: Rita Registrar'],
  )
  assert.deepEqual(
    (await representedBy(api.sql, [guardian], 'in-force-or-ahead', now)).map((one) => one.patient),
    [patient],
  )
  await endRepresentation(parts, wanted, by('registrar'))
  assert.equal((await representedBy(api.sql, [guardian], 'in-force-or-ahead', now)).length, 0)
  assert.equal((await representedBy(api.sql, [guardian], 'all', now))[0]?.endedBy, 'registrar: Rita Registrar')
})

test('each change is a row of the log on the patient, a refusal none', async () => {
  const wanted: NewRepresentation = {
    kind: 'foster-parent',
    patient: [await born(turns(5))],
    representative: [await born(turns(40))],
    areas: [],
    until: days(100),
    source: 'decision 2026/3',
  }
  await accepted(wanted, by('child-welfare'))
  await registerRepresentation(parts, wanted, by('registrar'))
  await endRepresentation(parts, wanted, by('child-welfare'))
  const rows = await api.sql`
    select l.event, l.type, l.reason, a.name, a.organization from access_log l join log_actor a on a.id = l.actor
    where l.patient = ${wanted.patient[0]} order by l.seq`
  const row = { type: 'representation', reason: 'foster-parent, until 2026-04-25', name: 'Rita Registrar', organization: bergen }
  assert.deepEqual(
    [...rows],
    [
      { event: 'representation-registered', ...row },
      { event: 'representation-ended', ...row },
    ],
  )
})
