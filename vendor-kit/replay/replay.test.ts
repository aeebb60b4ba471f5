import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { destinations } from './destination.ts'
import { readFiles, sentFile, xmlFile } from './files.ts'
import { offersOf } from './offers.ts'
import { outcomeOf } from './outcome.ts'
import { report } from './report.ts'
import { table, wrapped } from './table.ts'

const folder = mkdtempSync(join(tmpdir(), 'helsevev-replay-'))
after(() => rmSync(folder, { recursive: true }))

const file = (content: unknown, path = 'folder/file.json') => sentFile(path, JSON.stringify(content))
const binary = (text: string) => ({ resourceType: 'Binary', contentType: 'application/json', data: Buffer.from(text).toString('base64') })

test('a folder gives its .json files in order of their names', async () => {
  for (const name of ['b.json', 'a.json', 'notes.txt']) writeFileSync(join(folder, name), '{"decimals": 37.0}')
  const files = await readFiles([folder, join(folder, 'notes.txt')])
  assert.deepEqual(
    files.map(({ name }) => name),
    ['a.json', 'b.json', 'notes.txt'],
  )
})

test('JSON that is not UTF-8 keeps its octets', async () => {
  const octets = Buffer.from('{"text":"bl\u00e5"}', 'latin1')
  writeFileSync(join(folder, 'latin1.json'), octets)
  const [latin1] = await readFiles([join(folder, 'latin1.json')])
  assert.deepEqual(latin1?.notUtf8, octets)
})

test('a file is sent as it stands, with the decimals of its numbers', () => {
  assert.equal(sentFile('a.json', '{ "value": 37.0 }').text, '{ "value": 37.0 }')
})

test('a byte order mark changes nothing about where a file goes, and is sent with it', () => {
  const allergy = '\uFEFF{"resourceType": "AllergyIntolerance"}'
  for (const one of [sentFile('a.json', allergy), file(binary(allergy))])
    assert.deepEqual([one.content, one.text], [{ resourceType: 'AllergyIntolerance' }, allergy])
})

test('JSON in a Binary is taken out of it', () => {
  assert.equal(file(binary('{"oktMessages": []}')).text, '{"oktMessages": []}')
})

test('a Binary of something else stays a Binary', () => {
  const pdf = binary('%PDF-1.7')
  assert.deepEqual(file(pdf).content, pdf)
})

const offer = (service: string, types: string[], operations: string[] = [], profiles: string[] = []) => ({
  service,
  types,
  operations,
  profiles,
})
const offers = [
  offer('municipal-services', ['EpisodeOfCare'], ['status', 'okt-event']),
  offer('test-results', [], ['status', 'kith-report']),
  offer('home-monitoring', ['Observation', 'Goal'], ['trend', 'vkp-alarm']),
  offer('hospital-medicines', ['MedicationAdministration', 'MedicationRequest'], ['status', 'lmdi']),
  offer('news2', ['Observation'], ['response-texts'], ['http://helsevev.no/fhir/StructureDefinition/no-news2']),
]

const places: [what: string, content: unknown, service: string, path: string][] = [
  ['an EpisodeOfCare', { resourceType: 'EpisodeOfCare' }, 'municipal-services', 'municipal-services/EpisodeOfCare'],
  ['an Observation', { resourceType: 'Observation' }, 'home-monitoring', 'home-monitoring/Observation'],
  ['a NEWS2 score', { resourceType: 'Observation', code: { coding: [{ code: '1104051000000101' }] } }, 'news2', 'news2/Observation'],
  [
    'the follow-up of an alarm',
    { resourceType: 'Bundle', type: 'document', entry: [{ resource: { resourceType: 'DetectedIssue' } }] },
    'home-monitoring',
    'home-monitoring/$vkp-alarm',
  ],
  [
    'a delivery of a hospital',
    {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: ['MedicationAdministration', 'Medication'].map((resourceType) => ({ resource: { resourceType } })),
    },
    'hospital-medicines',
    'hospital-medicines/$lmdi',
  ],
  [
    'an OktEvent by its profile',
    { resourceType: 'http://hl7.no/fhir/ig/okt/StructureDefinition/OktEvent' },
    'municipal-services',
    'municipal-services/$okt-event',
  ],
  [
    'an OktMessage alone',
    { resourceType: 'http://hl7.no/fhir/ig/okt/StructureDefinition/OktMessage' },
    'municipal-services',
    'municipal-services/$okt-event',
  ],
  ['an OktEvent without a type', { oktMessages: [] }, 'municipal-services', 'municipal-services/$okt-event'],
  ['an OktEvent in a Binary', binary('{"personIdentifier": "1"}'), 'municipal-services', 'municipal-services/$okt-event'],
  [
    'a Bundle of Observations',
    { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Observation' } }] },
    'home-monitoring',
    'home-monitoring',
  ],
  ['a Bundle of nothing', { resourceType: 'Bundle' }, 'municipal-services', 'municipal-services'],
  ['a type of no service', { resourceType: 'Organization' }, 'municipal-services', 'municipal-services/Organization'],
  ['a type that is none', { resourceType: '../admin' }, 'municipal-services', 'municipal-services/EpisodeOfCare'],
]
for (const [what, content, service, path] of places) {
  test(`${what} is sent to ${path}`, () => assert.deepEqual(destinations([file(content)], offers), [{ service, path }]))
}

test('XML is the message of a laboratory, sent octet by octet', async () => {
  const octets = Buffer.from('<?xml version="1.0" encoding="utf-8"?><a>Pr\xf8ve</a>', 'latin1')
  writeFileSync(join(folder, 'c.XML'), octets)
  const [file] = await readFiles([join(folder, 'c.XML')])
  assert.deepEqual(file?.octets, octets)
  const xml = xmlFile('folder/c.xml', octets)
  assert.deepEqual(destinations([xml], offers), [{ service: 'test-results', path: 'test-results/$kith-report' }])
  assert.equal(destinations([xml], offers, 'other')[0]?.path, 'other/$kith-report')
})

test('a type of no service goes where the other files of its folder go', () => {
  const sent = [
    file({ resourceType: 'Patient' }, 'one/a.json'),
    file({ resourceType: 'Observation' }, 'one/b.json'),
    file({ resourceType: 'EpisodeOfCare' }, 'two/c.json'),
  ]
  assert.equal(destinations(sent, offers)[0]?.path, 'home-monitoring/Patient')
})

test('a service that is said is used for everything', () => {
  assert.equal(destinations([file({ resourceType: 'Observation' })], offers, 'home-monitoring')[0]?.path, 'home-monitoring/Observation')
})

const adapter = (valueString: string) => ({ url: 'http://helsevev.no/fhir/StructureDefinition/adapter', valueString })

test('what is taken is read from the statements of the server: types that are written, and operations', async () => {
  const statements: Record<string, unknown> = {
    '/fhir/metadata': {
      rest: [{ documentation: 'https://other.example/fhir/news2/metadata https://other.example/fhir/test-results/metadata' }],
    },
    '/fhir/news2/metadata': {
      rest: [
        {
          resource: [{ type: 'Observation', interaction: [{ code: 'read' }, { code: 'create' }], supportedProfile: ['http://x/no-news2'] }],
          operation: [{ name: 'response-texts' }],
        },
      ],
    },
    '/fhir/test-results/metadata': {
      rest: [{ resource: [{ type: 'Specimen', interaction: [{ code: 'read' }] }], extension: [adapter('kith-report')] }],
    },
  }
  const server = createServer(({ url = '' }, reply) => reply.end(JSON.stringify(statements[url] ?? {})))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  try {
    const { port } = server.address() as AddressInfo
    assert.deepEqual(await offersOf(`http://127.0.0.1:${port}`), [
      offer('news2', ['Observation'], ['response-texts'], ['http://x/no-news2']),
      offer('test-results', [], ['kith-report']),
    ])
  } finally {
    server.close()
  }
})

const outcome = (...issue: { severity: string; code: string; expression?: string[]; text?: string }[]) => ({
  resourceType: 'OperationOutcome',
  issue: issue.map(({ severity, code, text = 'Because.', ...more }) => ({
    severity,
    code: 'invalid',
    details: { coding: [{ code }], text },
    ...more,
  })),
})
const answer = (status: number, body: unknown) => outcomeOf({ status, headers: new Headers(), body })

test('accepted as it is', () => {
  assert.deepEqual(answer(201, outcome({ severity: 'information', code: 'accepted' })), {
    verdict: 'accepted',
    status: 201,
    flags: [],
    faults: [],
  })
})

test('accepted with flags, each once', () => {
  const body = outcome(
    { severity: 'warning', code: 'narrative-dropped' },
    { severity: 'information', code: 'age-unknown' },
    { severity: 'warning', code: 'narrative-dropped' },
  )
  assert.deepEqual(answer(201, body), {
    verdict: 'accepted with flags',
    status: 201,
    flags: ['narrative-dropped', 'age-unknown'],
    faults: [],
  })
})

test('refused for every fault, with element and reason', () => {
  const body = outcome(
    { severity: 'error', code: 'a', expression: ['Observation.code'], text: 'First.' },
    { severity: 'error', code: 'b', text: 'Second.' },
  )
  assert.deepEqual(answer(422, body), {
    verdict: 'refused',
    status: 422,
    flags: [],
    faults: [
      { code: 'a', element: 'Observation.code', text: 'First.' },
      { code: 'b', element: '', text: 'Second.' },
    ],
  })
})

test('a batch is refused when one entry is, and the flags of the others are told', () => {
  const tag = [
    { system: 'http://helsevev.no/fhir/CodeSystem/flag', code: 'narrative-dropped' },
    { system: 'http://municipality.example', code: '4601' },
  ]
  const body = {
    resourceType: 'Bundle',
    type: 'batch-response',
    entry: [
      { resource: { resourceType: 'Observation', meta: { tag } }, response: { status: '201' } },
      { response: { status: '422', outcome: outcome({ severity: 'error', code: 'a', expression: ['Bundle.entry[1].resource.code'] }) } },
    ],
  }
  assert.deepEqual(answer(200, body), {
    verdict: 'refused',
    status: 422,
    flags: ['narrative-dropped'],
    faults: [{ code: 'a', element: 'Bundle.entry[1].resource.code', text: 'Because.' }],
  })
})

test('a transaction tells the flags of each entry', () => {
  const body = {
    resourceType: 'Bundle',
    type: 'transaction-response',
    entry: [{ response: { status: '201 Created', outcome: outcome({ severity: 'warning', code: 'a' }) } }],
  }
  assert.deepEqual(answer(200, body), { verdict: 'accepted with flags', status: 201, flags: ['a'], faults: [] })
})

const set = (code: string, key: string, head: string) => ({
  ...outcome({ severity: 'information', code }, { severity: 'warning', code: 'unit-not-known' }),
  extension: [
    { url: 'http://helsevev.no/fhir/StructureDefinition/record-set-key', valueString: key },
    { url: 'http://helsevev.no/fhir/StructureDefinition/record-set-head', valueReference: { reference: head } },
  ],
})

test('of a message it is told what became of it, what it is a version of, and why it waits', () => {
  assert.deepEqual(answer(201, set('message-stored', 'urn:oid:1|999|R-1', 'DiagnosticReport/a')), {
    verdict: 'accepted with flags',
    status: 201,
    flags: ['unit-not-known'],
    faults: [],
    message: { became: 'stored', key: 'urn:oid:1|999|R-1', head: 'DiagnosticReport/a' },
  })
  assert.deepEqual(answer(202, outcome({ severity: 'warning', code: 'message-queued', text: 'It names nobody.' })), {
    verdict: 'queued',
    status: 202,
    flags: [],
    faults: [],
    message: { became: 'queued', reason: 'It names nobody.' },
  })
})

test('the report of messages has a column for the version, and why one waits below its row', () => {
  const one = (file: string, status: number, body: unknown) => ({ file, ...answer(status, body) })
  assert.equal(
    report(
      [
        one('a.xml', 201, set('message-stored', 'urn:oid:1|999|R-1', 'DiagnosticReport/a')),
        one('b.xml', 200, set('message-older', 'urn:oid:1|999|R-1', 'DiagnosticReport/a')),
        one('c.xml', 200, set('message-unchanged', '|R-2', 'DiagnosticReport/b')),
        one('d.xml', 202, outcome({ severity: 'warning', code: 'message-queued', text: 'It names nobody.' })),
        one('e.xml', 400, outcome({ severity: 'error', code: 'not-xml', text: 'No XML.' })),
      ],
      80,
    ),
    `file   accepted        version of
-----  --------------  ------------------
a.xml  yes             R-1 at 999, 1 of 2
    unit-not-known
b.xml  yes, older      R-1 at 999, 2 of 2
    unit-not-known
c.xml  yes, unchanged  R-2
    unit-not-known
d.xml  queued
    It names nobody.
e.xml  refused 400
    not-xml: No XML.

0 accepted, 3 with flags, 1 refused, 1 queued
Of the messages accepted: 1 stored, 1 unchanged, 1 older
`,
  )
})

test('an answer that is no FHIR is told by its status', () => {
  assert.deepEqual(answer(502, '<html>'), { verdict: 'failed', status: 502, flags: [], faults: [] })
})

test('the report is an aligned table that prints no identity number', () => {
  const number = '1'.repeat(11)
  const text = report(
    [
      { file: `a-${number}.json`, verdict: 'accepted', status: 201, flags: [], faults: [] },
      { file: 'b.json', verdict: 'accepted with flags', status: 201, flags: ['narrative-dropped', 'date-without-time'], faults: [] },
      {
        file: 'c.json',
        verdict: 'refused',
        status: 422,
        flags: [],
        faults: [
          {
            code: 'unit-wrong',
            element: 'Observation.value',
            text: 'The unit is that of another measurement. Send the value in the unit of the chart.',
          },
          { code: 'security', element: '', text: `It says ${number}.` },
        ],
      },
    ],
    80,
  )
  assert.equal(
    text,
    `file             result
---------------  -------------------
a-[number].json  accepted
b.json           accepted with flags
    narrative-dropped, date-without-time
c.json           refused 422
    unit-wrong, Observation.value: The unit is that of another measurement. Send
      the value in the unit of the chart.
    security: It says [number].

1 accepted, 1 with flags, 1 refused
`,
  )
})

test('a table has columns as wide as their widest cell', () => {
  assert.equal(
    table([
      ['a', 'b'],
      ['long', 'x\ny'],
      ['', 'z'],
    ]),
    'a     b\n----  -\nlong  x\n      y\n      z\n',
  )
})

test('a word that is longer than the line has a line of its own', () => {
  assert.equal(wrapped('one extraordinarily long', 8), 'one\nextraordinarily\nlong')
})
