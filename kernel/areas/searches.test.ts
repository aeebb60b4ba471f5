/** Every search of an area is as strict as those of services: one table, asked of each. http://hl7.org/fhir/R4/search.html#errors */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { bundleOf, codeIn, entriesOf, issuesOf, matchesIn, problemOf } from '../testing/answers.ts'
import { organizations, type Reply, system, type TestApi, testApi } from '../testing/api.ts'
import { measurements } from '../testing/measurements.ts'
import type { SentBody } from '../testing/sent.ts'
import { areaRoutes } from './routes.ts'

const searches = areaRoutes.filter(({ path }) => path.endsWith('/_search')).map(({ path }) => path)
/** About the person who is signed in alone: no parameter names a patient. */
const aboutSelf = ['RelatedPerson/_search']

let api: TestApi
let person: Awaited<ReturnType<TestApi['person']>>
before(async () => {
  api = await testApi([measurements])
  person = await api.person(1)
})
after(async () => await api.close())

const scopes = ['privacy', 'persons', 'representation', 'access-log'].map((area) => `helsevev:${area}/citizen`)
const citizen = () => system(organizations.bergen, { kind: 'citizen', pid: person.number, name: 'Kari', scopes })
const ask = async (path: string, query: string, headers: Record<string, string> = {}): Promise<Reply> =>
  await api.as(citizen()).post(`/fhir/${path}`, query, { 'content-type': 'application/x-www-form-urlencoded', ...headers })

// biome-ignore format: a table, one row to a line
const rows: [what: string, query: string, answer: [status: number, problem: string | undefined], headers?: Record<string, string>][] = [
  ['nothing',                          '',                          [200, undefined]],
  ['a format',                         '_format=json',              [200, undefined]],
  ['a form that is not served',        '_format=xml',               [406, 'not-acceptable']],
  ['Accept of one that is not served', '',                          [406, 'not-acceptable'],    { accept: 'application/fhir+xml' }],
  ['an unknown parameter',             'colour=red',                [400, 'invalid-parameter']],
  ['an unknown modifier',              '_count:not=1',              [400, 'invalid-parameter']],
  ['one that is passed over',          'colour=red',                [200, undefined],           { prefer: 'handling=lenient' }],
  ['a modifier, leniently',            '_count:above=1',            [400, 'invalid-parameter'], { prefer: 'handling=lenient' }],
  ['a wrong one, leniently',           '_count=x',                  [400, 'invalid-parameter'], { prefer: 'handling=lenient' }],
  ['an unknown one, strictly',         'colour=red',                [400, 'invalid-parameter'], { prefer: 'handling=strict' }],
  ['an empty value',                   '_count=',                   [400, 'invalid-parameter']],
  ['a blank value',                    '_count=%20',                [400, 'invalid-parameter']],
  ['a control character',              '_count=1%00',               [400, 'invalid-parameter']],
  ['a count given twice',              '_count=1&_count=1',         [400, 'invalid-parameter']],
  ['a count that is none',             '_count=-1',                 [400, 'invalid-parameter']],
  ['a count that is too great',        '_count=1001',               [400, 'invalid-parameter']],
  ['a count',                          '_count=1000&_skip=0',       [200, undefined]],
  ['the total alone',                  '_count=0',                  [200, undefined]],
  ['a link that areas do not have',    '_include=Consent:patient',  [400, 'invalid-parameter']],
]
for (const path of searches)
  test(`${path} takes what it knows, and refuses the rest`, async () => {
    for (const [what, query, [status, problem], headers] of rows) {
      const reply = await ask(path, query, headers)
      assert.deepEqual([reply.status, reply.status < 400 ? undefined : problemOf(reply)], [status, problem], what)
      if (status < 400) assert.ok(reply.status === 200 && (bundleOf(reply).entry ?? [{}]).length > 0, 'FHIR has no empty lists')
    }
    assert.match(JSON.stringify(entriesOf(await ask(path, 'colour=red', { prefer: 'handling=lenient' }))), /colour.*passed over/)
    const none = bundleOf(await ask(path, '_count=0'))
    assert.deepEqual([typeof none.total, (none.entry ?? []).length], ['number', 0])
    const other = (await api.person(2)).number
    const named = [`patient.identifier=${person.number}`, `patient.identifier=${person.number}&subject.identifier=${person.number}`]
    for (const query of named) assert.equal((await ask(path, query)).status, aboutSelf.includes(path) ? 400 : 200, query)
    for (const more of [`patient.identifier=${other}`, `patient:identifier=${other}`])
      assert.equal((await ask(path, `${named[0]}&${more}`)).status, 400, more)
    assert.deepEqual((await api.as(system(organizations.bergen)).post(`/fhir/${path}`, { resourceType: 'Parameters' })).status, 415)
  })

test('a page says that there is more, and the next goes on', async () => {
  const idsOf = (reply: Reply) => matchesIn(reply, 'AuditEvent').map(({ id }) => id)
  const page = await ask('AuditEvent/_search', '_count=2')
  assert.match(JSON.stringify(entriesOf(page).at(-1)), /"more"/)
  // The search before is a line of the log as well: it moves the others by one.
  const later = await ask('AuditEvent/_search', '_count=1&_skip=2')
  assert.deepEqual(idsOf(later), idsOf(page).slice(1))
})

/** Every body of an area, and that of $validate, is FHIR R4 of which nothing is passed over. */
const bodies = [
  ...areaRoutes.flatMap(({ method, path, sends }) => (sends ? [{ method, path: path.replace(/:.*/, 'a'), type: sends.type }] : [])),
  { method: 'POST', path: 'measurements/Observation/$validate', type: 'Parameters' },
]
// biome-ignore format: a table, one row to a line
const broken: [what: string, more: SentBody, code: string, parameter?: SentBody][] = [
  ['an unknown element',           { foo: 1 },                                                              'unknown-element'],
  ['rules of the sender',          { implicitRules: 'http://x.example' },                                   'implicit-rules'],
  ['a modifier of the resource',   { modifierExtension: [{ url: 'http://x.example', valueString: 'not' }] }, 'modifier-extension'],
  ['a wrong type',                 { language: 5 },                                                         'json-type'],
  ['an empty list',                { extension: [] },                                                       'empty'],
  ['an unknown part',              {},                                                                      'unknown-element',    { foo: 1 }],
  ['a modifier of a parameter',    {}, 'modifier-extension', { modifierExtension: [{ url: 'http://x.example', valueString: 'not' }] }],
  ['an empty list of parts',       {},                                                                      'empty',              { part: [] }],
  ['two values',                   {},                                                                      'choice',             { valueCode: 'x', valueInteger: 1 }],
  ['a value and a resource',       {},                                                                      'inv-1',              { valueCode: 'x', resource: { resourceType: 'Basic', code: { text: 'x' } } }],
  ['a value of a wrong type',      {},                                                                      'json-type',          { valueString: 5 }],
]
for (const { method, path, type } of bodies)
  test(`${method} ${path} refuses a body of which something would be passed over`, async () => {
    for (const [what, more, code, parameter] of broken) {
      if (parameter && type !== 'Parameters') continue
      const body = {
        resourceType: type,
        ...(type === 'Parameters' ? { parameter: [{ name: 'mode', ...(parameter ?? { valueCode: 'create' }) }] } : {}),
        ...more,
      }
      // biome-ignore format: the modifier of a resource is not one of Parameters, which have none
      const said = type === 'Parameters' && !parameter && ['modifier-extension', 'empty'].includes(code) ? 'unknown-element' : code
      const as = api.as(path.startsWith('measurements') ? system(organizations.bergen) : citizen())
      const reply = await (method === 'PUT' ? as.put(`/fhir/${path}`, body) : as.post(`/fhir/${path}`, body))
      assert.ok(
        [400, 422].includes(reply.status) && issuesOf(reply).some((issue) => codeIn(issue.details) === said),
        `${what}: ${JSON.stringify(reply.body)}`,
      )
    }
  })
