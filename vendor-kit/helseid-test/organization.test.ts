import assert from 'node:assert/strict'
import test from 'node:test'
import { decideOrganization, OrganizationError, readOrganization } from './organization.ts'
import { authorizationDetails, BERGEN, OSLO, VENDOR } from './testing.ts'
import type { Tenancy, TestClient } from './world.ts'

const CHILD = '999000111'
const SINGLE = 'urn:oid:2.16.578.1.12.4.1.4.101'

const read: { what: string; details: unknown; expect: unknown }[] = [
  { what: 'nothing', details: undefined, expect: undefined },
  {
    what: 'parent without colon',
    details: authorizationDetails(`NO:ORGNR:${OSLO}`),
    expect: { form: 'multi-tenant', parent: OSLO, child: undefined },
  },
  {
    what: 'parent with colon',
    details: authorizationDetails(`NO:ORGNR:${OSLO}:`),
    expect: { form: 'multi-tenant', parent: OSLO, child: undefined },
  },
  {
    what: 'parent and child',
    details: authorizationDetails(`NO:ORGNR:${OSLO}:${CHILD}`),
    expect: { form: 'multi-tenant', parent: OSLO, child: CHILD },
  },
  {
    what: 'in an array',
    details: [authorizationDetails(`NO:ORGNR:${OSLO}`)],
    expect: { form: 'multi-tenant', parent: OSLO, child: undefined },
  },
  {
    what: 'beside a journal id',
    details: [{ type: 'nhn:sfm:journal-id', value: { journal_id: '1' } }, authorizationDetails(`NO:ORGNR:${OSLO}`)],
    expect: { form: 'multi-tenant', parent: OSLO, child: undefined },
  },
  { what: 'a journal id alone', details: { type: 'nhn:sfm:journal-id', value: { journal_id: '1' } }, expect: undefined },
  {
    what: 'system without urn:oid:',
    details: authorizationDetails(`NO:ORGNR:${OSLO}`, '1.0.6523'),
    expect: { form: 'multi-tenant', parent: OSLO, child: undefined },
  },
  { what: 'a child alone', details: authorizationDetails(CHILD, SINGLE), expect: { form: 'single-tenant', child: CHILD } },
  {
    what: 'a child, misspelt system',
    details: authorizationDetails(CHILD, 'urn:oid:2.16.578.1.12.4.1.2.101'),
    expect: { form: 'single-tenant', child: CHILD },
  },
  {
    what: 'no check digit is asked for',
    details: authorizationDetails('999977775', SINGLE),
    expect: { form: 'single-tenant', child: '999977775' },
  },
  { what: 'eight digits', details: authorizationDetails('NO:ORGNR:99900001'), expect: 'HID-1004' },
  { what: 'ten digits', details: authorizationDetails('NO:ORGNR:9990000110'), expect: 'HID-1004' },
  { what: 'a letter', details: authorizationDetails('NO:ORGNR:99900001A'), expect: 'HID-1004' },
  { what: 'no parent', details: authorizationDetails('NO:ORGNR:'), expect: 'HID-1004' },
  { what: 'eight digits in the child', details: authorizationDetails(`NO:ORGNR:${OSLO}:99900011`), expect: 'HID-1004' },
  { what: 'child alone, with a blank', details: authorizationDetails('999 000 111', SINGLE), expect: 'HID-1004' },
  { what: 'three parts', details: authorizationDetails(`NO:ORGNR:${OSLO}:${CHILD}:1`), expect: 'HID-1007' },
  { what: 'no prefix', details: authorizationDetails(OSLO), expect: 'HID-1007' },
  { what: 'another system', details: authorizationDetails(OSLO, 'urn:oid:1.2.3'), expect: 'HID-1007' },
  { what: 'another type', details: { type: 'payment' }, expect: 'HID-1007' },
  { what: 'no type', details: {}, expect: 'HID-1007' },
  { what: 'a string', details: OSLO, expect: 'HID-1007' },
  { what: 'null', details: null, expect: 'HID-1007' },
  { what: 'no practitioner_role', details: { type: 'helseid_authorization' }, expect: 'HID-1007' },
  {
    what: 'two organisations',
    details: [authorizationDetails(`NO:ORGNR:${OSLO}`), authorizationDetails(`NO:ORGNR:${BERGEN}`)],
    expect: 'HID-1007',
  },
  {
    what: 'identifier type is not ENH',
    details: {
      type: 'helseid_authorization',
      practitioner_role: { organization: { identifier: { system: SINGLE, type: 'HPR', value: CHILD } } },
    },
    expect: 'HID-1007',
  },
]

for (const { what, details, expect } of read) {
  test(`stated organisation, ${what}: ${typeof expect === 'string' ? `refused with ${expect}` : 'read'}`, () => {
    if (typeof expect === 'string') assert.throws(() => readOrganization(details, 'assertion_details'), refusedWith(expect))
    else assert.deepEqual(readOrganization(details, 'assertion_details'), expect)
  })
}

const both = (parent: string, child?: string) => ({ form: 'multi-tenant' as const, parent, child })
const alone = (child: string) => ({ form: 'single-tenant' as const, child })

const decide: {
  tenancy: Tenancy
  stated?: ReturnType<typeof both | typeof alone>
  children?: string[]
  organization?: string
  expect: unknown
}[] = [
  { tenancy: 'multi-tenant', stated: both(OSLO), expect: { parent: OSLO, supplier: VENDOR } },
  { tenancy: 'multi-tenant', stated: both(OSLO, CHILD), expect: { parent: OSLO, child: CHILD, supplier: VENDOR } },
  { tenancy: 'multi-tenant', stated: both(VENDOR), expect: { parent: VENDOR, supplier: VENDOR } },
  { tenancy: 'multi-tenant', stated: both(BERGEN), expect: 'HID-1001' },
  { tenancy: 'multi-tenant', stated: both(OSLO, CHILD), children: [CHILD], expect: { parent: OSLO, child: CHILD, supplier: VENDOR } },
  { tenancy: 'multi-tenant', stated: both(OSLO, '999000112'), children: [CHILD], expect: 'HID-1003' },
  { tenancy: 'multi-tenant', stated: alone(CHILD), expect: 'HID-1007' },
  { tenancy: 'multi-tenant', expect: 'organisation missing' },
  { tenancy: 'multi-tenant', stated: both(OSLO), organization: '', expect: 'HID-1010' },
  { tenancy: 'single-tenant', expect: { parent: VENDOR } },
  { tenancy: 'single-tenant', stated: alone(CHILD), children: [CHILD], expect: { parent: VENDOR, child: CHILD } },
  { tenancy: 'single-tenant', stated: alone('999000112'), children: [CHILD], expect: 'HID-1002' },
  { tenancy: 'single-tenant', stated: alone(CHILD), expect: 'HID-1006' },
  { tenancy: 'single-tenant', stated: both(VENDOR), children: [CHILD], expect: 'HID-1005' },
  { tenancy: 'none', expect: {} },
  { tenancy: 'none', stated: both(OSLO), expect: 'HID-1005' },
  { tenancy: 'none', stated: alone(CHILD), expect: 'HID-1006' },
]

for (const { tenancy, stated, children, organization = VENDOR, expect } of decide) {
  const what = `${tenancy} client${children ? ' with a list of sub-units' : ''} that states ${stated ? JSON.stringify(stated) : 'nothing'}`
  test(`${what}: ${typeof expect === 'string' ? `refused, ${expect}` : 'accepted'}`, () => {
    const client: TestClient = {
      clientId: 'c',
      name: 'c',
      tenancy,
      organization,
      grants: [],
      scopes: [],
      ...(children ? { children } : {}),
    }
    const decided = () => decideOrganization(client, stated, [{ customer: OSLO, supplier: VENDOR }])
    if (typeof expect === 'string') assert.throws(decided, refusedWith(expect))
    else assert.deepEqual(decided(), expect)
  })
}

function refusedWith(problem: string) {
  return (error: unknown) => error instanceof OrganizationError && error.message.startsWith(`${problem}: `)
}
