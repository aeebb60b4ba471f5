/** Test results through the API: the message of a laboratory comes in, FHIR goes out. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkFile } from '@helsevev/kernel/fhir/messages/check-file'
import { FLAG_SYSTEM } from '@helsevev/kernel/fhir/write/content'
import { codeIn, includedIn, matchesIn, problemOf, problemsOf, sentenceOf } from '@helsevev/kernel/testing/answers'
import { nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { Resource, ResourceType } from '@medplum/fhirtypes'
import { kithMessage, type MadeReport } from './made-up/kith-message.ts'
import testResults from './service.ts'

const { bergen, oslo } = organizations
const scopes = ['helsevev:test-results/read', 'helsevev:test-results/write']
const laboratory = system(oslo, { scopes })
const reader = nurse(bergen, { scopes })
let api: TestApi
before(async () => {
  api = await testApi([testResults])
  await api.agreement({ controller: oslo, receiver: bergen })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 100
const somebody = async (): Promise<Person> => {
  series += 1
  return await api.person(series)
}

const hemoglobin = {
  id: 'hb',
  codes: [[7280, 'NOR05172', 'B-Hemoglobin']] as const,
  number: '11.0',
  unit: 'g/dL',
  interval: '11,7 - 15,3',
  deviation: 2 as const,
}
const report = (patient: string | undefined, more: Partial<MadeReport> = {}): string =>
  kithMessage({
    patient,
    reportId: 'R-1',
    generated: '2026-01-12T09:00:00',
    collected: '2026-01-11T08:30:00',
    laboratory: { name: 'Laboratoriet', organization: '999888777' },
    requester: { name: 'Fastlege, Frida', practice: 'Fjellveien legesenter', hpr: '9990001' },
    copyTo: { name: 'Sykehjemmet', organization: '999888666' },
    results: [hemoglobin],
    ...more,
  })
const send = async (message: string | Buffer, who = laboratory): Promise<Reply> =>
  await api.as(who).post('/fhir/test-results/$kith-report', message as string, { 'content-type': 'application/xml' })
const find = async (type: string, person: Person, form: Record<string, string> = {}, who = reader) =>
  await api.as(who).search(type, { 'patient.identifier': person.number, ...form })
const found = async <Type extends ResourceType>(type: Type, person: Person, form: Record<string, string> = {}, who = reader) =>
  matchesIn(await find(type, person, form, who), type)

test('a report of a laboratory is read as FHIR: report, results, specimen, requisition and people', async () => {
  const kari = await somebody()
  const reply = await send(report(kari.number))
  assert.deepEqual([reply.status, problemOf(reply)], [201, 'message-stored'], JSON.stringify(reply.body))
  const read = await find('DiagnosticReport', kari, {
    _include: 'DiagnosticReport:based-on,DiagnosticReport:specimen,DiagnosticReport:result,DiagnosticReport:performer',
    '_include:iterate': 'ServiceRequest:requester,Observation:has-member',
  })
  const [head] = matchesIn(read, 'DiagnosticReport')
  assert.deepEqual([head?.status, codeIn(head?.category?.[0]), head?.issued], ['final', 'LAB', '2026-01-12T09:00:00+01:00'])
  const included = includedIn(read)
  assert.deepEqual(included.map(({ resourceType }) => resourceType).sort(), [
    'Observation',
    'PractitionerRole',
    'PractitionerRole',
    'ServiceRequest',
    'Specimen',
  ])
  const observation = included.find((one) => one.resourceType === 'Observation')
  assert.ok(observation)
  assert.deepEqual(observation.valueQuantity, { value: 11, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' })
  assert.equal(observation.effectiveDateTime, '2026-01-11T08:30:00+01:00')
  const [range] = observation.referenceRange ?? []
  assert.deepEqual([range?.text, range?.low?.value, range?.high?.value], ['11,7 - 15,3', 11.7, 15.3])
  assert.equal(codeIn(observation.interpretation?.[0]), '2')
  const roles = included.filter((one) => one.resourceType === 'PractitionerRole')
  assert.ok(roles.some(({ practitioner }) => practitioner?.display === 'Fastlege, Frida'))
})

test('a flag of one result stands on that result, and the answer and the check of a file say the same', async () => {
  const flagsOf = ({ meta }: Resource) => (meta?.tag ?? []).flatMap(({ system, code }) => (system === FLAG_SYSTEM ? [code] : []))
  const second = { id: 'crp', codes: hemoglobin.codes, number: '5', unit: 'mugg' }
  const rows: [comparator: 'GT' | 'NE', first: string[]][] = [
    ['GT', []],
    ['NE', ['comparator-kept-as-text']],
  ]
  for (const [comparator, first] of rows) {
    const kari = await somebody()
    const message = report(kari.number, { results: [{ ...hemoglobin, comparator }, second] })
    const said = problemsOf(await send(message))
    const [read] = (await checkFile(api.kernel, [testResults], Buffer.from(message))).taken
    const observations = await found('Observation', kari)
    const byValue = observations.map((one) => [one.valueQuantity?.unit === 'mugg' ? 'second' : 'first', flagsOf(one)])
    assert.deepEqual(Object.fromEntries(byValue), { first, second: ['unit-not-known'] }, comparator)
    assert.deepEqual((await found('DiagnosticReport', kari)).flatMap(flagsOf), [], comparator)
    assert.deepEqual(said.slice(1), [...first, 'unit-not-known'], comparator)
    assert.deepEqual(
      read?.issues.map(({ code }) => code),
      said.slice(1),
      comparator,
    )
    const tagged = await found('Observation', kari, { _tag: `${FLAG_SYSTEM}|unit-not-known` })
    assert.equal(tagged.length, 1)
  }
})

test('the decimals stand as the laboratory wrote them', async () => {
  const kari = await somebody()
  await send(report(kari.number))
  const [row] = await api.sql<{ content: string }[]>`select content from record where patient = ${kari.key} and type = 'Observation'`
  assert.match(row?.content ?? '', /"value":11\.0,/)
})

test('the same message again changes nothing, and a later one replaces what it says and keeps the ids', async () => {
  const kari = await somebody()
  await send(report(kari.number))
  const before = await found('Observation', kari)
  assert.deepEqual([(await send(report(kari.number))).status], [200])
  const later = report(kari.number, {
    generated: '2026-01-13T09:00:00',
    serviceType: 'M',
    results: [{ ...hemoglobin, number: '11.4', serviceType: 'M' }],
  })
  assert.equal((await send(later)).status, 201)
  const after = await found('Observation', kari)
  const [one] = after
  assert.deepEqual([after.length, one?.id, one?.status, one?.valueQuantity?.value], [1, before[0]?.id, 'amended', 11.4])
})

test('a message about another person than the register is flagged, says so to its readers, and in its row of the log', async () => {
  const rows: [said: string, differs: string | undefined][] = [
    ['<Name>Nordmann, Kari</Name><DateOfBirth V="1950-05-17"/>', undefined],
    ['<Name>Nordmann, Ola</Name>', 'name'],
    ['<Name>Kari Nordmann</Name><DateOfBirth V="1951-05-17"/>', 'birth date'],
  ]
  for (const [said, differs] of rows) {
    const kari = await somebody()
    await api.sql`update person set given_name = 'Kari', family_name = 'Nordmann' where patient = ${kari.key}`
    const reply = await send(report(kari.number).replace('<OffId>', `${said}<OffId>`))
    assert.equal(reply.status, 201, JSON.stringify(reply.body))
    const [head] = await found('DiagnosticReport', kari)
    const comments = (head?.extension ?? []).filter(({ valueString }) => valueString?.includes('Kontroller at svaret gjelder rett person'))
    const isFlagged = head?.meta?.tag?.some(({ code }) => code === 'patient-differs') ?? false
    const [row] = await api.sql`select reason from access_log where patient = ${kari.key} and event = '$kith-report'`
    assert.deepEqual(
      [comments.length, isFlagged, row?.reason ?? null],
      differs ? [1, true, `the message has another ${differs} than the register`] : [0, false, null],
      said,
    )
  }
})

test('versions in any order end alike, and a cancellation takes the results away', async () => {
  const versions = [
    { generated: '2026-01-12T09:00:00', status: 'P' },
    {
      generated: '2026-01-12T12:00:00',
      status: 'F',
      results: [
        hemoglobin,
        { id: 'crp', codes: [[7280, 'NPU19748', 'P-CRP']] as const, number: '5', comparator: 'LT' as const, unit: 'mg/L' },
      ],
    },
    { generated: '2026-01-13T09:00:00', serviceType: 'C', results: [] },
  ]
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
    [0, 2, 1],
  ]
  for (const order of orders) {
    const kari = await somebody()
    for (const index of order) await send(report(kari.number, versions[index] ?? {}))
    const [head] = await found('DiagnosticReport', kari)
    assert.deepEqual([head?.status, head?.result, (await found('Observation', kari)).length], ['cancelled', undefined, 0], order.join())
  }
})

test('of two versions made at the same time the later in the life of the report stands, whichever came first', async () => {
  for (const statuses of [
    ['P', 'F'],
    ['F', 'P'],
  ]) {
    const kari = await somebody()
    for (const status of statuses) await send(report(kari.number, { status }))
    assert.equal((await found('DiagnosticReport', kari))[0]?.status, 'final')
  }
})

test('one message id on two people makes two reports', async () => {
  const [kari, ola] = [await somebody(), await somebody()]
  for (const person of [kari, ola]) await send(report(person.number, { messageId: 'the-same' }))
  for (const person of [kari, ola]) assert.equal((await found('DiagnosticReport', person)).length, 1)
})

test('a message that names nobody is kept and told, not dropped', async () => {
  for (const [message, reason] of [
    [report(undefined), 'no-identity-number'],
    [report('7', { patientType: 'HNR' }), 'identity-not-national'],
    [report('1234567890'), 'identity-number-invalid'],
  ] as const) {
    const reply = await send(message)
    assert.deepEqual([reply.status, problemOf(reply)], [202, 'message-queued'])
    assert.match(sentenceOf(reply), new RegExp(reason))
  }
})

test('an attack in XML is refused: entities, depth, another root', async () => {
  const kari = await somebody()
  const attacks = [
    `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${report(kari.number).replace(/<\?xml[^>]*>/, '')}`,
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><lolz>&b;</lolz>',
    '<a>'.repeat(100) + '</a>'.repeat(100),
    '<Message xmlns="http://www.kith.no/xmlstds/labsvar/2012-02-15"><ServReport>&unknown;</ServReport></Message>',
    '',
  ]
  for (const attack of attacks) {
    const reply = await send(attack)
    assert.equal(reply.status, 400, attack.slice(0, 40))
    assert.equal(JSON.stringify(reply.body).includes('root:'), false)
  }
  assert.equal((await send('<Message xmlns="http://other.test"/>')).status, 422)
})

test('an encoding declared wrongly is read as what it is, and flagged', async () => {
  const latin = (text: string) => text.replace('utf-8', 'iso-8859-1')
  const rows: [about: string, octets: (text: string) => Buffer, flagged: boolean][] = [
    ['utf-8 as declared', (text) => Buffer.from(text), false],
    ['utf-8 declared latin', (text) => Buffer.from(latin(text)), true],
    ['latin declared utf-8', (text) => Buffer.from(text, 'latin1'), true],
    ['latin as declared', (text) => Buffer.from(latin(text), 'latin1'), false],
    ['utf-16 declared utf-8', (text) => Buffer.from(`\ufeff${text}`, 'utf16le'), true],
  ]
  for (const [about, octets, flagged] of rows) {
    const kari = await somebody()
    const reply = await send(octets(report(kari.number, { comment: 'Prøven ble målt på nytt' })))
    assert.equal(reply.status, 201, about)
    assert.equal(JSON.stringify(reply.body).includes('encoding-declared-wrongly'), flagged, about)
    const [head] = await found('DiagnosticReport', kari)
    assert.ok(JSON.stringify(head).includes('Prøven ble målt på nytt'), about)
  }
})

test('an identity number in a text is removed and flagged, never stored', async () => {
  const [kari, ola] = [await somebody(), await somebody()]
  const reply = await send(report(kari.number, { comment: `Gjelder ${kari.number}, bror av ${ola.number}`, reportId: `L${kari.number}` }))
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  assert.ok(JSON.stringify(reply.body).includes('identity-number-removed'))
  const rows = await api.sql<{ row: string }[]>`select r::text as row from record r where patient = ${kari.key}`
  assert.equal(
    rows.some(({ row }) => row.includes(kari.number) || row.includes(ola.number)),
    false,
  )
})

test('_tag finds the top of a tree by a code anywhere in it, and the tree is brought whole', async () => {
  const kari = await somebody()
  const susceptibility = { codes: [[7230, 'AMP', 'Ampicillin']] as const, textCodes: [[8271, 'R', 'Resistent']] as const, heading: 'RSB' }
  await send(
    report(kari.number, {
      discipline: 'MBIO',
      results: [
        {
          id: 'dyrkning',
          codes: [[7280, 'NPU06061', 'Dyrkning']],
          text: 'Vekst',
          results: [
            { textCodes: [[8271, 'ESCCOL', 'Escherichia coli']], heading: 'LR', name: 'Identifikasjon', results: [susceptibility] },
          ],
        },
      ],
    }),
  )
  for (const code of ['ESCCOL', 'urn:oid:2.16.578.1.12.4.1.1.7230|AMP', 'http://ehelse.no/fhir/CodeSystem/no-kodeverk-7230|AMP']) {
    const reply = await find('Observation', kari, { _tag: code, '_include:iterate': 'Observation:has-member' })
    assert.deepEqual([matchesIn(reply, 'Observation').length, includedIn(reply).length], [1, 2], code)
  }
})

test('the patient sees a pathology report later than staff, and a blood test at once', async () => {
  const kari = await somebody()
  await send(report(kari.number))
  const pathology = await send(
    report(kari.number, { reportId: 'H-1', discipline: 'HIST', results: [{ id: '1', text: 'Beskrivelse', heading: 'FU' }] }),
  )
  assert.equal(pathology.status, 201, JSON.stringify(pathology.body))
  assert.equal((await found('DiagnosticReport', kari)).length, 2)
  const citizen = {
    ...system(oslo),
    kind: 'citizen' as const,
    pid: kari.number,
    organization: bergen,
    scopes: ['helsevev:test-results/citizen'],
  }
  assert.deepEqual(
    (await found('DiagnosticReport', kari, {}, citizen)).map(({ code }) => codeIn(code)),
    ['CLIN'],
  )
  for (const type of ['Observation', 'Specimen', 'ServiceRequest'] as const)
    assert.equal((await found(type, kari, {}, citizen)).length, 1, type)
})
