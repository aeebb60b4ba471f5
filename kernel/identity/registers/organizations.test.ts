import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { importOrganizationRegister } from './organizations.ts'

const NOW = new Date('2026-01-15T10:00:00Z')

let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(async () => await database.close())

async function imported(lines: readonly object[], now = NOW) {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  return await importOrganizationRegister(database.sql, Readable.from([Buffer.from(text)]), now)
}

/** Whether the organisation is a member, by the query of the decision. */
async function isMember(number: string, at = NOW): Promise<boolean> {
  const [row] = await database.sql<{ member: boolean }[]>`
    select helsenet_from is not null and helsenet_from <= ${at} and (helsenet_until is null or helsenet_until > ${at})
      and terms_accepted is not null as member
    from organization where number = ${number}`
  return row?.member ?? false
}

async function units(organization: string): Promise<string[]> {
  const rows = await database.sql<{ value: string; until: string | null }[]>`
    select value, valid_until as until from organization_unit where organization = ${organization} order by value`
  return rows.map(({ value, until }) => (until ? `${value} ended` : value))
}

const RESH = 'urn:oid:2.16.578.1.12.4.1.4.102'
const home = { number: '900000101', name: 'Prøvevik hjemmetjeneste', type: 'municipality', partOf: '900000100' }
const town = {
  number: '900000100',
  name: 'Prøvevik kommune',
  type: 'municipality',
  municipality: '9999',
  phone: '+47 50 00 99 00',
  address: 'Torget 1, Prøvevik',
  helsenet: { from: '2025-01-01', termsAccepted: '2024-12-01' },
  units: [
    {
      system: RESH,
      value: '700001',
      name: 'Legevakt',
      healthcareService: 'KA02',
      address: 'Torget 2',
      phone: '50 00 99 01',
      from: '2025-01-01',
    },
    { system: RESH, value: '700002', name: 'Sykehjem', from: '2025-01-01' },
  ],
}
const nothing = { organizations: { added: 0, changed: 0 }, units: { added: 0, changed: 0, ended: 0 } }

test('organisations, sub-units and service units are stored, in any order in the file', async () => {
  assert.deepEqual(await imported([home, town]), {
    rows: 2,
    organizations: { added: 2, changed: 0 },
    units: { added: 2, changed: 0, ended: 0 },
  })
  const [row] = await database.sql`
    select o.part_of, u.name, u.phone, u.address
    from organization o join organization_unit u on u.organization = o.part_of where o.number = '900000101' and u.value = '700001'`
  assert.deepEqual({ ...row }, { part_of: '900000100', name: 'Legevakt', phone: '50 00 99 01', address: 'Torget 2' })
  assert.deepEqual([await isMember('900000100'), await isMember('900000101')], [true, false])
})

test('the same file again changes nothing', async () => {
  assert.deepEqual(await imported([home, town]), { rows: 2, ...nothing })
})

test('what a line does not mention stays, and what is null is taken away', async () => {
  assert.deepEqual(await imported([{ number: town.number, name: town.name, type: town.type, address: null }]), {
    rows: 1,
    ...nothing,
    organizations: { added: 0, changed: 1 },
  })
  const [row] =
    await database.sql`select phone, address, helsenet_from is not null as member from organization where number = ${town.number}`
  assert.deepEqual({ ...row }, { phone: town.phone, address: null, member: true })
  assert.deepEqual(await units(town.number), ['700001', '700002'])
})

test('a membership that the file has ended is ended', async () => {
  await imported([{ ...town, helsenet: { ...town.helsenet, until: '2026-01-15T10:00:00Z' } }])
  assert.equal(await isMember(town.number, new Date(NOW.getTime() - 1)), true)
  assert.equal(await isMember(town.number), false)
})

test('a membership that is null ends at the import, and one without accepted terms is none', async () => {
  await imported([town])
  await imported([{ ...town, helsenet: null }])
  assert.equal(await isMember(town.number, new Date(NOW.getTime() - 1)), true)
  assert.equal(await isMember(town.number), false)
  await imported([{ ...town, helsenet: { from: '2025-01-01' } }])
  assert.equal(await isMember(town.number), false)
})

test('a unit that is no longer listed ends at the import, one that is changed is changed', async () => {
  const [clinic] = town.units
  assert.deepEqual(await imported([{ ...town, units: [{ ...clinic, phone: '50 00 99 02' }] }]), {
    rows: 1,
    organizations: { added: 0, changed: 1 },
    units: { added: 0, changed: 1, ended: 1 },
  })
  assert.deepEqual(await units(town.number), ['700001', '700002 ended'])
})

const row = { number: '900000200', name: 'Prøve', type: 'other' }
const NINE = 'Give the nine digits of an organisation number, in quotes.'
const badLines: [name: string, lines: object[], fault: { line: number; column?: string; rule: string; remedy: string }][] = [
  ['eight digits', [{ ...row, number: '90000020' }], { line: 1, column: 'number', rule: '"90000020" has the wrong form.', remedy: NINE }],
  [
    'another type',
    [{ ...row, type: 'kommune' }],
    {
      line: 1,
      column: 'type',
      rule: '"kommune" is not one of the values allowed.',
      remedy: 'Give one of municipality, health-trust, regional-health-trust, general-practice, private-provider, vendor, other.',
    },
  ],
  [
    'a whole that is nowhere',
    [{ ...row, partOf: '900000299' }],
    {
      line: 1,
      column: 'partOf',
      rule: '"900000299" is not known here.',
      remedy: 'Put that organisation in the file too, or import it first.',
    },
  ],
  [
    'an organisation that is part of itself',
    [{ ...row, partOf: row.number }],
    {
      line: 1,
      column: 'partOf',
      rule: '"900000200" has the wrong form.',
      remedy: 'Give the number of another organisation, the whole it is part of.',
    },
  ],
  [
    'a whole that is part of its part, which the register holds',
    [row, { ...town, partOf: home.number }],
    {
      line: 2,
      column: 'partOf',
      rule: 'The organisation is part of itself, by way of others.',
      remedy: 'Let the legal entity be part of nothing.',
    },
  ],
  [
    'a membership that ends before it begins',
    [{ ...row, helsenet: { from: '2026-01-01', until: '2025-01-01' } }],
    { line: 1, column: 'helsenet.until', rule: '"2025-01-01" has the wrong form.', remedy: 'Give a time after from.' },
  ],
  [
    'one unit twice',
    [{ ...row, units: [town.units[0], town.units[0]] }],
    { line: 1, column: 'units', rule: 'The value has the wrong form.', remedy: 'Give each unit once.' },
  ],
  [
    'a unit without name',
    [row, { ...row, number: '900000201', units: [{ system: RESH, value: '1', from: '2025-01-01' }] }],
    { line: 2, column: 'units[0].name', rule: 'The value is missing.', remedy: 'Give the name of the unit.' },
  ],
]

for (const [name, lines, fault] of badLines) {
  test(`${name} refuses the file and changes nothing`, async () => {
    assert.deepEqual(await imported(lines), { faults: [fault], more: 0 })
    assert.equal((await database.sql`select 1 from organization where number like '9000002%'`).length, 0)
  })
}
