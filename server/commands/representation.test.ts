import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { registerPerson } from '@helsevev/kernel/identity/persons'
import { createIds } from '@helsevev/kernel/store/ids'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { run as audit } from './audit.ts'
import { run as choices } from './choices.ts'
import { run as representation } from './representation.ts'

const bergen = '900000001'
const keyText = newLogKeyText()
const ids = createIds(() => new Date())
const commands = { representation, choices, audit }

let database: TestDatabase
before(async () => {
  database = await testDatabase()
  await database.sql`insert into organization (number, name, type) values (${bergen}, 'Bergen', 'municipality')`
  await database.sql`insert into practitioner (hpr_number) values ('990000001')`
})
after(async () => await database.close())

let series = 300
async function person(birthDate: string, familyName?: string): Promise<string> {
  const value = makeIdentityNumber({ birthDate, offset: 65, series: series++ })
  const name = familyName === undefined ? {} : { givenName: 'Test', familyName }
  await registerPerson(database.sql, ids, { system: 'FNR', value }, { birthDate, ...name })
  return value
}
const unknown = () => makeIdentityNumber({ birthDate: '1971-01-01', offset: 65, series: series++ })

/** A command line as a shell splits it: spaces part words, quotes hold them together. */
async function command(line: string, input: string[] = []): Promise<{ code: number; printed: string }> {
  const [name, ...words] = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''))
  const printed: string[] = []
  const answers = [...input]
  const source = { DATABASE_URL: database.url, DATABASE_MIGRATION_URL: database.ownerUrl, HELSEVEV_LOG_KEY: keyText }
  const terminal = { print: (text: string) => void printed.push(text), ask: async () => answers.shift() ?? '' }
  const code = await commands[name as keyof typeof commands](words, source, terminal, [{ id: 'measurements' }])
  const text = printed.join('')
  for (const answer of input) assert.ok(answer === '' || !text.includes(answer), 'an identity number was printed')
  return { code, printed: text }
}

async function says(line: string, input: string[], code: number, pattern: RegExp): Promise<string> {
  const answer = await command(line, input)
  assert.match(answer.printed, pattern)
  assert.equal(answer.code, code, answer.printed)
  return answer.printed
}

test('a power of attorney is registered, told again, listed from both sides, ended, and kept', async () => {
  const [giver, receiver, registrar] = [
    await person('1950-01-01', 'Giver'),
    await person('1980-01-01', 'Receiver'),
    await person('1970-01-01', 'Registrar'),
  ]
  const input = [giver, receiver, registrar]
  const line = 'representation register --kind power-of-attorney --areas 3 --until 2099-12-31 --source "form 2026/14"'
  await says(line, input, 0, /^Registered\.\n$/)
  await says(line, input, 0, /^The same is registered already\.\n$/)
  await says(
    'representation list',
    [giver],
    0,
    /Act for this person:[\s\S]*Test Receiver[\s\S]*2100-01-01 00:00:00[\s\S]*form 2026\/14[\s\S]*registrar: Test Registrar[\s\S]*in force[\s\S]*This person acts for nobody\./,
  )
  await says('representation list', [receiver], 0, /Nobody acts for this person\.\nThis person acts for:[\s\S]*Test Giver/)
  await says('representation end --kind power-of-attorney', input, 0, /^Ended\.\n$/)
  await says('representation end --kind power-of-attorney', input, 1, /^No such representation is registered/)
  await says('representation list', [giver], 0, /ended [0-9: -]+ by registrar: Test Registrar/)
  await says('audit verify', [], 0, /The chain holds/)
})

test('a grant to foster parents comes from a child welfare service', async () => {
  const [child, foster, registrar] = [await person('2020-01-01'), await person('1980-01-01'), await person('1970-01-01', 'Registrar')]
  const line = 'representation register --kind foster-parent --source "decision 9"'
  await says(line, [child, foster, registrar], 1, /registered and ended by others[\s\S]*has an end/)
  const until = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10)
  await says(`${line} --until ${until} --for ${bergen}`, [child, foster, registrar], 0, /^Registered\.\n$/)
})

test('a choice is made for the patient, listed, ended; a block is made and not ended', async () => {
  const [patient, registrar] = [await person('1950-01-01', 'Patient'), await person('1970-01-01', 'Registrar')]
  const line = `choices make --for ${bergen} --note "asked <b>by telephone</b>"`
  const made = await says(
    `${line} --kind restriction --service measurements`,
    [patient, registrar],
    0,
    /^Made: [a-p-]+, restriction, service measurements\.\n$/,
  )
  const block = await says(`${line} --kind block --practitioner 990000001`, [patient, registrar], 0, /^Made: /)
  await says(`${line} --kind restriction --service measurements`, [patient, registrar], 0, /^The same stands already: /)
  const id = (text: string) => /[a-p]+-[a-p]+/.exec(text)?.[0]
  await says(`choices list --for ${bergen}`, [patient], 0, /asked <b>by telephone<\/b>[\s\S]*stands[\s\S]*^1 choice,/m)
  await says(`choices end --for ${bergen} --id ${id(made)}`, [registrar], 0, /^Ended: restriction, service measurements\.\n$/)
  await says(`choices end --for ${bergen} --id ${id(made)}`, [registrar], 1, /has ended already/)
  await says(`choices end --for ${bergen} --id ${id(block)}`, [registrar], 1, /The patient alone lifts a block/)
  await says(`choices list --for ${bergen}`, [patient], 0, /ended [0-9]{4}/)
})

test('whoever registers is a person of the register with a name, and the patient is known', async () => {
  const [patient, nameless] = [await person('1950-01-01'), await person('1970-01-01')]
  await says(
    `choices make --for ${bergen} --note asked --kind restriction`,
    [patient, nameless],
    1,
    /Whoever registers must be in the person register/,
  )
  await says(`choices make --for ${bergen} --note asked --kind restriction`, [unknown(), nameless], 1, /Nobody in the person register/)
  await says(`choices list --for ${bergen}`, [unknown()], 1, /Nobody in the person register/)
  await says('representation list', [unknown()], 1, /Nobody in the person register/)
  await says('representation end --kind guardian', [patient, nameless, unknown()], 1, /Whoever registers must be/)
})

test('what cannot be read is refused, and nothing is changed', async () => {
  await says(`choices make --for ${bergen} --note asked --kind restriction --until soon`, [], 1, /take a day/)
  await says(`choices make --for ${bergen} --note asked --kind restriction --record 1`, [], 1, /id of a record/)
  await says(`choices end --for ${bergen} --id 1`, [], 1, /id of a choice/)
  await says('representation register --kind guardian --source order --from 2026-02-30', [], 1, /take a day/)
})

for (const line of ['choices list', 'choices make', 'choices end', 'representation list', 'representation register']) {
  test(`an identity number as argument of ${line} is refused and not repeated`, async () => {
    const number = unknown()
    const { code, printed } = await command(`${line} ${number}`)
    assert.equal(code, 2)
    assert.ok(!printed.includes(number))
    assert.match(printed, /^An identity number is never an argument/)
  })
}

for (const line of [
  'choices',
  'choices remove',
  'choices list',
  `choices list --for ${bergen} --kind block`,
  `choices make --for ${bergen} --kind wish --note asked`,
  `choices make --for ${bergen} --kind block`,
  'representation',
  'representation list --kind guardian',
  'representation register --kind guardian',
  'representation register --kind uncle --source order',
  'representation end',
]) {
  test(`"${line}" is answered with how to use the command`, async () => {
    const { code, printed } = await command(line)
    assert.equal(code, 2)
    assert.match(printed, /^Usage: npm run (choices|representation) -- list/)
  })
}
