import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { contract, session } from '../contract.ts'
import { actsFor, signedIn, type TestPortal, testPortal } from './testing/portal.ts'

const childNumber = '18852150080'
const self = { self: true, name: 'Ida Testesen', number: '17866412308', birthDate: '1964-06-17' }
const mother = {
  ...self,
  services: [
    { id: 'news2', open: true },
    { id: 'access-log', open: true },
  ],
}
const child = {
  name: 'Oda Testesen',
  number: childNumber,
  birthDate: '2021-05-18',
  relation: 'parental-responsibility',
  services: [
    { id: 'news2', open: true },
    { id: 'privacy', open: true },
  ],
}
const older = {
  name: 'Selma Testesen',
  relation: 'parental-responsibility',
  services: [
    {
      id: 'news2',
      open: false,
      problem: 'representation-missing',
      why: 'Parents do not act in this service after the child has turned 12.',
    },
  ],
}

let it: TestPortal
beforeEach(async () => {
  it = await testPortal()
  it.issuer.answers['POST /fhir/RelatedPerson/$acts-for'] = { body: actsFor([mother, child, older]) }
})
afterEach(async () => await it.close())

test('a citizen is told for whom they act, in which services, and why not in others; no number reaches the browser', async () => {
  const page = await signedIn(it)
  const { people, about } = await page.answer(contract.people)
  assert.equal(about, 'me')
  assert.deepEqual(
    people.map(({ id: _, age: __, ...person }) => person),
    [
      {
        isSelf: true,
        name: 'Ida Testesen',
        relations: [],
        services: [{ id: 'news2', open: true }],
        log: { id: 'access-log', open: true },
        choices: { id: 'privacy', open: false },
        representation: { id: 'representation', open: false },
      },
      {
        isSelf: false,
        name: 'Oda Testesen',
        relations: ['parental-responsibility'],
        services: [{ id: 'news2', open: true }],
        log: { id: 'access-log', open: false },
        choices: { id: 'privacy', open: true },
        representation: { id: 'representation', open: false },
      },
      {
        isSelf: false,
        name: 'Selma Testesen',
        relations: ['parental-responsibility'],
        services: [
          {
            id: 'news2',
            open: false,
            why: 'Parents do not act in this service after the child has turned 12.',
            reason: 'child-turned-12',
          },
        ],
        log: { id: 'access-log', open: false },
        choices: { id: 'privacy', open: false },
        representation: { id: 'representation', open: false },
      },
    ],
  )
  assert.ok(!page.received.some((text) => text.includes(childNumber) || text.includes(self.number)))
})

test('the pages are about the person who was chosen, until the access ends or another is chosen', async () => {
  const page = await signedIn(it)
  const { people } = await page.answer(contract.people)
  const oda = people[1]?.id ?? ''
  assert.deepEqual(await page.answer(contract.choosePerson, { body: { person: oda } }), { about: oda })
  assert.equal((await page.signedInAs(session.me)).about, oda)
  const again = await page.answer(contract.people)
  assert.deepEqual([again.about, again.people[1]?.id], [oda, oda])
  it.issuer.answers['POST /fhir/RelatedPerson/$acts-for'] = { body: actsFor([mother]) }
  assert.equal((await page.answer(contract.people)).about, 'me')
  assert.equal((await page.ask(contract.choosePerson, { body: { person: oda } })).statusCode, 409)
})

test('nobody is chosen by a number, by somebody else’s id, or by a name that every object has', async () => {
  const page = await signedIn(it)
  await page.answer(contract.people)
  for (const person of [childNumber, 'x', 'constructor', '__proto__'])
    assert.deepEqual((await page.ask(contract.choosePerson, { body: { person } })).json(), { code: 'person-changed' }, person)
  for (const body of [{}, { person: 5 }, { person: 'me', more: 1 }])
    assert.equal((await page.change('PUT', '/api/about', body)).statusCode, 400)
  assert.equal((await page.signedInAs(session.me)).about, 'me')
})

test('who is too young is told so', async () => {
  it.issuer.answers['POST /fhir/RelatedPerson/$acts-for'] = { status: 403, code: 'too-young' }
  const page = await signedIn(it)
  assert.deepEqual((await page.ask(contract.people)).json(), { code: 'refused', reason: 'too-young' })
})
