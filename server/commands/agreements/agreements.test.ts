import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newLogKeyText } from '@helsevev/kernel/audit/log-key'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { registerPerson } from '@helsevev/kernel/identity/persons'
import { createIds } from '@helsevev/kernel/store/ids'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { measurements } from '@helsevev/kernel/testing/measurements'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { observe } from '../testing.ts'

const [bergen, oslo, homeCare, day] = ['900000001', '900000002', '900000011', '900000012']
const services: InformationService[] = [
  { ...measurements, readers: { SP: ['TREAT', 'BTG'] } },
  { ...measurements, id: 'plans', readers: {} },
]
const keyText = newLogKeyText()
const number = makeIdentityNumber({ birthDate: '1941-03-08', series: 301 })

let database: TestDatabase
before(async () => {
  database = await testDatabase()
  const { sql } = database
  for (const [organization, name, type, partOf] of [
    [bergen, 'Bergen', 'municipality', null],
    [oslo, 'Oslo', 'municipality', null],
    [homeCare, 'Home care AS', 'private-provider', null],
    [day, 'Day team', 'private-provider', homeCare],
  ] as const)
    await sql`insert into organization (number, name, type, part_of) values (${organization}, ${name}, ${type}, ${partOf})`
  await registerPerson(
    sql,
    createIds(() => new Date()),
    { system: 'FNR', value: number },
    {},
  )
})
after(async () => await database.close())

async function command(line: string, input: string[] = []): Promise<{ code: number; printed: string }> {
  const source = { DATABASE_URL: database.url, DATABASE_MIGRATION_URL: database.ownerUrl, HELSEVEV_LOG_KEY: keyText }
  const { code, printed } = await observe(`agreements ${line}`, { source, input, services })
  for (const answer of input) assert.ok(answer === '' || !printed.includes(answer), 'an identity number was printed')
  return { code, printed }
}

async function does(line: string, says: RegExp, input: string[] = []): Promise<string> {
  const { code, printed } = await command(line, input)
  assert.equal(code, 0, printed)
  assert.match(printed, says)
  return printed
}

const kari = `--for ${bergen} --by "Kari Nordmann"`
const ola = `--for ${oslo} --by "Ola Hansen"`
const terms = '--purposes TREAT,BTG --legal-basis "pasientjournalloven § 19"'

async function proposed(): Promise<string> {
  const printed = await does(
    `propose --controller ${bergen} --service measurements --receiver ${oslo} ${terms} --from 2026-01-01 --until never ${kari}`,
    /^Agreement [a-p]{12} is proposed\. It opens nothing until/,
  )
  return /[a-p]{12}/.exec(printed)?.[0] ?? ''
}

test('an agreement is proposed, signed by both, amended, signed anew and ended, and each stands in the list', async () => {
  const id = await proposed()
  const stands = async (words: string) =>
    await does(`list --controller ${bergen}`, new RegExp(`^${id} .* 900000001 Bergen .* 900000002 Oslo .* ${words}$`, 'm'))
  await stands('waits for signatures')
  await does(`sign ${id} ${kari}`, /^Signed\. Version 1 of .*: waits for signatures\.$/m)
  await does(`sign ${id} ${ola}`, /^Signed\. Version 1 of .*: in force\.$/m)
  await stands('in force')
  await does(`amend ${id} --purposes TREAT ${ola}`, /^Version 2 of .* waits for both signatures/)
  await does(`sign ${id} --version 2 ${kari}`, /waits for signatures/)
  await does(`sign ${id} ${ola}`, /in force/)
  await does(`end ${id} --reason "one of the two moves" ${kari}`, new RegExp(`^Agreement ${id} ends at \\d{4}-\\d\\d-\\d\\d \\d\\d:`))
  const shown = await does(`show ${id}`, /^legal basis {3}pasientjournalloven § 19$/m)
  assert.match(shown, /^1 +superseded +TREAT BTG/m)
  assert.match(shown, /^2 +ended +TREAT +2026-01-01 00:00:00 +Ola Hansen +Kari Nordmann +Ola Hansen +Kari Nordmann$/m)
  assert.match(shown, /one of the two moves/)
})

test('an end that lies ahead is printed in Norwegian time', async () => {
  const id = await proposed()
  await does(`end ${id} --at 2099-07-01 --reason "contract runs out" ${ola}`, /ends at 2099-07-01 00:00:00/)
})

test('what a rule refuses is said with the remedy, and changes nothing', async () => {
  const id = await proposed()
  await does(`sign ${id} ${kari}`, /Signed/)
  assert.deepEqual(await command(`sign ${id} --for ${oslo} --by "KARI nordmann"`), {
    code: 1,
    printed: 'The two sides are signed by two different people. Let another person sign for the other side.\n',
  })
  const both = await command(
    `propose --controller ${bergen} --service measurements --receiver ${oslo} --purposes "" --legal-basis "" ${kari}`,
  )
  assert.equal(both.code, 1)
  assert.equal(both.printed.split('\n').length, 3)
  assert.deepEqual(await command('show abcdefghijkl'), {
    code: 1,
    printed: 'There is no sharing agreement or standard agreement with that id.\n',
  })
})

test('a service is closed to a receiver and opened again', async () => {
  await does(
    `close --service plans --receiver ${oslo} --reason "we look into it" ${kari}`,
    /^plans is closed to 900000002 from the next call on\.$/m,
  )
  assert.equal((await command(`close --service plans --receiver ${oslo} --reason "we look into it" ${kari}`)).code, 1)
  await does(`reopen --service plans --receiver ${oslo} --reason "all is well again" ${kari}`, /^plans is open to 900000002 again/)
})

test('a standard agreement is published, joined by a second municipality in one act, and left', async () => {
  await does('standard list', /^There are no standard agreements\.$/m)
  await does(
    `standard publish common --title Common --services measurements,plans ${terms} --group members --group-name Members ${ola}`,
    /^Version 1 of common is published/,
  )
  const join = `standard join common --counter-signer "Petra Publisher" --counter-for ${oslo}`
  await does(`${join} ${ola}`, /^900000002 has joined common\/1: 2 agreements in force from the next call on\.$/m)
  await does(`${join} ${kari}`, /^900000001 has joined common\/1: 2 agreements/)
  await does('standard list', /^common +1 +Common +measurements +TREAT BTG +members +900000002 Oslo +2$/m)
  await does(`list --controller ${oslo} --receiver ${bergen}`, /^[a-p]{12} +1 +900000002 Oslo +measurements +members Members .* in force$/m)
  await does(`standard leave common --reason "tries something else" ${kari}`, /^900000001 has left common: 2 agreements ended\.$/m)
})

test('groups are made, entered and left', async () => {
  await does(`group make fjord --name "The fjord" ${kari}`, /^The group fjord is made/)
  await does(`group enter fjord ${ola}`, /^900000002 is a member of fjord\.$/m)
  await does(`group leave fjord --reason "the unit has moved" ${ola}`, /^900000002 is no longer a member of fjord\.$/m)
})

test('roles and participation are set and printed', async () => {
  await does('roles list', /^No organisation has rules of its own/)
  await does(`roles set --service measurements --role SP --purposes TREAT ${kari}`, /^SP may use measurements for TREAT\./)
  await does('roles list', /^900000001 Bergen +measurements +SP +TREAT$/m)
  await does(`roles remove --service measurements --role SP ${kari}`, /^There is no rule about SP/)
  await does(`participation set --service plans --produces yes ${kari}`, /^900000001 produces in plans, and does not consume\.$/m)
  await does(`participation list --organization ${bergen}`, /^900000001 Bergen +plans +yes +no +\d{4}/m)
  await does(`participation list --organization ${oslo}`, /^Nobody takes part\.$/m)
})

test('a delivery is registered for the patient whose number is asked for, and the number is never printed', async () => {
  const deliver = `deliver begin --provider ${homeCare} --unit ${day} --from 2026-01-01 ${ola}`
  assert.match((await command(deliver, [number])).printed, /^The provider has no agreement as private provider/)
  await does(
    `propose --controller ${oslo} --service plans --receiver ${homeCare} --type private-provider --units ${day} ${terms} ${ola}`,
    /is proposed/,
  )
  await does(deliver, /^900000011 delivers to this patient from 2026-01-01 00:00:00\.$/m, [number])
  await does('deliver list', /^900000002 Oslo +900000011 Home care AS +900000012 Day team +1$/m)
  const nobody = await command(deliver, [makeIdentityNumber({ birthDate: '1941-03-08', series: 302 })])
  assert.deepEqual(nobody, { code: 1, printed: 'The person is not in the person register here.\n' })
  await does(`deliver end --provider ${homeCare} --unit ${day} ${ola}`, /^900000011 no longer delivers to this patient\.$/m, [number])
  await does('deliver list', /^No private provider delivers to anybody\.$/m)
})

const wrong: [line: string, says: RegExp][] = [
  ['', /^Name a command of agreements\.\nagreements: Which organisation has opened what to which\.\n/],
  ['burn', /^There is no command agreements burn\. npx helsevev help agreements lists what there is\.$/m],
  ['standard lits', /^There is no command agreements standard lits\. Did you mean npx helsevev agreements standard list\?$/m],
  ['list --colour blue', /^--colour is no option of agreements list\. It takes --controller, --receiver, --json, --help\.$/m],
  [
    'list abcdefghijkl',
    /^"abcdefghijkl" is one word too many for agreements list\..*\nUsage: npx helsevev agreements list \[--controller NUMBER\]/,
  ],
  ['show', /^ID is missing: the agreement\. Add ID after agreements show, an id\.\nUsage: npx helsevev agreements show ID$/m],
  ['sign abcdefghijkl', /^--for is missing: .* Add --for NUMBER, an organisation number, nine digits\.\n--by is missing: .*\nUsage: /],
  [`sign abcdefghijkl --version 0 ${kari}`, /^--version takes a whole number from 1, which "0" is not\. Write for example --version 2\./],
  [
    `end abcdefghijkl --at soon --reason "the unit has moved" ${kari}`,
    /^--at takes a day or a time, Norwegian unless a zone is given, which "soon" is not\./,
  ],
  [`end abcdefghijkl --purposes TREAT --reason "the unit has moved" ${kari}`, /^--purposes is no option of agreements end\./],
  [`participation set --service plans --produces perhaps ${kari}`, /^--produces takes yes or no, which "perhaps" is not\./],
  [
    `propose --controller ${bergen} --service plans --receiver ${oslo} --type friend ${terms} ${kari}`,
    /^--type takes one of organization, group, private-provider, which "friend" is not\./,
  ],
  [`deliver begin ${number} --provider ${homeCare} ${ola}`, /^An identity number is never an argument/],
]
for (const [line, says] of wrong) {
  test(`wrong use: ${line.replace(number, '{number}') || 'no command'}`, async () => {
    const { code, printed } = await command(line)
    assert.equal(code, 2)
    assert.match(printed, says)
    assert.ok(!printed.includes(number))
  })
}

test('as JSON, agreements are data, and a refusal is a problem with its code', async () => {
  const id = await proposed()
  const { agreements } = JSON.parse((await command(`list --controller ${bergen} --json`)).printed)
  assert.equal(agreements.find((one: { id: string }) => one.id === id)?.validFrom, '2025-12-31T23:00:00.000Z')
  const { code, printed } = await command('show abcdefghijkl --json')
  assert.equal(code, 1)
  assert.equal(JSON.parse(printed).problem.code, 'agreement-unknown')
})

test('what the commands wrote is a chain of the access log that holds', async () => {
  const source = { DATABASE_URL: database.url, DATABASE_MIGRATION_URL: database.ownerUrl, HELSEVEV_LOG_KEY: keyText }
  const { code, printed } = await observe('audit verify', { source })
  assert.equal(code, 0, printed)
})
