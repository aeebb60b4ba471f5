import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { registerPerson } from '@helsevev/kernel/identity/persons'
import { createIds } from '@helsevev/kernel/store/ids'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { measurements } from '@helsevev/kernel/testing/measurements'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { observe } from '../testing.ts'

const bergen = '900000001'
const keyText = newLogKeyText()
const ids = createIds(() => new Date())

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

/** What shows a person takes who and why. */
const why = '--by "Kari Nordmann" --reason "The patient asks at the desk"'

async function command(line: string, input: string[] = []): Promise<{ code: number; printed: string }> {
  const source = { DATABASE_URL: database.url, DATABASE_MIGRATION_URL: database.ownerUrl, HELSEVEV_LOG_KEY: keyText }
  const shows = /^(choices|representation) list/.test(line) ? `${line}${line.includes('--for') ? '' : ` --for ${bergen}`} ${why}` : line
  const { code, printed } = await observe(shows, { source, input, services: [measurements] })
  for (const answer of input) assert.ok(answer === '' || !printed.includes(answer), 'an identity number was printed')
  return { code, printed }
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
  const listed = [
    'Act for this person:',
    'Test Receiver',
    '2100-01-01 00:00:00',
    'form 2026/14',
    'registrar: Test Registrar',
    'in force',
    'This person acts for nobody\\.',
  ]
  await says('representation list', [giver], 0, new RegExp(listed.join('[\\s\\S]*')))
  await says('representation list', [receiver], 0, /Nobody acts for this person\.\nThis person acts for:[\s\S]*Test Giver/)
  await says('representation end --kind power-of-attorney', input, 0, /^Ended\.\n$/)
  await says('representation end --kind power-of-attorney', input, 1, /^No such representation is registered/)
  await says('representation list', [giver], 0, /ended [0-9: -]+ by registrar: Test Registrar/)
  await says('audit verify', [], 0, /The log holds/)
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
  const id = (text: string) => /\b[a-p]{32}\b/.exec(text)?.[0]
  await says(`choices list --for ${bergen}`, [patient], 0, /asked <b>by telephone<\/b>[\s\S]*stands[\s\S]*^1 choice,/m)
  await says(`choices end ${id(made)} --for ${bergen}`, [registrar], 0, /^Ended: restriction, service measurements\.\n$/)
  await says(`choices end ${id(made)} --for ${bergen}`, [registrar], 1, /has ended already/)
  await says(`choices end ${id(block)} --for ${bergen}`, [registrar], 1, /The patient alone lifts a block/)
  await says(`choices list --for ${bergen}`, [patient], 0, /ended [0-9]{4}/)
})

test('the registrar is a person of the register with a name, and the patient is known', async () => {
  const [patient, nameless] = [await person('1950-01-01'), await person('1970-01-01')]
  await says(
    `choices make --for ${bergen} --note "asked at the desk" --kind restriction`,
    [patient, nameless],
    1,
    /The registrar must be in the person register/,
  )
  await says(
    `choices make --for ${bergen} --note "asked at the desk" --kind restriction`,
    [unknown(), nameless],
    1,
    /Nobody in the person register/,
  )
  await says(`choices list --for ${bergen}`, [unknown()], 1, /Nobody in the person register/)
  await says('representation list', [unknown()], 1, /Nobody in the person register/)
  await says('representation end --kind guardian', [patient, nameless, unknown()], 1, /The registrar must be/)
})

test('what cannot be read is refused, and nothing is changed', async () => {
  await says(
    `choices make --for ${bergen} --note "asked at the desk" --kind restriction --until soon`,
    [],
    2,
    /^--until takes a day or a time/,
  )
  await says(`choices make --for ${bergen} --note "asked at the desk" --kind restriction --record 1`, [], 2, /^--record takes an id/)
  await says(
    `choices make --for ${bergen} --note "asked at the desk" --kind wish`,
    [],
    2,
    /^--kind takes one of opt-out, .*, which "wish" is not/,
  )
  await says(`choices end 1 --for ${bergen}`, [], 2, /^ID takes an id/)
  await says('representation register --kind guardian --source order --from 2026-02-30', [], 2, /^--from takes a day or a time/)
})

test('as JSON, choices stand under the id that the API gives them, and no key of a person is told', async () => {
  const [patient, registrar] = [await person('1950-01-01', 'Patient'), await person('1970-01-01', 'Registrar')]
  await command(`choices make --for ${bergen} --kind restriction --service measurements --note "asked at the desk"`, [patient, registrar])
  const { choices } = JSON.parse((await command(`choices list --for ${bergen} --json`, [patient])).printed)
  assert.deepEqual([choices.length, choices[0].kind, 'patient' in choices[0]], [1, 'restriction', false])
  assert.match(choices[0].id, /^[a-p]{32}$/)
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
