/** The pipeline as given/expect rows: one row per way in and per way to be refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '../problem/problem.ts'
import type { PatientKey } from '../store/ids.ts'
import { nurse, organizations, system } from '../testing/api.ts'
import { measurements } from '../testing/measurements.ts'
import type { Decision } from './decision.ts'
import { decide, pipeline } from './pipeline.ts'
import type { AccessRequest, Facts } from './request.ts'

const { bergen, oslo, bodo } = organizations
const patient = { key: '7' as PatientKey, linked: [], birthDate: '1950-05-17', identifier: { system: 's', value: 'v' } }
const member = { name: 'Bergen', member: true }
const facts: Facts = {
  organization: member,
  supplier: undefined,
  produces: true,
  consumes: true,
  patient,
  agreements: [{ controller: oslo, sensitiveCodes: [] }],
  contributors: [oslo],
}
const search: AccessRequest = {
  kind: 'search',
  caller: nurse(bergen),
  service: measurements,
  purpose: 'TREAT',
  patient: { identityNumber: '1' },
}
const write: AccessRequest = {
  kind: 'write',
  caller: system(bergen),
  service: measurements,
  purpose: undefined,
  patient: { identityNumber: '1' },
}

type Row = [name: string, request: Partial<AccessRequest>, facts: Partial<Facts>, expected: string | string[]]

/** Expected: the problem that refuses, or the controllers that are visible. */
const reading: Row[] = [
  ['an agreement in force opens its controller, beside the own records', {}, {}, [bergen, oslo]],
  ['no organisation in the token', { caller: nurse(bergen, { organization: undefined }) }, {}, 'organisation-missing'],
  ['nobody signed in: a token of a person without number', { caller: nurse(bergen, { pid: undefined }) }, {}, 'person-login-required'],
  ['a person without HPR number', { caller: nurse(bergen, { hprNumber: undefined }) }, {}, 'health-personnel-required'],
  ['an organisation the register does not know', {}, { organization: undefined }, 'organisation-not-member'],
  ['an organisation that is no member', {}, { organization: { name: 'Bergen', member: false } }, 'organisation-not-member'],
  [
    'a vendor without terms',
    { caller: nurse(bergen, { multiTenant: true, supplier: '900000009' }) },
    { supplier: { name: 'Vendor', member: false } },
    'supplier-not-member',
  ],
  ['a multi-tenant token that names no vendor', { caller: nurse(bergen, { multiTenant: true }) }, {}, 'supplier-not-member'],
  [
    'a vendor with terms',
    { caller: nurse(bergen, { multiTenant: true, supplier: '900000009' }) },
    { supplier: { name: 'Vendor', member: true } },
    [bergen, oslo],
  ],
  ['only the scope to write', { caller: nurse(bergen, { scopes: ['helsevev:measurements/write'] }) }, {}, 'insufficient-scope'],
  ['the scope of another service', { caller: nurse(bergen, { scopes: ['helsevev:news2/read'] }) }, {}, 'insufficient-scope'],
  ['no purpose of use', { purpose: undefined }, {}, 'purpose-required'],
  ['no agreement, and nothing of its own', {}, { agreements: [], produces: false }, 'no-agreement'],
  ['no agreement: its own records only', {}, { agreements: [] }, [bergen]],
  ['agreements, but not registered as using the service', {}, { produces: false, consumes: false }, 'no-agreement'],
  ['a consumer that produces nothing sees what agreements open', {}, { produces: false }, [oslo]],
  ['a person the register does not know', {}, { patient: undefined }, 'person-unknown'],
  ['an id that names nobody', { kind: 'read', patient: { key: '9' as PatientKey } }, { patient: undefined }, 'not-found'],
  ["a system sees its own organisation's records and no others", { caller: system(bergen), purpose: undefined }, {}, [bergen]],
  ['a system of an organisation that produces nothing', { caller: system(bergen), purpose: undefined }, { produces: false }, []],
]

const writing: Row[] = [
  ['a controller writes its own', {}, {}, [bergen]],
  ['no organisation in the token', { caller: system(bergen, { organization: undefined }) }, {}, 'organisation-missing'],
  ['only the scope to read', { caller: system(bergen, { scopes: ['helsevev:measurements/read'] }) }, {}, 'insufficient-scope'],
  ['an organisation that is no member', {}, { organization: { name: 'Bergen', member: false } }, 'organisation-not-member'],
  ['not registered as producing', {}, { produces: false }, 'not-producing'],
  ['a person the register does not know', {}, { patient: undefined }, 'person-unknown'],
  ['no agreement is needed to write', {}, { agreements: [] }, [bergen]],
]

for (const [kind, base, rows] of [
  ['reading', search, reading],
  ['writing', write, writing],
] as const) {
  for (const [name, request, changed, expected] of rows) {
    test(`${kind}: ${name}`, () => {
      const outcome = decide({ ...base, ...request }, { ...facts, ...changed })
      assert.deepEqual(isProblem(outcome) ? outcome.problem : outcome.controllers, expected)
    })
  }
}

test('what is withheld is told without saying whose, and what agreements open in codes is kept by controller', () => {
  const decision = decide(search, {
    ...facts,
    agreements: [{ controller: oslo, sensitiveCodes: ['14', '24'] }],
    contributors: [bergen, oslo, bodo],
  }) as Decision
  assert.deepEqual(
    [decision.withheld, decision.visibleContributors, decision.openedSensitiveCodes],
    [true, [bergen, oslo], [`${oslo}|14`, `${oslo}|24`]],
  )
})

test('every kind of request ends in a step that decides, and is denied when none does', () => {
  for (const kind of ['read', 'search', 'write'] as const)
    assert.ok(pipeline.filter(({ appliesTo }) => appliesTo.includes(kind)).length > 4)
  const outcome = decide({ ...search, kind: 'other' as 'search' }, facts)
  assert.equal(isProblem(outcome) && outcome.problem, 'access-denied')
})
