import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import { idOf, matchesIn } from '@helsevev/kernel/testing/answers'
import { nurse, organizations, pulse, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { identityNumberSystems, makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { observe } from '../testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'helsevev-people-'))
let api: TestApi
before(async () => {
  api = await testApi()
  await api.agreement({ controller: organizations.bergen, receiver: organizations.oslo })
  await api.sql`insert into county (number, name) values ('46', 'Vestland')`
  await api.sql`insert into municipality (number, name, county) values ('4601', 'Bergen', '46')`
})
after(async () => {
  await api.close()
  rmSync(folder, { recursive: true })
})

const key = newLogKeyText()
/** What shows a person, or links two numbers, takes who and why. */
const why = ['--by', 'Kari Nordmann', '--for', organizations.bergen, '--reason', 'The register is put in order']

async function command(words: string[], input: string[] = []): Promise<{ code: number; printed: string }> {
  const { url, ownerUrl } = api.database
  const source = { DATABASE_URL: url, DATABASE_MIGRATION_URL: ownerUrl, HELSEVEV_LOG_KEY: key }
  const { code, printed } = await observe(['people', ...words, ...(words[0] === 'add' ? [] : why)], { source, input })
  for (const number of input) assert.ok(number === '' || !printed.includes(number), 'an identity number was printed')
  return { code, printed }
}

let series = 0
const national = (birthDate = '1958-07-07') => makeIdentityNumber({ birthDate, series: series++ })
const dNumber = (birthDate = '1958-07-07') => makeIdentityNumber({ birthDate, kind: 'DNR', series: series++ })
const misspelt = (number: string) => `${number.slice(0, 10)}${(Number(number[10]) + 1) % 10}`

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

test('a person is added with what the flags say, and shown without any number', async () => {
  const number = national()
  const flags = [
    '--birth-date',
    '1958-07-07',
    '--given-name',
    'Ivan',
    '--family-name',
    'Kovalenko',
    '--gender',
    'male',
    '--municipality',
    '4601',
  ]
  assert.deepEqual(await command(['add', ...flags], [number]), { code: 0, printed: '1 person added, 0 in the register already.\n' })
  const { code, printed } = await command(['show'], [number])
  assert.equal(code, 0)
  const [name, born, gender, municipality, registered, kind] = printed.split('\n')
  assert.deepEqual(
    [name, born, gender, municipality],
    ['name         Ivan Kovalenko', 'birth date   1958-07-07', 'gender       male', 'municipality 4601 Bergen'],
  )
  assert.match(registered ?? '', /^registered {3}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  assert.match(kind ?? '', /^number {7}national identity number, since \d{4}/)
})

test('a person who is added again stays as they are', async () => {
  const number = national()
  await command(['add', '--given-name', 'Ivan'], [number])
  assert.deepEqual(await command(['add', '--given-name', 'Igor'], [number]), {
    code: 0,
    printed: '0 people added, 1 in the register already.\n',
  })
  assert.match((await command(['show'], [number])).printed, /^name {9}Ivan$/m)
})

const refused: [what: string, words: string[], input: () => string, code: number, sentence: RegExp][] = [
  ['a number whose check digits disagree', ['add'], () => misspelt(national()), 1, /^Wrong number: expected .*check digits agree\.\n$/],
  ['a number of ten digits', ['add'], () => national().slice(1), 1, /^Wrong number: /],
  ['no number', ['add'], () => '', 1, /^Missing number: /],
  ['a municipality that does not exist', ['add', '--municipality', '9999'], national, 1, /^There is no municipality 9999\./],
  [
    'a birth date that no calendar has',
    ['add', '--birth-date', '1958-02-30'],
    national,
    2,
    /^--birth-date takes a day that has been, as in 1950-05-17, which "1958-02-30" is not\./,
  ],
  ['a birth date to come', ['add', '--birth-date', '2999-01-01'], national, 2, /^--birth-date takes /],
  ['a birth date written the Norwegian way', ['add', '--birth-date', '07.07.1958'], national, 2, /^--birth-date takes /],
  [
    'a gender that FHIR does not have',
    ['add', '--gender', 'mann'],
    national,
    2,
    /^--gender takes one of male, female, other, unknown, which "mann" is not\./,
  ],
  ['a municipality without its zero', ['add', '--municipality', '301'], national, 2, /^--municipality takes four digits/],
  ['a file and an option', ['add', '--file', 'x', '--gender', 'male'], national, 2, /^--file says everything about everybody in it\./],
]
for (const [what, words, input, expected, sentence] of refused) {
  test(`${what} is refused with a sentence, and nobody is added`, async () => {
    const number = input()
    const { code, printed } = await command(words, [number])
    assert.equal(code, expected)
    assert.match(printed, sentence)
    assert.equal(await keyOfNumber(api.sql, number), undefined)
  })
}

test('several people are added from a CSV file', async () => {
  const [one, two] = [national('1941-03-08'), dNumber('1971-03-29')]
  const path = write(
    'people.csv',
    `# source: a test\nnumber,birthDate,givenName,municipality\n${one},1941-03-08,Astrid,4601\n${two},1971-03-29,Piotr,\n`,
  )
  assert.deepEqual(await command(['add', '--file', path]), { code: 0, printed: '2 people added, 0 in the register already.\n' })
  assert.match((await command(['show'], [one])).printed, /^municipality 4601 Bergen$/m)
  assert.match((await command(['show'], [two])).printed, /^number {7}D-number, since/m)
})

test('several people are added from a JSON file', async () => {
  const [one, two] = [national(), national()]
  const path = write('people.json', JSON.stringify([{ number: one, birthDate: '1958-07-07', gender: 'male' }, { number: two }]))
  assert.deepEqual(await command(['add', '--file', path]), { code: 0, printed: '2 people added, 0 in the register already.\n' })
  assert.deepEqual(await command(['add', '--file', path]), { code: 0, printed: '0 people added, 2 in the register already.\n' })
})

test('a file with faults adds nobody, and every fault is told with its place and without the number', async () => {
  const [good, wrong] = [national(), misspelt(national())]
  const path = write('faulty.csv', `number,birthDate\n${good},1958-07-07\n${wrong},07.07.1958\n${good},1958-07-07\n`)
  const { code, printed } = await command(['add', '--file', path])
  assert.equal(code, 1)
  assert.equal(printed, `${path}: line 4, number: The same number stands on line 2. Keep one of the two rows.\n`)
  const other = write('faulty.json', JSON.stringify([{ number: wrong, birthDate: '07.07.1958' }, { number: good }, { number: good }]))
  const answer = await command(['add', '--file', other])
  assert.equal(answer.code, 1)
  assert.equal(
    answer.printed,
    `${other}: person 1: Wrong number: expected a national identity number, D-number or help number, eleven digits whose check digits agree.
${other}: person 1: Wrong birthDate: expected a day that has been, as in 1950-05-17.
${other}: person 3: the number stands in the file already. Keep one of the two.
Nobody was added.
`,
  )
  assert.ok(!printed.includes(good) && !answer.printed.includes(wrong))
  assert.equal(await keyOfNumber(api.sql, good), undefined)
})

const files: [what: string, name: string, text: () => string, sentence: RegExp][] = [
  ['no JSON', 'broken.json', () => `[{"number": ${national()}`, /: is not JSON\.\n$/],
  ['no array', 'object.json', () => '{}', /: holds no array\. Write/],
  [
    'a number without quotes',
    'digits.json',
    () => `[{"number": ${national('1958-12-17')}}]`,
    /: person 1: number must be a text, in quotes\.\n$/,
  ],
  ['a field that nobody has', 'fields.json', () => '[{"fnr": "1"}]', /: person 1: there is no field fnr\. There are number, birthDate/],
  ['no header', 'headless.csv', () => `${national()},1958-07-07\n`, /: line 1, \[identity number\]: A file of people has no such column\./],
  ['nothing', 'empty.csv', () => '', /: line 1: The file of people holds no rows\./],
]
for (const [what, name, text, sentence] of files) {
  test(`a file that holds ${what} is refused, and no number is printed`, async () => {
    const { code, printed } = await command(['add', '--file', write(name, text())])
    assert.equal(code, 1)
    assert.match(printed, sentence)
    assert.doesNotMatch(printed, /\d{11}/)
  })
}

test('a file that is not there is said to be so', async () => {
  assert.match((await command(['add', '--file', join(folder, 'nothing.csv')])).printed, /nothing\.csv cannot be read: ENOENT/)
})

/** Codes of the pulses that Oslo finds under a number. */
async function found(number: string): Promise<string[]> {
  const reply = await api.as(nurse(organizations.oslo)).search('Observation', { 'patient.identifier': number })
  assert.equal(reply.status, 200)
  return matchesIn(reply, 'Observation')
    .map(({ id }) => id ?? '')
    .sort()
}

async function measured(number: string, kind: 'FNR' | 'DNR', at: string): Promise<string> {
  const person = { identifier: { system: identityNumberSystems[kind], value: number } }
  const reply = await api.as(system(organizations.bergen)).post('/fhir/measurements/Observation', pulse(person, { effectiveDateTime: at }))
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  return idOf(reply)
}

test('a national identity number that follows a D-number finds the same records', async () => {
  const [before, after] = [dNumber(), national()]
  await command(['add'], [before])
  const id = await measured(before, 'DNR', '2026-01-10T08:00:00+01:00')
  assert.deepEqual(await command(['link'], [before, after]), { code: 0, printed: 'Both numbers are of the same person now.\n' })
  assert.deepEqual(await found(before), [id])
  assert.deepEqual(await found(after), [id])
  const { printed } = await command(['show'], [after])
  assert.match(printed, /^number {7}D-number, since .*\nnumber {7}national identity number, since /m)
})

test('two numbers that both have records are one person after linking, and nothing moves', async () => {
  const [before, after] = [dNumber(), national()]
  await command(['add'], [before])
  await command(['add'], [after])
  const first = await measured(before, 'DNR', '2026-01-10T08:00:00+01:00')
  const second = await measured(after, 'FNR', '2026-01-11T08:00:00+01:00')
  assert.deepEqual(await found(before), [first])
  const { code, printed } = await command(['link'], [before, after])
  assert.equal(code, 0)
  assert.match(printed, /^Both numbers had records of their own and are one person now/)
  for (const number of [before, after]) assert.deepEqual(await found(number), [first, second].sort())
  assert.match((await command(['show'], [after])).printed, /^linked {7}with 1 other key of the same person; searches read all$/m)
})

test('three numbers that are linked two and two are one person', async () => {
  const numbers = [dNumber(), dNumber(), national()]
  for (const number of numbers) await command(['add'], [number])
  const ids = [
    await measured(numbers[0]!, 'DNR', '2026-01-10T08:00:00+01:00'),
    await measured(numbers[1]!, 'DNR', '2026-01-11T08:00:00+01:00'),
    await measured(numbers[2]!, 'FNR', '2026-01-12T08:00:00+01:00'),
  ].sort()
  await command(['link'], [numbers[0]!, numbers[1]!])
  await command(['link'], [numbers[1]!, numbers[2]!])
  for (const number of numbers) assert.deepEqual(await found(number), ids)
})

test('linking again changes nothing', async () => {
  const [before, after] = [dNumber(), national()]
  await command(['add'], [before])
  await command(['link'], [before, after])
  assert.deepEqual(await command(['link'], [before, after]), { code: 0, printed: 'Both numbers are of the same person now.\n' })
})

const links: [what: string, numbers: () => [string, string], sentence: RegExp][] = [
  ['a first number of wrong form', () => [misspelt(dNumber()), national()], /^The first number is not one: /],
  ['a second number of wrong form', () => [dNumber(), misspelt(national())], /^The second number is not one: /],
  ['the same number twice', () => Array(2).fill(dNumber()) as [string, string], /^The two numbers are the same\.\n$/],
  ['two national identity numbers', () => [national(), national()], /^Both are national identity numbers, and a person has one\./],
  ['a first number that nobody has', () => [dNumber(), national()], /^Nobody in the person register has the first number\./],
]
for (const [what, numbers, sentence] of links) {
  test(`linking ${what} is refused with a sentence`, async () => {
    const [before, after] = numbers()
    const { code, printed } = await command(['link'], [before, after])
    assert.equal(code, 1)
    assert.match(printed, sentence)
    assert.equal(await keyOfNumber(api.sql, after), undefined)
  })
}

test('nobody under a number is said so', async () => {
  assert.deepEqual(await command(['show'], [national()]), { code: 1, printed: 'Nobody in the person register here has that number.\n' })
})

for (const words of [['add', '--number'], ['show'], ['link']]) {
  test(`an identity number as argument of ${words.join(' ')} is refused and not repeated`, async () => {
    const number = national()
    const { code, printed } = await command([...words, number])
    assert.equal(code, 2)
    assert.match(printed, /^An identity number is never an argument/)
    assert.ok(!printed.includes(number))
  })
}
