import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { asResource } from '@helsevev/kernel/testing/answers'
import { extractText, getDocumentProxy } from 'unpdf'
import { contract } from '../contract.ts'
import { actsFor, signedIn, type TestPortal, testPortal } from './testing/portal.ts'
import { summaryOf } from './testing/summary.ts'

const childNumber = '18852150080'
const number = '14835010067'
const everything = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Patient', id: 'p' } }] }

let it: TestPortal
beforeEach(async () => {
  it = await testPortal()
  it.issuer.answers['POST /fhir/RelatedPerson/$acts-for'] = {
    body: actsFor([
      { self: true, name: 'Ida Testesen', number: '17866412308', services: [] },
      { name: 'Oda Testesen', number: childNumber, services: [] },
    ]),
  }
  it.issuer.answers['POST /fhir/Patient/$summary'] = { body: summaryOf([{ code: '48765-2', lines: ['Penicillin'], codes: [] }]) }
  it.issuer.answers['POST /fhir/Patient/$everything'] = { body: everything }
})
afterEach(async () => await it.close())

const wish = { format: 'pdf', language: 'nb', withNumber: false }
const asked = () => it.issuer.seen.apiRequests.filter(({ url }) => /\$(summary|everything)/.test(url))

test('everything comes as FHIR in one file, whose name says nobody', async () => {
  const page = await signedIn(it)
  const file = await page.change('POST', '/api/download', { ...wish, format: 'fhir' })
  assert.equal(file.headers['content-type'], 'application/fhir+json')
  assert.match(String(file.headers['content-disposition']), /^attachment; filename="helsevev-alt-\d{4}-\d\d-\d\d\.json"$/)
  assert.equal(file.headers['cache-control'], 'no-store')
  assert.deepEqual(file.json(), everything)
  assert.equal(file.headers['helsevev-incomplete'], undefined)
})

test('a file that is not the whole says so', async () => {
  it.issuer.answers['POST /fhir/Patient/$everything'] = {
    body: { ...everything, entry: [...everything.entry, { resource: { resourceType: 'OperationOutcome', issue: [] } }] },
  }
  const page = await signedIn(it)
  assert.equal((await page.change('POST', '/api/download', { ...wish, format: 'fhir' })).headers['helsevev-incomplete'], 'true')
})

test('the summary comes as FHIR, or as a PDF in the language of the reader, with the number when it is asked for', async () => {
  const page = await signedIn(it)
  const summary = await page.change('POST', '/api/download', { ...wish, format: 'summary' })
  assert.equal(asResource(summary.json(), 'Bundle').type, 'document')
  const pdf = async (more: object) => {
    const file = await page.change('POST', '/api/download', { ...wish, ...more })
    assert.equal(file.headers['content-type'], 'application/pdf')
    return (await extractText(await getDocumentProxy(new Uint8Array(file.rawPayload)), { mergePages: true })).text
  }
  const plain = await pdf({})
  assert.ok(plain.includes('Sammendrag av helseopplysninger') && plain.includes('Penicillin') && !plain.includes(number))
  assert.ok((await pdf({ withNumber: true, language: 'en' })).includes(`National identity number ${number}`))
})

test('for somebody one acts for the number goes in the body, once for each file', async () => {
  const page = await signedIn(it)
  const { people } = await page.answer(contract.people)
  await page.change('POST', '/api/download', { ...wish, format: 'fhir' }, people[1]?.id)
  assert.deepEqual(
    asked().map(({ url, body }) => [url, new URLSearchParams(body).get('patient.identifier')?.split('|')[1]]),
    [['/fhir/Patient/$everything', childNumber]],
  )
})

test('nothing is fetched for a form that is not ours, nobody known, a page that is not ours, or nobody signed in', async () => {
  const page = await signedIn(it)
  for (const body of [{}, { ...wish, format: 'xml' }, { ...wish, language: 'se' }, { ...wish, more: 1 }, { ...wish, withNumber: 'yes' }])
    assert.equal((await page.change('POST', '/api/download', body)).statusCode, 400, JSON.stringify(body))
  assert.equal((await page.change('POST', '/api/download', wish, childNumber)).statusCode, 409)
  const forged = await page.send({
    method: 'POST',
    url: '/citizen/api/download',
    headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
    payload: JSON.stringify(wish),
  })
  assert.equal(forged.statusCode, 403)
  assert.deepEqual((await it.app.inject({ method: 'POST', url: '/citizen/api/download', payload: wish })).json(), { code: 'signed-out' })
  assert.deepEqual(asked(), [])
})

test('a refusal is told and makes no file', async () => {
  it.issuer.answers['POST /fhir/Patient/$summary'] = { status: 403, code: 'too-young' }
  const page = await signedIn(it)
  const answer = await page.change('POST', '/api/download', wish)
  assert.deepEqual(
    [answer.statusCode, answer.json(), answer.headers['content-disposition']],
    [403, { code: 'refused', reason: 'too-young' }, undefined],
  )
})
