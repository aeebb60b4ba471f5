import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { organizationTypes } from '@helsevev/kernel/codes/reference-files'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { classify, findIdentityNumbers } from '@helsevev/kernel/values/identity-number'
import { standardAgreement } from './agreements.ts'
import { messages, seedReference, stories, transactions, world } from './index.ts'
import { municipalities, trusts } from './organizations.ts'
import { shown } from './people.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const seeded = world()
const told = [...stories(NOW)]
const numbersOf = seeded.patients.flatMap(({ identifiers }) => identifiers)

test('the world and its stories are the same twice', () => {
  assert.deepEqual(world(), seeded)
  assert.deepEqual([...stories(NOW)], told)
})

test('a copy of the world may be changed without changing the next', () => {
  const copy = world()
  copy.clients.length = 0
  copy.patients[0]!.familyName = 'Changed'
  assert.deepEqual(world(), seeded)
})

test('there are 200 people in six municipalities, children among them, and those who show families and choices', () => {
  assert.equal(seeded.patients.length, 200 + shown.length)
  assert.deepEqual(
    new Set(seeded.patients.map(({ municipality }) => municipality)),
    new Set(municipalities.map(({ municipality }) => municipality)),
  )
  assert.ok(seeded.patients.filter(({ birthDate }) => birthDate > '2010-11-22').length >= 10)
  assert.equal(new Set([...seeded.patients, ...seeded.staff].map(({ id }) => id)).size, seeded.patients.length + seeded.staff.length)
})

test('every number is valid, of its kind, synthetic and one person only', () => {
  for (const { system, value } of numbersOf) {
    assert.equal(classify(value)?.kind, system)
    assert.ok(Number(value.slice(2, 4)) > 65, 'month is offset by 65 or 80')
  }
  const staff = seeded.people.filter(({ id }) => !id.startsWith('citizen-')).map(({ pid }) => pid)
  for (const pid of staff) assert.equal(classify(pid)?.synthetic, 65)
  const all = [...numbersOf.map(({ value }) => value), ...staff]
  assert.equal(new Set(all).size, all.length)
})

test('all kinds of number occur, and D-numbers that a national number followed', () => {
  const combinations = new Set(seeded.patients.map(({ identifiers }) => identifiers.map(({ system }) => system).join(' then ')))
  assert.deepEqual([...combinations].sort(), ['DNR', 'DNR then FNR', 'FHN', 'FNR'])
})

test('organisation numbers have check digits that agree, and stand once', () => {
  const numbers = seeded.organizations.map(({ number }) => number)
  assert.equal(new Set(numbers).size, numbers.length)
  for (const number of numbers) {
    const sum = [3, 2, 7, 6, 5, 4, 3, 2].reduce((total, weight, place) => total + weight * Number(number[place]), 0)
    assert.equal((11 - (sum % 11)) % 11, Number(number[8]), number)
  }
})

test('everything refers to organisations that are there, of types that exist', () => {
  const numbers = new Set(seeded.organizations.map(({ number }) => number))
  const referred = [
    ...seeded.organizations.flatMap(({ partOf }) => partOf ?? []),
    ...seeded.agreements.flatMap(({ controller, receiver, receiverType, units = [] }) =>
      receiverType === 'group' ? [controller] : [controller, receiver, ...units],
    ),
    ...seeded.closures.flatMap(({ controller, receiver }) => [controller, receiver]),
    ...seeded.roleRules.map(({ organization }) => organization),
    ...seeded.serviceUnits.map(({ organization }) => organization),
    ...seeded.deliveries.flatMap(({ controller, provider, unit }) => [controller, provider, unit]),
    ...seeded.choices.flatMap(({ controller = [], receiver = [] }) => [controller, receiver].flat()),
    ...seeded.participation.map(({ organization }) => organization),
    ...seeded.settings.map(({ organization }) => organization),
    ...seeded.practitionerRoles.map(({ organization }) => organization),
    ...seeded.clients.map(({ organization }) => organization),
    ...seeded.delegations.flatMap(({ customer, supplier }) => [customer, supplier]),
    ...seeded.people.flatMap(({ employer }) => employer?.number ?? []),
  ]
  for (const number of referred) assert.ok(numbers.has(number), number)
  for (const { type } of seeded.organizations) assert.ok(organizationTypes.includes(type))
})

test('an agreement opens what its controller produces to one that uses it, once', () => {
  const keys = seeded.agreements.map(({ controller, service, receiver }) => `${controller} ${service} ${receiver}`)
  assert.equal(new Set(keys).size, keys.length)
  for (const { controller, receiver, receiverType, service } of seeded.agreements) {
    assert.notEqual(controller, receiver)
    const part = (organization: string) => seeded.participation.find((row) => row.organization === organization && row.service === service)
    assert.equal(part(controller)?.produces, true)
    for (const organization of receiverType === 'group' ? standardAgreement.members : [receiver]) {
      assert.equal(part(organization)?.consumes, true)
    }
  }
  assert.equal(seeded.agreements.filter(({ validUntil }) => validUntil).length, 2)
  assert.equal(seeded.agreements.filter(({ sensitiveCodes }) => sensitiveCodes.length > 0).length, 1)
})

test('two vendors serve three municipalities each with one client for systems, and the portals act for everyone', () => {
  const served = Object.values(Object.groupBy(seeded.delegations, ({ supplier }) => supplier)).map((rows) => rows?.length)
  assert.deepEqual(served, [3, 4, 12])
  assert.deepEqual(
    seeded.clients.filter(({ tenancy }) => tenancy === 'multi-tenant').map(({ clientId }) => clientId),
    ['fjordjournal-ehr', 'fjordjournal-user', 'tindejournal-ehr', 'helsevev-clinician', 'helsevev-controller'],
  )
})

test('there are 15 resources or so for each person who has any beside what is measured at home, and some have none', () => {
  const elsewhere = told.filter(({ service }) => service !== 'home-monitoring')
  const numbers = new Set(elsewhere.map(({ identityNumber }) => identityNumber))
  const people = seeded.patients.filter(({ identifiers }) => identifiers.some(({ value }) => numbers.has(value))).length
  assert.ok(people >= 170 && people < 215, `${people} people`)
  const average = elsewhere.length / people
  assert.ok(average > 12 && average < 18, `${average} resources`)
})

test('every story is sent by a controller that produces in the service, through a client that may act for it', () => {
  for (const { controller, service, client, supplier } of told) {
    assert.ok(seeded.participation.some((row) => row.organization === controller && row.service === service && row.produces))
    const sender = seeded.clients.find(({ clientId }) => clientId === client)
    assert.ok(sender?.scopes.includes(`helsevev:${service}/write`))
    if (sender?.tenancy === 'multi-tenant') {
      assert.equal(supplier, sender.organization)
      assert.ok(seeded.delegations.some((delegation) => delegation.customer === controller && delegation.supplier === supplier))
    } else assert.equal(sender?.organization, controller)
  }
})

test('every controller reports something, and all services are started, paused and ended', () => {
  assert.deepEqual(new Set(told.map(({ controller }) => controller)), new Set([...municipalities, ...trusts].map(({ number }) => number)))
  const statuses = new Set(told.flatMap(({ resource }) => (resource.resourceType === 'EpisodeOfCare' ? [resource.status] : [])))
  assert.deepEqual([...statuses].sort(), ['active', 'finished', 'onhold'])
})

test('nothing is told from a time to come, and every period ends after it starts', () => {
  for (const { resource } of told) {
    if (resource.resourceType === 'Observation') assert.ok(Date.parse(resource.effectiveDateTime ?? '') <= NOW.getTime())
    else if (resource.resourceType === 'EpisodeOfCare')
      assert.ok((resource.period?.start ?? '') <= (resource.period?.end ?? '2026-11-22'), JSON.stringify(resource.period))
  }
})

test('reports were sent at different times, none yet to come, and one that changes another after it', () => {
  const sent = [...told, ...messages(NOW)].map(({ reported }) => reported.getTime())
  assert.ok(sent.every((time) => time < NOW.getTime() - 3 * 60_000))
  assert.ok(new Set(sent).size > sent.length / 10)
  const nursing = told.filter(
    ({ resource }) => resource.resourceType === 'EpisodeOfCare' && resource.identifier?.[0]?.value === 'astrid-home-nursing',
  )
  const times = nursing.map(({ reported }) => reported.getTime())
  assert.equal(times.length, 3)
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  )
})

test('a person is named by the patient identifier and nowhere else', () => {
  for (const { resource, identityNumber } of told) {
    const text = JSON.stringify(resource)
    assert.equal(text.split(identityNumber).length, 2)
    assert.equal(findIdentityNumbers(text).length, 1)
  }
})

test('the transactions hold every story once, and references stay inside', () => {
  const bundles = [...transactions(NOW)]
  assert.equal(
    bundles.reduce((sum, { bundle }) => sum + (bundle.entry?.length ?? 0), 0),
    told.length,
  )
  for (const { bundle } of bundles) {
    const urls = bundle.entry?.map(({ fullUrl }) => fullUrl) ?? []
    assert.equal(new Set(urls).size, urls.length)
    for (const { resource } of bundle.entry ?? []) {
      const derivedFrom = resource?.resourceType === 'Observation' ? (resource.derivedFrom ?? []) : []
      for (const { reference } of derivedFrom) assert.ok(urls.includes(reference))
    }
  }
})

test('many kinds of municipal service occur', () => {
  const codes = new Set(
    told.flatMap(({ resource }) => (resource.resourceType === 'EpisodeOfCare' ? (resource.type?.[0]?.coding?.[0]?.code ?? []) : [])),
  )
  assert.ok(codes.size >= 20, `${codes.size} kinds of service`)
})

let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(async () => await database.close())

test('seeding the registers twice changes nothing, nor what a controller has closed since', async () => {
  await seedReference(database.sql)
  await database.sql`
    update sharing_agreement set ended = '2026-01-01Z', ended_by = 'test', ended_reason = 'test'
    where controller = '983658725' and receiver = '964338531' and service = 'news2'`
  const [before] = await database.sql`select * from person order by patient limit 1`
  await seedReference(database.sql)
  const [counts] = await database.sql`
    select (select count(*)::int from person) as people, (select count(*)::int from person_identifier) as numbers,
      (select count(*)::int from organization where helsenet_from is not null) as members,
      (select count(*)::int from sharing_agreement) as agreements,
      (select count(*)::int from sharing_agreement where service = 'news2' and ended = '2026-01-01Z') as closed`
  assert.deepEqual(
    { ...counts },
    {
      people: seeded.patients.length + seeded.staff.length,
      numbers: numbersOf.length + seeded.staff.length,
      members: 16,
      agreements: seeded.agreements.length,
      closed: 1,
    },
  )
  const [after] = await database.sql`select * from person order by patient limit 1`
  assert.deepEqual(after, before)
})

test('registers, choices and representation are stored once, with whoever made them', async () => {
  await seedReference(database.sql)
  const [counts] = await database.sql`
    select (select count(*)::int from practitioner where person is not null) as practitioners,
      (select count(*)::int from practitioner_authorization) as authorizations,
      (select count(*)::int from organization_unit) as units,
      (select count(*)::int from representation) as representations,
      (select count(*)::int from patient_choice c join log_actor a on a.id = c.made_by and a.person is not null) as choices,
      (select count(*)::int from service_delivery) as deliveries,
      (select count(*)::int from watched_person) as watched,
      (select count(*)::int from person where residence is not null) as addresses,
      (select count(*)::int from person where address_confidentiality = 'StrictlyConfidential') as hidden,
      (select count(*)::int from organization_group_member) as joined`
  assert.deepEqual(
    { ...counts },
    {
      practitioners: seeded.practitionerRoles.length - 1,
      authorizations: seeded.staff.flatMap(({ authorizations }) => authorizations).length,
      units: seeded.serviceUnits.length,
      representations: seeded.representations.length,
      choices: seeded.choices.length,
      deliveries: 3,
      watched: 1,
      addresses: [...seeded.patients, ...seeded.staff].filter((person) => person.residence).length,
      hidden: 2,
      joined: standardAgreement.members.length,
    },
  )
})
