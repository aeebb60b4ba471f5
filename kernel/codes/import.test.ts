import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { importMunicipalities, importOrganizations, importPopulation, importShipped } from './import.ts'
import { loadCodes } from './load.ts'
import { importOrder } from './reference-files.ts'

let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(async () => await database.close())

const header = 'number,name,county,language'

test('a file that names an unknown county is refused with line, column, rule and remedy', async () => {
  const text = `# source: a test, 2026-01-01\n${header}\n0301,Oslo,03,Nøytral\n`
  assert.deepEqual(await importMunicipalities(database.sql, text), {
    faults: [{ line: 3, column: 'county', rule: '"03" is not known here.', remedy: 'Import the counties first.' }],
  })
})

test('the shipped files go in, in order, twice', async () => {
  const first = await importShipped(database.sql)
  assert.deepEqual(await importShipped(database.sql), first)
  assert.deepEqual(Object.keys(first), importOrder)
  const [counts] = await database.sql`
    select (select count(*)::int from county) as counties, (select count(*)::int from municipality) as municipalities,
      (select count(*)::int from organization) as organizations`
  assert.deepEqual({ ...counts }, { counties: 15, municipalities: 357, organizations: 430 })
  const [bergen] = await database.sql`
    select name, county, population, counted::text, source
    from municipality join municipality_population on municipality = number where number = '4601'`
  assert.deepEqual(
    { ...bergen },
    { name: 'Bergen', county: '46', population: 291940, counted: '2024-01-01', source: 'Statistisk sentralbyrå' },
  )
  const [whole] = await database.sql`select sum(population)::int as people from municipality_population`
  assert.equal(whole?.people, 5550203)
})

test('codes are read back from the database as they stand in the files', async () => {
  const codes = await loadCodes(database.sql)
  assert.equal(codes.display('http://helsedir.no/fhir/CodeSystem/no-kodeverk-9151', '6'), 'Trygghetsalarm')
  assert.deepEqual(
    codes.equivalents('http://loinc.org', '9279-1').map(({ code }) => code),
    ['9279-1', '271625008', '86290005'],
  )
})

const badFiles = [
  {
    name: 'a number that lost its zero',
    text: `${header}\n301,Oslo,03,Nøytral\n`,
    faults: [{ line: 2, column: 'number', rule: '"301" has the wrong form.', remedy: 'Give four digits with leading zero, as in 0301.' }],
  },
  {
    name: 'a county in words, beside an unknown language',
    text: `${header}\n0301,Oslo,Oslo,Dansk\n`,
    faults: [
      { line: 2, column: 'county', rule: '"Oslo" has the wrong form.', remedy: 'Give the two digits of its county.' },
      {
        line: 2,
        column: 'language',
        rule: '"Dansk" is not one of the values allowed.',
        remedy: 'Give Bokmål, Nynorsk or Nøytral, or nothing.',
      },
    ],
  },
  {
    name: 'a good row before a row without a name',
    text: `# remark\n${header}\n0301,Changed,03,\n4601,,46,\n`,
    faults: [{ line: 4, column: 'name', rule: 'The value is missing.', remedy: 'Give the name of the municipality.' }],
  },
  {
    name: 'the same municipality twice',
    text: `${header}\n0301,Oslo,03,\n0301,Oslo,03,Nynorsk\n`,
    faults: [{ line: 3, column: 'number', rule: 'The same number stands on line 2.', remedy: 'Keep one of the two rows.' }],
  },
  {
    name: 'a name with a comma and no quotes',
    text: `${header}\n0301,Oslo, hovedstad,03,\n`,
    faults: [{ line: 2, rule: 'The row has 5 values, the header 4.', remedy: 'Put values that hold a comma in double quotes.' }],
  },
  {
    name: 'a header in Norwegian',
    text: 'nummer,name,county\n0301,Oslo,03\n',
    faults: [
      {
        line: 1,
        column: 'number',
        rule: 'The column is missing from the header.',
        remedy: `Write this header as the first row after the remarks: ${header}`,
      },
      {
        line: 1,
        column: 'nummer',
        rule: 'A file of municipalities has no such column.',
        remedy: `Write this header as the first row after the remarks: ${header}`,
      },
    ],
  },
  {
    name: 'an empty file',
    text: '# source: nothing, 2026-01-01\n',
    faults: [
      {
        line: 1,
        rule: 'The file of municipalities holds no rows.',
        remedy: `Write this header as the first row after the remarks: ${header}`,
      },
    ],
  },
]

for (const { name, text, faults } of badFiles) {
  test(`${name} refuses the file and changes nothing`, async () => {
    assert.deepEqual(await importMunicipalities(database.sql, text), { faults })
    const [oslo] = await database.sql`select name, county, language from municipality where number = '0301'`
    assert.deepEqual({ ...oslo }, { name: 'Oslo', county: '03', language: 'Nøytral' })
  })
}

test('a population is of a day; a newer one stands beside it, and the same day is corrected', async () => {
  const columns = 'municipality,counted,population,source'
  const rows = async () =>
    (await database.sql`select counted::text, population from municipality_population where municipality = '0301' order by counted`).map(
      (row) => ({ ...row }),
    )
  await importPopulation(database.sql, `${columns}\n0301,2025-01-01,10,A test\n`)
  await importPopulation(database.sql, `${columns}\n0301,2025-01-01,20,A test\n`)
  assert.deepEqual(await rows(), [
    { counted: '2024-01-01', population: 717710 },
    { counted: '2025-01-01', population: 20 },
  ])
  for (const [row, column] of [
    ['0301,2025-01-02,10,A test', 'counted'],
    ['0301,2025-01-01,10 000,A test', 'population'],
    ['0301,2025-01-01,10,', 'source'],
    ['9998,2025-01-01,10,A test', 'municipality'],
  ]) {
    const imported = await importPopulation(database.sql, `${columns}\n${row}\n`)
    assert.deepEqual('faults' in imported && imported.faults.map((fault) => fault.column), [column])
  }
  assert.equal((await rows()).length, 2)
})

test('a file that is no CSV is refused with the line', async () => {
  const imported = await importMunicipalities(database.sql, `${header}\n0301,"Oslo,03,1,\n`)
  assert.ok('faults' in imported)
  assert.equal(imported.faults.length, 1)
  assert.match(imported.faults[0]?.rule ?? '', /cannot be read as CSV/)
})

test('importing organisations leaves membership and what the file does not say', async () => {
  await importOrganizations(database.sql, 'number,name,type,municipality\n964338531,Bergen kommune,municipality,4601\n')
  await database.sql`update organization set helsenet_from = '2025-01-01Z', phone = '+47 50 00 00 01' where number = '964338531'`
  await importOrganizations(database.sql, 'number,name,type,phone\n964338531,Bergen kommune (ny),municipality,\n')
  const [bergen] = await database.sql`select name, phone, municipality, helsenet_from from organization where number = '964338531'`
  assert.deepEqual(
    { ...bergen },
    { name: 'Bergen kommune (ny)', phone: '+47 50 00 00 01', municipality: '4601', helsenet_from: new Date('2025-01-01T00:00:00Z') },
  )
})
