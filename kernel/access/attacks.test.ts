/** Attempts to see what the decision does not open, by every interaction. docs/security.md names these tests. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createRateLimit } from '../http/rate-limit.ts'
import { logicalId } from '../store/ids.ts'
import { idOf, matchesIn, problemOf, responsesOf } from '../testing/answers.ts'
import { attestation, attestationHeader, NOW, nurse, organizations, pulse, system, type TestApi, testApi } from '../testing/api.ts'
import { changed } from '../testing/sent.ts'

const { bergen, oslo } = organizations
const HPR = '990000001'
let api: TestApi
before(async () => {
  api = await testApi()
  await api.agreement({ controller: oslo, receiver: bergen, purposes: ['TREAT', 'BTG'] })
})
after(async () => await api.close())

const blockNurse = async (patient: string, id: number) =>
  await api.sql`
    insert into patient_choice (patient, id, kind, practitioner, valid_from, made, made_by, made_as)
    values (${patient}, ${id}, 'block', ${HPR}, '2025-01-01', '2025-01-01', 1, 'self')`

test('guessed ids: an id that is nobody’s, one of another patient and one that is blocked are answered alike, word for word', async () => {
  const [mine, other] = [await api.person(301), await api.person(302)]
  const blocked = await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(mine))
  const others = await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(other))
  await blockNurse(mine.key, 1)
  const headers = { attestation: attestationHeader(attestation(nurse(bergen), mine.number)) }
  const get = async (id: string) => await api.as(nurse(bergen)).get(`/fhir/measurements/Observation/${id}`, headers)
  const { ids } = api.kernel
  const nobody = await get(logicalId(ids.patientKey(), ids.recordId()))
  const another = await get(idOf(others))
  assert.deepEqual([another.status, another.body], [nobody.status, nobody.body])
  const hidden = await get(idOf(blocked))
  const unknown = await get(logicalId(mine.key, ids.recordId()))
  assert.deepEqual([hidden.status, hidden.body], [unknown.status, unknown.body])
})

test('an attestation for one patient opens no other, by search, read, operation or batch', async () => {
  const [mine, other] = [await api.person(303), await api.person(304)]
  const id = idOf(await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(other)))
  const headers = { attestation: attestationHeader(attestation(nurse(bergen), mine.number)) }
  const form = new URLSearchParams({ 'patient.identifier': other.number }).toString()
  const asForm = { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
  const who = api.as(nurse(bergen))
  assert.equal(problemOf(await who.post('/fhir/measurements/Observation/_search', form, asForm)), 'attestation-for-another-patient')
  assert.equal(problemOf(await who.post('/fhir/measurements/$count', form, asForm)), 'attestation-for-another-patient')
  assert.equal(problemOf(await who.get(`/fhir/measurements/Observation/${id}`, headers)), 'attestation-for-another-patient')
  const entry = [{ request: { method: 'GET', url: `Observation/${id}` } }]
  const batch = await who.post('/fhir/measurements', { resourceType: 'Bundle', type: 'batch', entry }, headers)
  assert.equal(problemOf({ body: responsesOf(batch)[0]?.outcome }), 'attestation-for-another-patient')
})

test('no door leads round a block: includes, history, vread, conditional create, another purpose, another number', async () => {
  const mine = await api.person(305)
  const known = await api
    .as(system(oslo))
    .post('/fhir/measurements/Observation', pulse(mine, { identifier: [{ system: 'urn:test', value: 'known' }] }))
  await blockNurse(mine.key, 2)
  const headers = { attestation: attestationHeader(attestation(nurse(bergen), mine.number)) }
  const who = api.as(nurse(bergen, { scopes: ['helsevev:measurements/read', 'helsevev:measurements/write'] }))
  const path = `/fhir/measurements/Observation/${idOf(known)}`
  for (const way of [`${path}/_history`, `${path}/_history/1`, '/fhir/measurements/Observation/$everything'])
    assert.equal((await who.get(way, headers)).status, 404, way)
  for (const parameter of ['_include', '_revinclude', '_has', '_filter', '_elements'])
    assert.equal(
      (await who.search('Observation', { 'patient.identifier': mine.number, [parameter]: 'Observation:subject' })).status,
      400,
      parameter,
    )
  const probe = await who.post('/fhir/measurements/Observation', pulse(mine), { ...headers, 'if-none-exist': 'identifier=urn:test|known' })
  assert.equal(probe.status, 403, 'a condition is a look-up, and a person attests for those')
  for (const purpose of ['ETREAT', 'COC', 'BTG']) {
    const asked = { attestation: attestationHeader(attestation(nurse(bergen), mine.number, purpose, 'Unconscious, found at home')) }
    const found = await who.search('Observation', { 'patient.identifier': mine.number }, asked)
    assert.deepEqual(
      purpose === 'BTG' ? problemOf(found) : matchesIn(found, 'Observation'),
      purpose === 'BTG' ? 'blocked-by-patient' : [],
      purpose,
    )
  }
  const { addNumber } = await import('../identity/persons.ts')
  const { makeIdentityNumber } = await import('../values/identity-number.ts')
  const value = makeIdentityNumber({ birthDate: '1950-05-17', series: 306 })
  await addNumber(api.sql, { system: 'FNR', value: mine.number }, { system: 'FNR', value })
  const other = await who.search('Observation', { 'patient.identifier': value })
  assert.deepEqual(matchesIn(other, 'Observation'), [])
})

test('readers side by side with a patient who blocks: whoever asks after the block was acknowledged sees nothing', async () => {
  const mine = await api.person(307)
  await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(mine))
  let acknowledged = false
  const search = async () => {
    const late = acknowledged
    const found = await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': mine.number })
    return { late, shown: matchesIn(found, 'Observation').length > 0 }
  }
  const before = await search()
  assert.ok(before.shown)
  const seen: Promise<{ late: boolean; shown: boolean }>[] = []
  for (let round = 0; round < 60; round += 1) {
    seen.push(search())
    if (round === 20) void blockNurse(mine.key, 3).then(() => (acknowledged = true))
    await new Promise((done) => setImmediate(done))
  }
  while (!acknowledged) seen.push(search()) && (await new Promise((done) => setImmediate(done)))
  seen.push(search())
  const answers = await Promise.all(seen)
  assert.deepEqual(
    answers.filter(({ late, shown }) => late && shown),
    [],
  )
})

const nasty = `'; drop table record; -- <script>alert(1)</script> {{7*7}} \u202e`

test('SQL and HTML in every free text of an attestation are kept as text, and never come back in an answer', async () => {
  const mine = await api.person(308)
  await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(mine))
  const sent = changed(attestation(nurse(bergen), mine.number, 'BTG', nasty), {
    'practitioner.point_of_care.name': nasty,
    'practitioner.department': { id: nasty, system: nasty, name: nasty },
    'care_relationship.healthcare_service.text': nasty,
    'care_relationship.purpose_of_use_details': { code: nasty, system: nasty, text: nasty },
    [nasty]: nasty,
  })
  const { status, body } = await api
    .as(nurse(bergen))
    .search('Observation', { 'patient.identifier': mine.number }, { attestation: attestationHeader(sent) })
  assert.ok(status === 200 || status === 400, String(status))
  assert.doesNotMatch(JSON.stringify(body), /drop table|<script>/)
  const [left] = await api.sql`select count(*)::integer as rows from record where patient = ${mine.key}`
  assert.equal(left?.rows, 1)
  const plain = attestation(nurse(bergen), mine.number, 'BTG', "O'Brien <b>found</b> -- unconscious")
  await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': mine.number }, { attestation: attestationHeader(plain) })
  const [row] = await api.sql`select reason from access_log where patient = ${mine.key} and purpose = 'BTG' order by seq desc limit 1`
  assert.equal(row?.reason, "O'Brien <b>found</b> -- unconscious")
})

test('a vendor or organisation that has left is refused on its next call, with a token that still holds', async () => {
  const own = await testApi()
  try {
    const mine = await own.person(309)
    const vendor = nurse(bergen, { multiTenant: true, supplier: organizations.vendor })
    const ask = async () => problemOf(await own.as(vendor).search('Observation', { 'patient.identifier': mine.number }))
    assert.equal(await ask(), undefined)
    await own.sql`update organization set terms_accepted = null where number = ${organizations.vendor}`
    assert.equal(await ask(), 'supplier-not-member')
    await own.sql`update organization set terms_accepted = '2020-01-01' where number = ${organizations.vendor}`
    await own.sql`update organization set helsenet_until = ${NOW} where number = ${bergen}`
    assert.equal(await ask(), 'organisation-not-member')
    await own.sql`update organization set helsenet_until = null where number = ${bergen}`
    await own.sql`update practitioner_authorization set valid_until = ${NOW} where hpr_number = ${HPR}`
    assert.equal(await ask(), 'authorization-not-held')
  } finally {
    await own.close()
  }
})

test('10,000 requests from one client: it is told to wait, and another is not harmed', async () => {
  const own = await testApi(undefined, () => NOW, createRateLimit({ perSecond: 100, burst: 200, clock: () => NOW }))
  try {
    const mine = await own.person(310)
    const flood = { ...nurse(bergen, { client: 'runaway' }) }
    const tally: Record<string, number> = {}
    for (let sent = 0; sent < 10_000; sent += 1) {
      const reply = await own.as(flood).get('/fhir/measurements/Observation/x', { attestation: 'e30' })
      tally[reply.status] = (tally[reply.status] ?? 0) + 1
      if (reply.status === 429) assert.equal(reply.headers['retry-after'], '1')
      if (sent % 1000 === 0)
        assert.equal((await own.as(nurse(bergen)).search('Observation', { 'patient.identifier': mine.number })).status, 200)
    }
    assert.deepEqual(tally, { 404: 200, 429: 9800 })
  } finally {
    await own.close()
  }
})
