import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { importShipped } from '../../codes/import.ts'
import { createIds } from '../../store/ids.ts'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { makeIdentityNumber } from '../../values/identity-number.ts'
import { registerPerson } from '../persons.ts'
import { importPractitioners } from './practitioners.ts'
import { FAULTS_REPORTED } from './register-file.ts'

const NOW = new Date('2026-01-15T10:00:00Z')
const number = makeIdentityNumber({ birthDate: '1980-05-01', offset: 65, series: 3 })

let database: TestDatabase
before(async () => {
  database = await testDatabase()
  await importShipped(database.sql)
})
after(async () => await database.close())

function bytes(text: string): Readable {
  return Readable.from([Buffer.from(text)])
}

async function imported(lines: readonly (object | string)[], now = NOW) {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  return await importPractitioners(database.sql, bytes(`# source: a test, 2026-01-15\n${text}\n`), now)
}

async function held(hprNumber: string, at = NOW): Promise<string[]> {
  const rows = await database.sql<{ code: string }[]>`
    select code from practitioner_authorization
    where hpr_number = ${hprNumber} and valid_from <= ${at} and (valid_until is null or valid_until > ${at}) order by code`
  return rows.map(({ code }) => code)
}

const nurse = { hprNumber: '990001001', givenName: 'Mona', familyName: 'Prøve', authorizations: [{ code: 'SP', from: '2010-06-18' }] }
const doctor = {
  hprNumber: '990001002',
  givenName: 'Nils "Nisse" \\ Øst',
  familyName: 'Prøve',
  authorizations: [
    { code: 'SP', from: '1999-06-18', until: '2008-02-01' },
    { code: 'LE', from: '2008-02-01' },
  ],
  specialties: [{ code: '1', from: '2015-02-01' }],
  prescribing: { from: '2008-02-01' },
}

test('practitioners are stored with authorisations, specialties and prescribing right', async () => {
  assert.deepEqual(await imported([nurse, doctor]), {
    rows: 2,
    practitioners: { added: 2, changed: 0 },
    held: { added: 4, changed: 0, ended: 0 },
  })
  const [row] = await database.sql`select given_name, prescribing_from from practitioner where hpr_number = '990001002'`
  assert.deepEqual({ ...row }, { given_name: doctor.givenName, prescribing_from: new Date('2008-01-31T23:00:00Z') })
  assert.deepEqual(await held('990001002'), ['LE'])
})

test('a period is from the first instant of a day in Norway, until the first instant of another', async () => {
  const cases = [
    ['2008-01-31T22:59:59Z', ['SP']],
    ['2008-01-31T23:00:00Z', ['LE']],
  ] as const
  for (const [at, codes] of cases) assert.deepEqual(await held('990001002', new Date(at)), codes)
})

test('the same file again changes nothing', async () => {
  assert.deepEqual(await imported([nurse, doctor]), {
    rows: 2,
    practitioners: { added: 0, changed: 0 },
    held: { added: 0, changed: 0, ended: 0 },
  })
})

test('only what differs is changed, what is not mentioned stays, and practitioners outside the file stay', async () => {
  assert.deepEqual(await imported([{ hprNumber: '990001002', familyName: 'Østby', authorizations: doctor.authorizations }]), {
    rows: 1,
    practitioners: { added: 0, changed: 1 },
    held: { added: 0, changed: 0, ended: 0 },
  })
  const [row] = await database.sql`
    select given_name, family_name, prescribing_from is not null as prescribes from practitioner where hpr_number = '990001002'`
  assert.deepEqual({ ...row }, { given_name: doctor.givenName, family_name: 'Østby', prescribes: true })
  assert.deepEqual(await held('990001001'), ['SP'])
})

test('an authorisation that the file has ended is ended, and one that the file leaves out ends at the import', async () => {
  const lapsed = { ...nurse, authorizations: [{ code: 'SP', from: '2010-06-18', until: '2026-01-15T10:00:00Z' }] }
  const withdrawn = { hprNumber: '990001002', authorizations: [doctor.authorizations[0]] }
  assert.deepEqual(await imported([lapsed, withdrawn]), {
    rows: 2,
    practitioners: { added: 0, changed: 0 },
    held: { added: 0, changed: 1, ended: 1 },
  })
  const before = new Date(NOW.getTime() - 1)
  assert.deepEqual([await held('990001001', before), await held('990001001')], [['SP'], []])
  assert.deepEqual([await held('990001002', before), await held('990001002')], [['LE'], []])
})

test('an authorisation that has not begun when the file leaves it out never was', async () => {
  const coming = { hprNumber: '990001003', authorizations: [{ code: 'SP', from: '2026-06-18' }] }
  await imported([coming])
  assert.deepEqual(await imported([{ ...coming, authorizations: [] }]), {
    rows: 1,
    practitioners: { added: 0, changed: 0 },
    held: { added: 0, changed: 0, ended: 1 },
  })
  assert.deepEqual(await held('990001003', new Date('2026-07-01T00:00:00Z')), [])
})

test('prescribing right and specialties that are named as none are taken away', async () => {
  await imported([{ hprNumber: '990001002', authorizations: [], specialties: [], prescribing: null }])
  const [row] = await database.sql`
    select p.prescribing_from, s.valid_until
    from practitioner p join practitioner_specialty s using (hpr_number) where hpr_number = '990001002'`
  assert.deepEqual({ ...row }, { prescribing_from: null, valid_until: NOW })
})

test('whoever is in the person register is known by the key there', async () => {
  const person = await registerPerson(
    database.sql,
    createIds(() => NOW),
    { system: 'FNR', value: number },
    {},
  )
  assert.ok('key' in person)
  await imported([{ ...nurse, identityNumber: number }])
  const [row] = await database.sql`select person from practitioner where hpr_number = '990001001'`
  assert.equal(row?.person, person.key)
})

const HELD = 'Give a list, which may be empty.'
const MOMENT = 'Give a day as in 2026-01-31, or a time with its zone as in 2026-01-31T12:00:00Z.'
const HPR = 'Give an HPR number of at most nine digits, in quotes, without zeros before it.'
const base = { hprNumber: '990002001', authorizations: [] as object[] }
const sp = (period: object) => ({ ...base, authorizations: [{ code: 'SP', ...period }] })

const badLines: [name: string, line: object | string, fault: { column?: string; rule: string; remedy: string }][] = [
  [
    'text that is no JSON',
    '{"hprNumber": ',
    { rule: 'The line is not JSON.', remedy: 'Write one JSON object to a line, without a comma after it.' },
  ],
  ['a list', '[]', { rule: 'The value has the wrong form.', remedy: 'Give an object.' }],
  ['no HPR number', { authorizations: [] }, { column: 'hprNumber', rule: 'The value is missing.', remedy: HPR }],
  [
    'an HPR number of ten digits',
    { ...base, hprNumber: '9900020010' },
    { column: 'hprNumber', rule: '"9900020010" has the wrong form.', remedy: HPR },
  ],
  [
    'zeros before the HPR number',
    { ...base, hprNumber: '00123' },
    { column: 'hprNumber', rule: '"00123" has the wrong form.', remedy: HPR },
  ],
  [
    'an HPR number without quotes',
    { ...base, hprNumber: 990002001 },
    { column: 'hprNumber', rule: '"990002001" has the wrong form.', remedy: HPR },
  ],
  ['no list of authorisations', { hprNumber: '990002001' }, { column: 'authorizations', rule: 'The value is missing.', remedy: HELD }],
  [
    'a member that is not there',
    { ...base, auhtorization: 'SP' },
    { column: 'auhtorization', rule: 'There is no such member.', remedy: 'Use the names in the documentation, or leave it out.' },
  ],
  ['an authorisation without beginning', sp({}), { column: 'authorizations[0].from', rule: 'The value is missing.', remedy: MOMENT }],
  [
    'a day no calendar has',
    sp({ from: '2025-02-30' }),
    { column: 'authorizations[0].from', rule: '"2025-02-30" has the wrong form.', remedy: MOMENT },
  ],
  [
    'a time without zone',
    sp({ from: '2025-02-03T10:00:00' }),
    { column: 'authorizations[0].from', rule: '"2025-02-03T10:00:00" has the wrong form.', remedy: MOMENT },
  ],
  [
    'an end that is the beginning',
    sp({ from: '2025-02-03', until: '2025-02-03' }),
    { column: 'authorizations[0].until', rule: '"2025-02-03" has the wrong form.', remedy: 'Give a time after from.' },
  ],
  [
    'one period twice',
    {
      ...base,
      authorizations: [
        { code: 'SP', from: '2025-02-03' },
        { code: 'SP', from: '2025-02-03', until: '2025-03-01' },
      ],
    },
    { column: 'authorizations', rule: 'The value has the wrong form.', remedy: 'Give each code and from once.' },
  ],
  [
    'a code that the list does not have',
    { ...base, authorizations: [{ code: 'QQ', from: '2025-02-03' }] },
    {
      column: 'authorizations',
      rule: '"QQ" is not a code of Volven 9060 that is known here.',
      remedy: 'Correct it, or import the codes first.',
    },
  ],
  [
    'a name with a NUL',
    { ...base, givenName: 'A\u0000b' },
    { column: 'givenName', rule: '"A?b" has the wrong form.', remedy: 'Give a name.' },
  ],
  [
    'the wrong check digit of an identity number, which is not repeated',
    { ...base, identityNumber: '01658012345' },
    { column: 'identityNumber', rule: 'The number is wrong.', remedy: 'Give a national identity number or D-number.' },
  ],
]

for (const [name, line, fault] of badLines) {
  test(`${name} refuses the file and changes nothing`, async () => {
    const good = { hprNumber: '990009001', authorizations: [{ code: 'SP', from: '2020-01-01' }] }
    assert.deepEqual(await imported([good, line]), { faults: [{ line: 3, ...fault }], more: 0 })
    assert.equal((await database.sql`select 1 from practitioner where hpr_number = '990009001'`).length, 0)
  })
}

test('the same practitioner on two lines is refused', async () => {
  assert.deepEqual(await imported([nurse, doctor, nurse]), {
    faults: [{ line: 4, column: 'hprNumber', rule: 'The same hprNumber stands on line 2.', remedy: 'Keep one of the two lines.' }],
    more: 0,
  })
})

test('every fault of every line is told, and of very many how many more there are', async () => {
  const two = await imported([{ ...base, hprNumber: 'x' }, nurse, sp({ from: 'x', until: 'y' })])
  assert.ok('faults' in two)
  assert.deepEqual(
    two.faults.map(({ line, column }) => `${line} ${column}`),
    ['2 hprNumber', '4 authorizations[0].from', '4 authorizations[0].until'],
  )
  const many = await imported(Array.from({ length: FAULTS_REPORTED + 7 }, () => 'x'))
  assert.ok('faults' in many)
  assert.deepEqual([many.faults.length, many.more], [FAULTS_REPORTED, 7])
})

test('a file without rows, and one that is not UTF-8, are refused', async () => {
  assert.deepEqual(await imported([]), {
    faults: [{ line: 1, rule: 'The file holds no rows.', remedy: 'Write one JSON object to a line.' }],
    more: 0,
  })
  const latin1 = Buffer.from('{"hprNumber":"990001001","givenName":"Bjørg","authorizations":[]}', 'latin1')
  const refused = await importPractitioners(database.sql, Readable.from([latin1]), NOW)
  assert.ok('faults' in refused)
  assert.equal(refused.faults[0]?.rule, 'The line is not UTF-8.')
})
