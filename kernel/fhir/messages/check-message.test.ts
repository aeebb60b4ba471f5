import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Issue } from '../../problem/problem.ts'
import { asResource, codeIn, issuesOf } from '../../testing/answers.ts'
import { organizations, pulse, type Reply, system, type TestApi, testApi } from '../../testing/api.ts'
import { measurements } from '../../testing/measurements.ts'
import { identityNumberSystems, makeIdentityNumber } from '../../values/identity-number.ts'
import type { Adapter, InformationService } from '../service.ts'
import { checkFile } from './check-file.ts'
import { checkAdapted, checkBundle, checkResource } from './check-message.ts'

const reading: Adapter = {
  name: 'reading',
  summary: 'Readings of a test.',
  recognises: (body) => typeof body === 'object' && body !== null && 'pulses' in body,
  convert(body) {
    const { number, pulses } = body as { number?: string; pulses: unknown[] }
    if (!number) return { kind: 'unattached', reason: 'no-identity-number', text: 'The reading names nobody.', label: 'R' }
    const identifier = { system: identityNumberSystems.FNR, value: number }
    const entries = pulses.map((value, index) => ({
      fullUrl: `urn:uuid:${index}`,
      resource: asResource(
        pulse({ identifier }, { identifier: [{ system: 'urn:reading', value: `${index}` }], valueQuantity: { value } }),
        'Observation',
      ),
    }))
    return { kind: 'record-set', patient: identifier, key: 'R', version: new Date('2026-01-10T08:00:00Z'), rank: 'a', entries, issues: [] }
  },
}
const service = { ...measurements, adapters: [reading] } as InformationService
const other: InformationService = { ...measurements, id: 'other', resources: {} }

let api: TestApi
before(async () => {
  api = await testApi([service])
})
after(async () => await api.close())

const checking = () => ({ kernel: api.kernel, service })
const number = makeIdentityNumber({ birthDate: '1950-05-17', series: 1 })
const somebody = { identifier: { system: identityNumberSystems.FNR, value: number } }
const told = (issues: readonly Issue[]) => issues.map(({ severity, code, expression }) => ({ severity, code, expression }))
const answered = (reply: Reply) =>
  issuesOf(reply).map(({ severity, details, expression }) => ({ severity, code: codeIn(details), expression: expression?.[0] }))

const faulty: [string, Record<string, unknown>][] = [
  ['without status', pulse(somebody, { status: undefined })],
  ['of another code', pulse(somebody, { code: { coding: [{ system: 'http://loinc.org', code: '1-8' }] } })],
  ['that no profile is for', pulse(somebody, { code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] } })],
  ['with several faults', pulse(somebody, { status: 'over', effectiveDateTime: undefined, pulse: 72 })],
  ['with a number in a text', pulse(somebody, { note: [{ text: `ring ${number}` }] })],
  ['about nobody', pulse({ identifier: { system: 'urn:own', value: '7' } }, { status: undefined })],
]
for (const [name, resource] of faulty) {
  test(`a measurement ${name}: what is said beforehand is what the server answers`, async () => {
    const kari = await api.person(1).catch(() => undefined)
    assert.ok(kari === undefined || kari.number === number)
    const reply = await api.as(system(organizations.bergen)).post('/fhir/measurements/Observation', resource)
    assert.equal(reply.status, 422)
    const issues = await checkResource(checking(), JSON.parse(JSON.stringify(resource)))
    assert.deepEqual(told(issues), answered(reply))
  })
}

test('a measurement that holds has no fault, and the number that is none is a flag', async () => {
  assert.deepEqual(await checkResource(checking(), asResource(pulse(somebody), 'Observation')), [])
  const misspelt = { identifier: { ...somebody.identifier, value: '17855099999' } }
  assert.deepEqual(told(await checkResource(checking(), asResource(pulse(misspelt), 'Observation'))), [
    { severity: 'warning', code: 'identity-number-invalid', expression: 'Observation.subject.identifier.value' },
  ])
})

const post = { method: 'POST', url: 'Observation' }
test('in a transaction each fault has its place, and a fact that is said twice is one', async () => {
  const own = { identifier: [{ system: 'urn:own', value: '1' }] }
  const entry = [
    { request: post, resource: pulse(somebody, own) },
    { request: post, resource: pulse(somebody, { status: undefined }) },
    { request: { method: 'POST', url: 'Patient' }, resource: { resourceType: 'Patient' } },
    { request: { method: 'GET', url: 'Observation/a' } },
    { request: post, resource: pulse(somebody, own) },
  ]
  const issues = await checkBundle(checking(), asResource({ resourceType: 'Bundle', type: 'transaction', entry }, 'Bundle'))
  assert.deepEqual(
    issues.map(({ code, expression }) => `${code} ${expression}`),
    [
      'json-type Bundle.entry[1].resource.status',
      'unknown-interaction Bundle.entry[2].resource',
      'bundle-entry Bundle.entry[3].request.method',
      'duplicate-entry Bundle.entry[4].resource',
    ],
  )
})

test('a Bundle of another type is a fault, and what stands in it is checked all the same', async () => {
  const entry = [{ resource: pulse(somebody, { status: undefined }) }, { resource: null }, null]
  const issues = await checkBundle(checking(), asResource({ resourceType: 'Bundle', type: 'collection', entry }, 'Bundle'))
  assert.deepEqual(issues.map(({ code, expression }) => `${code} ${expression}`).slice(0, 2), [
    'invalid-bundle Bundle.type',
    'json-type Bundle.entry[0].resource.status',
  ])
})

test('a message for an adapter is checked as what it becomes', async () => {
  const check = async (body: object) => told(await checkAdapted(checking(), reading, body))
  assert.deepEqual(await check({ number, pulses: [70, 80] }), [])
  assert.deepEqual(await check({ pulses: [70] }), [{ severity: 'warning', code: 'message-queued', expression: undefined }])
  const faults = await check({ number, pulses: [70, 'many', 'more'] })
  assert.equal(faults.filter(({ severity }) => severity === 'error').length, 2)
})

const files: [string, string | Buffer, { taken?: string[]; nearest?: string; unreadable?: string }][] = [
  ['a resource', JSON.stringify(pulse(somebody)), { taken: ['measurements Observation'] }],
  ['a resource after a byte order mark', `\uFEFF${JSON.stringify(pulse(somebody))}`, { taken: ['measurements Observation'] }],
  ['a faulty resource', JSON.stringify(pulse(somebody, { status: 1 })), { nearest: 'measurements Observation' }],
  ['a resource of another shape', '{"resourceType":"Observation","code":[null]}', { nearest: 'measurements Observation' }],
  ['a message', JSON.stringify({ number, pulses: [1] }), { taken: ['measurements $reading'] }],
  ['a type that nobody takes', '{"resourceType":"Patient"}', { unreadable: 'unknown-interaction' }],
  [
    'a Bundle of what nobody takes',
    '{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"}},7]}',
    { unreadable: 'unknown-interaction' },
  ],
  ['XML, which nobody takes here', '\ufeff <a/>', { unreadable: 'unknown-interaction' }],
  ['XML as UTF-16', Buffer.from('\ufeff<a/>', 'utf16le'), { unreadable: 'unknown-interaction' }],
  ['a list', '[1]', { unreadable: 'unknown-interaction' }],
  ['nothing', '', { unreadable: 'not-json' }],
  ['text', 'hello', { unreadable: 'not-json' }],
  ['JSON nested too deep', '['.repeat(100) + ']'.repeat(100), { unreadable: 'not-json' }],
]
for (const [name, content, expected] of files) {
  test(`a file with ${name}`, async () => {
    const { taken, nearest, unreadable } = await checkFile(api.kernel, [other, service], Buffer.from(content as string))
    assert.deepEqual(
      {
        taken: taken.map(({ service, path }) => `${service} ${path}`),
        nearest: nearest && `${nearest.service} ${nearest.path}`,
        unreadable: unreadable[0]?.code,
      },
      { taken: [], nearest: undefined, unreadable: undefined, ...expected },
    )
  })
}
