import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { identityNumberSystems, makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { m1 } from '@helsevev/service-e-prescriptions/testing/messages'
import { kithMessage } from '@helsevev/service-test-results/made-up/kith-message'
import { observe } from '../testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'helsevev-validate-'))
after(() => rmSync(folder, { recursive: true }))

const number = makeIdentityNumber({ birthDate: '1951-02-03', series: 4 })
const subject = { identifier: { system: identityNumberSystems.FNR, value: number } }

async function command(...words: string[]): Promise<{ code: number; printed: string }> {
  // No database is named, and none is started.
  const { code, printed } = await observe(['validate', ...words])
  assert.doesNotMatch(printed, /(?<!\d)\d{11}(?!\d)/, 'an identity number was printed')
  return { code, printed }
}

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content))
  return path
}

const pulse = (more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  subject,
  effectiveDateTime: '2026-01-10T08:00:00+01:00',
  valueQuantity: { value: 72, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  device: { display: 'Pulse oximeter' },
  ...more,
})
const report = (patient: string | undefined) =>
  kithMessage({
    patient,
    reportId: 'R-1',
    generated: '2026-01-12T09:00:00',
    laboratory: { name: 'Laboratoriet', organization: '999888777' },
    results: [{ id: '1', codes: [[7280, 'NPU03230', 'P-Kalium']], number: '4.1', unit: 'mmol/L' }],
  })
const event = {
  personIdentifier: number,
  oktMessages: [{ startDate: '2026-01-01', iplosCode: { iplosCodeValue: '02' }, weeklyExtent: '7.5' }],
}

const files: [string, unknown, number, RegExp][] = [
  ['pulse.json', pulse(), 0, /^.*pulse\.json: taken by home-monitoring, POST \/fhir\/home-monitoring\/Observation$/m],
  ['report.xml', report(number), 0, /report\.xml: taken by test-results, POST \/fhir\/test-results\/\$kith-report/],
  [
    'm1.xml',
    m1({ patient: number, id: 'x-1' }, '2026-01-02T09:00:00Z'),
    0,
    /m1\.xml: taken by e-prescriptions, POST \/fhir\/e-prescriptions\/\$e-prescription/,
  ],
  ['nobody.xml', report(undefined), 0, /flag message-queued\n {4}The message would be kept.*\n.*no-identity-number/],
  ['event.json', event, 0, /taken by municipal-services, POST \/fhir\/municipal-services\/\$okt-event/],
  [
    'wrapped.json',
    { resourceType: 'Binary', contentType: 'application/json', data: Buffer.from(JSON.stringify(event)).toString('base64') },
    0,
    /taken by municipal-services/,
  ],
  ['lone.json', event.oktMessages[0], 1, /not taken by municipal-services.*\n {2}error person-identifier-missing at personIdentifier/],
  [
    'alarm.json',
    { resourceType: 'Bundle', type: 'document', entry: [] },
    1,
    /not taken by home-monitoring, POST \/fhir\/home-monitoring\/\$vkp-alarm\n {2}error invalid-resource at Bundle/,
  ],
  [
    'odd-alarm.json',
    {
      resourceType: 'Bundle',
      type: 'document',
      identifier: { value: 'a-1' },
      timestamp: '2026-01-10T08:00:00Z',
      entry: [
        { resource: { resourceType: 'Composition', subject } },
        { resource: { resourceType: 'DetectedIssue', identifier: [null], patient: subject, author: { reference: 'urn:uuid:d' } } },
        { fullUrl: 'urn:uuid:d', resource: { resourceType: 'Device', identifier: [null] } },
      ],
    },
    1,
    /not taken by home-monitoring, POST \/fhir\/home-monitoring\/\$vkp-alarm\n {2}error cardinality/,
  ],
  [
    'gap-alarm.json',
    {
      resourceType: 'Bundle',
      type: 'document',
      identifier: { value: 'a-1' },
      timestamp: '2026-01-10T08:00:00Z',
      entry: [
        null,
        { resource: { resourceType: 'Composition', subject } },
        { resource: { resourceType: 'DetectedIssue', patient: subject } },
      ],
    },
    1,
    /not taken by home-monitoring.*\n {2}error json-type at Bundle\.entry\[0\]/,
  ],
  [
    'odd-type.json',
    { resourceType: 'EpisodeOfCare', status: 'active', patient: subject, period: { start: '2026-01-01' }, type: [{ coding: true }] },
    1,
    /not taken by municipal-services, POST \/fhir\/municipal-services\/EpisodeOfCare\n {2}error/,
  ],
  ['broken.xml', '<Message><Type>', 1, /not taken by test-results.*\n {2}error not-xml/],
  [
    'patient.json',
    { resourceType: 'Patient' },
    1,
    /taken by no service\n {2}error unknown-interaction\n {4}No service here takes a resource of the type Patient/,
  ],
  [
    'faulty.json',
    pulse({ status: 'over', subject: { display: number } }),
    1,
    /not taken by home-monitoring.*\n {2}error patient-identifier at Observation\.subject\.identifier\n {4}Give subject\.identifier/,
  ],
  [`${number}.json`, pulse({ [number]: 1 }), 1, /\[identity number\]\.json: not taken by home-monitoring/],
]
for (const [name, content, code, said] of files) {
  test(`${name.replace(number, 'a name with a number')} is told to be ${code === 0 ? 'taken' : 'faulty'}`, async () => {
    const checked = await command(file(name, content))
    assert.equal(checked.code, code, checked.printed)
    assert.match(checked.printed, said)
  })
}

test('a folder and its folders are checked whole, and one faulty file is the exit code', async () => {
  file('whole/a.json', pulse())
  file('whole/inside/b.JSON', pulse({ status: undefined }))
  file('whole/read.me', 'not looked at')
  const { code, printed } = await command(join(folder, 'whole'))
  assert.equal(code, 1)
  assert.match(printed, /^a\.json: taken by home-monitoring/m)
  assert.match(printed, /^inside\/b\.JSON: not taken by/m)
  assert.match(printed, /^2 files: 1 taken, 1 not$/m)
})

test('with --service only that one is asked', async () => {
  const path = file('one.json', pulse())
  const { code, printed } = await command(path, '--service', 'municipal-services')
  assert.equal(code, 1)
  assert.match(printed, /No service here takes a resource of the type Observation\. What they take: municipal-services: EpisodeOfCare,/)
  assert.equal((await command(path, '--service', 'home-monitoring')).code, 0)
})

test('one fault at many places is told once', async () => {
  const entry = [1, 2, 3].map((value) => ({
    request: { method: 'POST', url: 'Observation' },
    resource: pulse({ status: undefined, identifier: [{ system: 'urn:own', value: `${value}` }] }),
  }))
  const { printed } = await command(file('batch.json', { resourceType: 'Bundle', type: 'batch', entry }), '--service', 'home-monitoring')
  assert.match(printed, /error cardinality at Bundle\.entry\[0\]\.resource\.status, and 2 places more/)
  assert.equal(printed.match(/error cardinality/g)?.length, 1)
})

test('as JSON, each file has those that take it or the faults', async () => {
  const { code, printed } = await command(file('json.json', pulse({ status: 'over' })), '--json')
  assert.equal(code, 1)
  const [checked] = JSON.parse(printed).files
  assert.deepEqual([checked.taken, checked.nearest.service], [[], 'home-monitoring'])
})

for (const [name, words, expected, said] of [
  ['nothing', [], 2, /^PATHS is missing/],
  ['an option that is none', ['x.json', '--all'], 2, /^--all is no option of validate/],
  ['a file that is not there', [join(folder, 'none.json')], 1, /^There is no file or folder .*none\.json\. Check the path\.\s*$/],
  ['a folder without files', [mkdtempSync(join(folder, 'empty-'))], 1, /^There is no \.json or \.xml file/],
  ['a service that is none', [folder, '--service', 'x'], 1, /^There is no service of that id\. There are .*news2/],
] as const) {
  test(`${name} is answered with a sentence`, async () => {
    const { code, printed } = await command(...words)
    assert.equal(code, expected)
    assert.match(printed, said)
  })
}
