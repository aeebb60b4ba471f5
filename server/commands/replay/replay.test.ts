import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createLog } from '@helsevev/kernel/log/log'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { identityNumberSystems, makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { readFiles } from '@helsevev/replay/files'
import { innerM1, m1, m5, m96 } from '@helsevev/service-e-prescriptions/testing/messages'
import { kithMessage } from '@helsevev/service-test-results/made-up/kith-message'
import { parseEnvironment } from '../../env.ts'
import { type System, startSystem } from '../../system.ts'
import { observe } from '../testing.ts'
import { asSynthetic } from './people.ts'

const data = mkdtempSync(join(tmpdir(), 'helsevev-replay-'))
const number = makeIdentityNumber({ birthDate: '1944-12-14', series: 320 })
const invalid = '1000239'

let database: TestDatabase
let system: System
let source: Record<string, string>
before(async () => {
  database = await testDatabase()
  source = {
    HELSEVEV_MODE: 'development',
    HELSEVEV_PORT: '0',
    HELSEVEV_ISSUER_PORT: '0',
    HELSEVEV_DATA: data,
    DATABASE_URL: database.url,
    DATABASE_MIGRATION_URL: database.ownerUrl,
  }
  const environment = parseEnvironment(source)
  assert.ok(!('sentences' in environment))
  system = await startSystem({ environment, log: createLog('silent'), withPortals: false, withStories: false })
})
after(async () => {
  await system?.close()
  await database?.close()
  rmSync(data, { recursive: true, force: true })
})

async function command(...words: string[]): Promise<{ code: number; printed: string }> {
  const { code, printed } = await observe(['replay', ...words, '--base-url', system.baseUrl, '--issuer', system.issuer], {
    source,
    width: 130,
  })
  for (const secret of [number, invalid]) assert.ok(!printed.includes(secret), 'an identity number was printed')
  return { code, printed }
}

let folders = 0
function folder(files: Record<string, unknown>): string {
  const path = mkdtempSync(join(data, `files-${folders++}-`))
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(path, name), typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const pulse = (value: string, more: object = {}) => ({
  resourceType: 'Observation',
  identifier: [{ system: 'http://ehr.example/id', value: `${value.length}-${folders}` }],
  status: 'final',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  subject: { identifier: { system: identityNumberSystems.FNR, value } },
  effectiveDateTime: '2026-01-10T08:00:00+01:00',
  performer: [{ display: 'Hjemmetjenesten' }],
  device: { display: 'Pulsoksymeter' },
  valueQuantity: { value: 72, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  ...more,
})

/** The row of a file with what stands below it. */
const line = (printed: string, name: string) => {
  const lines = printed.split('\n')
  const at = lines.findIndex((one) => one.startsWith(`${name} `))
  const below = lines.slice(at + 1).findIndex((one) => !one.startsWith('    '))
  return at < 0
    ? ''
    : lines
        .slice(at, at + 1 + below)
        .join('\n')
        .replaceAll(/\s+/g, ' ')
}

test('files are refused for unknown persons, and accepted when those are registered as an operator would', async () => {
  const files = folder({
    'a.json': pulse(number),
    'b.json': pulse(invalid),
    'okt.json': {
      resourceType: 'Binary',
      data: Buffer.from(
        JSON.stringify({
          personIdentifier: number,
          oktMessages: [{ startDate: '2026-01-01', iplosCode: { iplosCodeValue: '02' }, weeklyExtent: '7.5' }],
        }),
      ).toString('base64'),
    },
  })
  const before = await command(files)
  assert.equal(before.code, 0)
  assert.match(line(before.printed, 'a.json'), /refused 422 +person-unknown, Observation\.subject\.identifier: /)
  assert.match(before.printed, /\n0 accepted, 0 with flags, 3 refused\n$/)

  const { code, printed } = await command(files, '--register')
  assert.equal(code, 0)
  assert.match(printed, /^Persons in the files: 2\. Registered: 2, known before: 0, refused for a wrong number: 0\.\n/)
  assert.match(printed, /^3 files sent to .* by fjordjournal-ehr for 964338531$/m)
  assert.match(line(printed, 'a.json'), /accepted$/)
  assert.match(line(printed, 'b.json'), /accepted with flags +identity-number-invalid$/)
  assert.match(line(printed, 'okt.json'), /accepted with flags +weekly-extent-unit-assumed, iplos-code-zero-padded$/)
  assert.match(printed, /\n1 accepted, 2 with flags, 0 refused\n$/)
})

test('made-up persons take the place of those named by number, by reference or not at all', async () => {
  const files = folder({
    'invalid.json': pulse(invalid),
    'local.json': pulse('', { identifier: [{ system: 'http://ehr.example/id', value: 'local' }], subject: { reference: 'Patient/4711' } }),
    'bundle.json': {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [{ fullUrl: 'urn:uuid:1', resource: pulse(invalid), request: { method: 'POST', url: 'Observation' } }],
    },
  })
  const { code, printed } = await command(files, '--register', '--as', 'synthetic')
  assert.equal(code, 0)
  assert.match(printed, /^Persons in the files: 2\. Registered: 2,/)
  assert.match(printed, /\n3 accepted, 0 with flags, 0 refused\n$/)
})

const labReport = (patient: string | undefined, more: object = {}) =>
  kithMessage({
    patient,
    reportId: 'R-1',
    generated: '2026-01-12T09:00:00',
    laboratory: { name: 'Laboratoriet', organization: '999888777' },
    results: [{ id: 'hb', codes: [[7280, 'NOR05172', 'B-Hemoglobin']], number: '11.0', unit: 'g/dL' }],
    ...more,
  })

test('messages of a laboratory are sent by one; sent again they change nothing, and what names nobody waits', async () => {
  const files = folder({
    '1.xml': labReport(number),
    '2.XML': labReport(number, { generated: '2026-01-13T09:00:00', serviceType: 'M' }),
    '3.xml': labReport(undefined),
  })
  const { code, printed } = await command(files, '--register')
  assert.equal(code, 0)
  assert.match(printed, /^3 files sent to .* by fjellsyn-lis$/m)
  assert.match(line(printed, '1.xml'), /yes +R-1 at 999888777, 1 of 2$/)
  assert.match(line(printed, '2.XML'), /yes +R-1 at 999888777, 2 of 2$/)
  assert.match(line(printed, '3.xml'), /queued .*\(no-identity-number\)/)
  assert.match(printed, /\n2 accepted, 0 with flags, 0 refused, 1 queued\nOf the messages accepted: 2 stored\n$/)

  const again = await command(files)
  assert.match(line(again.printed, '1.xml'), /yes, older/)
  assert.match(line(again.printed, '2.XML'), /yes, unchanged/)
})

test('a folder with messages of a laboratory and FHIR of a municipality is sent by both', async () => {
  const other = { identifier: [{ system: 'http://ehr.example/id', value: 'mixed' }] }
  const files = folder({ 'a.json': pulse(number), 'lab.xml': labReport(number, { reportId: 'R-mixed' }), 'z.json': pulse(number, other) })
  const { code, printed } = await command(files, '--register')
  assert.equal(code, 0)
  assert.match(printed, /^2 files sent to .* by fjordjournal-ehr for 964338531\n1 file sent to .* by fjellsyn-lis\n$/m)
  assert.match(printed, /\n3 accepted, 0 with flags, 0 refused/)
  assert.match((await command(files, '--client', 'fjellsyn-lis')).printed, /^3 files sent to .* by fjellsyn-lis$/m)
})

test('messages of e-prescription are found by their schema, sent by a municipality, and each has a row', async () => {
  const chain = { patient: invalid, id: '0b1a3c4d-0000-4000-8000-00000000a001' }
  const recall = m5(chain, '0b1a3c4d-0000-4000-8000-00000000a002', '2026-01-03T09:00:00Z')
  const files = folder({
    'm1.xml': m1(chain, '2026-01-02T09:00:00Z'),
    'm5.xml': recall,
    'other.xml': recall.replaceAll('Tilbakekalling', 'Ukjent'),
  })
  const { printed } = await command(files, '--register', '--as', 'synthetic')
  assert.match(printed, /^Persons in the files: 1\./)
  assert.match(printed, /^3 files sent to .* by fjordjournal-ehr for 964338531$/m)
  assert.match(line(printed, 'm1.xml'), /yes/)
  assert.match(line(printed, 'm5.xml'), /yes/)
  assert.match(line(printed, 'other.xml'), /other-message|unknown|unreadable/)
})

test('folders in a folder are sent too, each file by the client that sends such files', async () => {
  const files = folder({ 'a.json': pulse(number, { identifier: [{ system: 'http://ehr.example/id', value: 'nested' }] }) })
  for (const [path, content] of [
    ['lab/1/r.xml', labReport(number, { reportId: 'R-nested' })],
    ['e-resept/m1.xml', m1({ patient: number, id: '0b1a3c4d-0000-4000-8000-00000000a011' }, '2026-01-02T09:00:00Z')],
    ['hospital/Organization.json', JSON.stringify({ resourceType: 'Organization' })],
    ['hospital/given.json', JSON.stringify({ resourceType: 'MedicationAdministration', status: 'completed' })],
  ] as const) {
    mkdirSync(join(files, path, '..'), { recursive: true })
    writeFileSync(join(files, path), content)
  }
  const { printed } = await command(files, '--register')
  for (const sender of [
    /^2 files sent to .* by fjordjournal-ehr for/m,
    /^1 file sent to .* by fjellsyn-lis$/m,
    /^2 files sent to .* by helse-vest-ehr$/m,
  ])
    assert.match(printed, sender)
  assert.match(line(printed, 'lab/1/r.xml'), /yes/)
  assert.match(line(printed, 'e-resept/m1.xml'), /yes/)
  assert.doesNotMatch(printed, /not-producing/)
})

test('no number of a person is left in what is sent as synthetic, and what cannot be replaced is refused', async () => {
  const chain = { patient: number, id: '0b1a3c4d-0000-4000-8000-00000000a021' }
  const time = '2026-01-02T09:00:00Z'
  const message = m96(number, '0b1a3c4d-0000-4000-8000-00000000a022', time, [[chain.id, 'E']], [innerM1(chain, time)])
  const files = folder({ 'm96.xml': message, 'note.json': pulse(number, { note: [{ text: `Pårørende ${number}` }] }) })
  const read = await readFiles([files])
  const { files: sent, people } = asSynthetic(read)
  assert.deepEqual(new Set(people.map((person) => person.number)).size, 1)
  for (const { text } of sent) {
    const inner = [...text.matchAll(/[A-Za-z0-9+/=\s]{40,}/g)].map(([run]) => Buffer.from(run, 'base64').toString('latin1'))
    for (const one of [text, ...inner]) assert.ok(!one.includes(number), 'the number is left')
    assert.ok(text.includes(people[0]?.number ?? '-'))
  }
  assert.match(sent.find(({ name }) => name === 'm96.xml')?.text ?? '', /<.*Base64Container|base64/i)
  const hidden = m1({ ...chain, id: '0b1a3c4d-0000-4000-8000-00000000a023' }, time).replace('Paracet', `X${number}Y`)
  const { code, printed } = await command(folder({ 'hidden.xml': hidden }), '--as', 'synthetic')
  assert.deepEqual([code, /cannot be read: hidden\.xml has a number in it that cannot be replaced/.test(printed)], [1, true])
  const wide = folder({})
  writeFileSync(join(wide, 'wide.xml'), Buffer.from(m1(chain, time), 'utf16le'))
  assert.match((await command(wide, '--as', 'synthetic')).printed, /wide\.xml is UTF-16/)
})

test('a made-up person takes the place of the one in a message, octet by octet', async () => {
  const files = folder({})
  writeFileSync(join(files, 'latin.xml'), Buffer.from(labReport(invalid, { comment: 'Prøven' }).replace('utf-8', 'iso-8859-1'), 'latin1'))
  const { printed } = await command(files, '--register', '--as', 'synthetic')
  assert.match(printed, /^Persons in the files: 1\./)
  assert.match(printed, /\n1 accepted, 0 with flags, 0 refused\n/)
})

test('what no service takes is refused with what it takes; what is no JSON, as that', async () => {
  const files = folder({ 'Organization.json': { resourceType: 'Organization', name: 'Hjemmetjenesten' }, 'text.json': 'no JSON' })
  const { code, printed } = await command(files)
  assert.equal(code, 0)
  assert.match(
    line(printed, 'Organization.json'),
    /refused 404 +unknown-interaction: Critical information does not offer create of Organization/,
  )
  assert.match(line(printed, 'text.json'), /refused 400 +not-json: The body is not JSON/)
})

test('a patient whom nobody can find does not hide what else is wrong', async () => {
  const files = folder({
    'weight.json': pulse('', { subject: { reference: 'Patient/1' }, code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] } }),
  })
  const { printed } = await command(files, '--service', 'news2')
  assert.match(printed, /patient-identifier, Observation\.subject\.identifier: /)
  assert.match(printed, /not-news2, Observation\.code: /)
})

test("another customer of a vendor, and a trust's own client, send by data alone", async () => {
  const files = folder({ 'a.json': pulse(number) })
  assert.match((await command(files, '--organization', '958935420')).printed, /by tindejournal-ehr for 958935420$/m)
  assert.match((await command(files, '--organization', '983658725')).printed, /by helse-vest-ehr$/m)
  assert.match((await command(files, '--client', 'tindejournal-ehr')).printed, /by tindejournal-ehr for 958935420$/m)
})

test('a vendor that nobody has let act is refused a token, with what the identity provider says', async () => {
  const { code, printed } = await command(
    folder({ 'a.json': pulse(number) }),
    '--client',
    'fjordjournal-ehr',
    '--organization',
    '958935420',
  )
  assert.equal(code, 1)
  assert.match(printed, /gave no token: access_denied: HID-/)
})

test('a server that is not reached is said so', async () => {
  const words = ['replay', folder({ 'a.json': pulse(number) }), '--base-url', system.baseUrl, '--issuer', 'http://localhost:9']
  const { code, err } = await observe(words, { source })
  assert.equal(code, 1)
  assert.match(err, /^The server at .* or the identity provider at http:\/\/localhost:9 was not reached .* npm start/)
})

test('as JSON, what became of each file stands under its name, and nothing else is printed', async () => {
  const { code, printed } = await command(folder({ 'a.json': pulse(number) }), '--json')
  const { files, client } = JSON.parse(printed)
  assert.deepEqual([code, client, files[0].file, files[0].verdict], [0, 'fjordjournal-ehr', 'a.json', 'accepted'])
})

const refusals: [words: string[], sentence: RegExp, code: number][] = [
  [['/nothing-here'], /^A file cannot be read: ENOENT/, 1],
  [['.', '--client', 'nobody'], /^The client nobody is none of the made-up ones/, 1],
  [['.', '--client', 'nobody', '--organization', '964338531'], /^The key of the client nobody cannot be read/, 1],
  [['.', '--organization', '12'], /^--organization takes an organisation number, nine digits, which "12" is not/, 2],
  [['.', '--as', 'real'], /^--as takes synthetic, which "real" is not/, 2],
  [['.', '--loud'], /^--loud is no option of replay/, 2],
]
for (const [words, sentence, expected] of refusals) {
  test(`the words "${words.join(' ')}" are answered with a sentence`, async () => {
    const { code, printed } = await command(...words.map((word) => (word === '.' ? folder({ 'a.json': pulse(number) }) : word)))
    assert.match(printed, sentence)
    assert.equal(code, expected)
  })
}

test('a folder without files is said so', async () => {
  assert.match((await command(folder({}))).printed, /^There is no \.json or \.xml file in /)
})
