/** The rules of R4 for searches, each row with the clause it comes from: http://hl7.org/fhir/R4/search.html#{clause} */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parseLogicalId } from '../../store/ids.ts'
import { bundleOf, entriesOf, idOf, matchesIn, problemOf, resourceOf } from '../../testing/answers.ts'
import { organizations, pulse, type Reply, system, type TestApi, testApi } from '../../testing/api.ts'

const bergen = system(organizations.bergen)
let api: TestApi
let number: string
let other: string
const ids = new Map<string, string>()

const SETS = 'http://helsevev.no/fhir/ValueSet/'
const LOINC = 'http://loinc.org'
const breaths = { coding: [{ system: LOINC, code: '9279-1', display: 'Pulsårens 7.5 slag/min' }] }
const named = (text: string) => ({ coding: [{ system: LOINC, code: '8867-4' }], text })
const note = [{ text: 'A note is not in a summary.' }]

/** What is stored, by a letter: `at` is the time, `code` the identifier; `member` is the letter of the record that it refers to. */
const stored: Record<string, { at: string; identifier: object[]; member?: string } & Record<string, unknown>> = {
  a: {
    at: '2026',
    identifier: [{ system: 'urn:s', value: 'A,B' }],
    note,
    code: named("B-Hemoglobin (P-Kalium/Na+), Crohn's"),
  },
  b: { at: '2026-01', identifier: [{ system: 'urn:s', value: 'A|B' }], code: { ...breaths, text: 'Åndedrag' } },
  d: { at: '2026-01-01T00:00:00+01:00', identifier: [{ system: 'urn:s,x', value: 'C$' }] },
  c: { at: '2026-01-01', identifier: [{ system: 'urn:s', value: 'B' }], member: 'd', code: named('P-Natrium') },
  e: { at: '2026-01-12', identifier: [{ value: 'D\\', type: { text: 'Lokalt nummer' } }], status: 'preliminary', member: 'c' },
}

before(async () => {
  api = await testApi()
  const person = await api.person(1)
  other = (await api.person(2)).number
  number = person.number
  for (const [letter, { at, member, ...more }] of Object.entries(stored)) {
    const [to] = [...ids].find(([, known]) => known === member) ?? []
    const hasMember = to ? { hasMember: [{ reference: `Observation/${to}` }] } : {}
    const sent = pulse(person, { effectiveDateTime: at, ...hasMember, ...more })
    const created = await api.as(bergen).post('/fhir/measurements/Observation', sent)
    assert.equal(created.status, 201, JSON.stringify(created.body))
    ids.set(String((created.body as { id: string }).id), letter)
  }
})
after(async () => await api.close())

const ask = async (query: string, headers: Record<string, string> = {}): Promise<Reply> =>
  await api.as(bergen).post('/fhir/measurements/Observation/_search', `patient.identifier=${number}&${query}`, {
    'content-type': 'application/x-www-form-urlencoded',
    ...headers,
  })
const letters = (reply: Reply) =>
  matchesIn(reply, 'Observation')
    .map(({ id }) => ids.get(id ?? ''))
    .toSorted()
    .join('')

// biome-ignore format: a table, one row to a line
const rows: [clause: string, query: string, found: string][] = [
  // A day is found by a search from its noon, and the whole day is not before it.
  ['prefix gt',        'date=gt2026-01-12T12:00:00%2B01:00',        'abe'],
  ['prefix ge',        'date=ge2026-01-12T12:00:00%2B01:00',        'abe'],
  ['prefix lt',        'date=lt2026-01-12T12:00:00%2B01:00',        'abcde'],
  ['prefix le',        'date=le2026-01-12',                         'abcde'],
  ['prefix sa',        'date=sa2026-01-12T12:00:00%2B01:00',        ''],
  ['prefix sa',        'date=sa2026-01-11',                         'e'],
  ['prefix eb',        'date=eb2026-01-12T12:00:00%2B01:00',        'cd'],
  ['prefix eb',        'date=eb2026-01-15',                         'cde'],
  ['prefix ap',        'date=ap2026-01-12',                         'abe'],
  ['prefix eq',        'date=2026-01-01',                           'cd'],
  ['prefix eq',        'date=eq2026-01',                            'bcde'],
  ['prefix eq',        'date=2026',                                 'abcde'],
  ['prefix ne',        'date=ne2026-01-01',                         'abe'],
  ['prefix ge',        'date=ge2026-01-15',                         'ab'],
  ['date, time zone',  'date=2025-12-31T23:00:00Z',                 'd'],
  ['combining, and',   'date=ge2026-01-01&date=le2026-01-01&date=eb2026-01-10', 'cd'],
  ['combining, or',    'date=2026-01-12,2026-01-01',                'cde'],
  ['escaping ,',       'identifier=urn:s|A%5C,B',                   'a'],
  ['escaping |',       'identifier=urn:s|A%5C|B',                   'b'],
  ['escaping $',       'identifier=C%5C$',                          'd'],
  ['escaping \\',      'identifier=D%5C%5C',                        'e'],
  ['escaping in system', 'identifier=urn:s%5C,x|',                  'd'],
  ['token code',       'identifier=B',                              'c'],
  ['token |code',      'identifier=|D%5C%5C',                       'e'],
  ['token |code',      'identifier=|B',                             ''],
  ['token system|',    'identifier=urn:s|',                         'abc'],
  ['token :not',       'status:not=final',                          'e'],
  ['token :not, or',   'status:not=final,preliminary',              ''],
  ['modifiers :missing', 'identifier:missing=false',                'abcde'],
  ['modifiers :missing', 'has-member:missing=true',                 'abd'],
  // Words: case, combining characters and punctuation are no difference, and a text is found from the beginning of each word.
  ['token :text',      'code:text=pulsarens',                       'b'],
  ['token :text',      'code:text=%C3%85NDE',                       'b'],
  ['token :text',      'code:text=drag',                            ''],
  ['token :text',      'code:text=7.5 SLAG%5C,min',                 'b'],
  ['token :text',      'code:text=75',                              ''],
  ['token :text, or',  'code:text=nothing,slag',                    'b'],
  // Signs divide words, and join them.
  ['token :text',      'code:text=hemoglobin',                      'a'],
  ['token :text',      'code:text=hemo',                            'a'],
  ['token :text',      'code:text=b-hemo',                          'a'],
  ['token :text',      'code:text=B%20hemo',                        'a'],
  ['token :text',      'code:text=bhemo',                           'a'],
  ['token :text',      'code:text=kalium',                          'a'],
  ['token :text',      'code:text=(P-Kal',                          'a'],
  ['token :text',      'code:text=na',                              'ac'],
  ['token :text',      'code:text=crohns',                          'a'],
  ['token :text',      'code:text=globin',                          ''],
  ['token :text',      'identifier:text=lokalt',                    'e'],
  ['token :in',        `code:in=${SETS}test-measurement-code`,      'abcde'],
  ['token :in',        'code:in=ValueSet/test-measurement-code',    'abcde'],
  ['token :in',        'status:in=http://hl7.org/fhir/ValueSet/observation-status', 'abcde'],
  ['token :in, version', 'status:in=http://hl7.org/fhir/ValueSet/observation-status|4.0.1', 'abcde'],
  ['token :in',        'code:in=http://hl7.org/fhir/ValueSet/observation-status', ''],
  ['string',           'unit=/MI',                                  'abcde'],
  ['string',           'unit=in',                                   ''],
  ['string :contains', 'unit:contains=IN',                          'abcde'],
  ['string :exact',    'unit:exact=/min',                           'abcde'],
  ['string :exact',    'unit:exact=/MIN',                           ''],
  ['modifiers :missing', 'unit:missing=true',                       ''],
  ['modifiers :missing', 'unit:missing=false&status=preliminary',   'e'],
  ['has',              '_has:Observation:has-member:status=preliminary', 'c'],
  ['has, or',          '_has:Observation:has-member:status=preliminary,final', 'cd'],
  ['has, modifier',    '_has:Observation:has-member:status:not=final', 'c'],
  ['has, each by itself', '_has:Observation:has-member:identifier=B&_has:Observation:has-member:date=ge2026-01-12', ''],
  ['has, chained',     '_has:Observation:has-member:_has:Observation:has-member:status=preliminary', 'd'],
  ['has, with more',   '_has:Observation:has-member:_lastUpdated=ge2000&identifier=B', 'c'],
  ['has, text',        '_has:Observation:has-member:identifier:text=LOKALT', 'c'],
  ['has, text',        '_has:Observation:has-member:code:text=natrium', 'd'],
  ['has, text',        '_has:Observation:has-member:code:text=p-nat', 'd'],
  ['modifiers :missing', 'date:missing=true',                       ''],
  ['quantity eq',      'value-quantity=72|http://unitsofmeasure.org|/min', 'abcde'],
  ['quantity sa',      'value-quantity=sa71||/min',                 'abcde'],
  ['quantity eb',      'value-quantity=eb72||/min',                 ''],
  ['quantity ne',      'value-quantity=ne72||/min',                 ''],
  ['lastUpdated',      '_lastUpdated=ge2000',                       'abcde'],
  ['lastUpdated',      '_lastUpdated=ne2000,lt2000',                'abcde'],
]
for (const [clause, query, found] of rows)
  test(`${clause}: ${query} finds ${found || 'nothing'}`, async () => {
    const reply = await ask(query)
    assert.equal(reply.status, 200, JSON.stringify(reply.body))
    assert.equal(letters(reply), found)
  })

// biome-ignore format: a table, one row to a line
const refused: [why: string, query: string][] = [
  ['a value that is empty',                     'code='],
  ['a value that is blank',                     '_id=%20'],
  ['an empty value between commas',             'status=final,,preliminary'],
  ['a bar alone',                               'status=|'],
  ['an unknown parameter',                      'colour=red'],
  ['an unknown modifier',                       'code:below=1'],
  ['a value set of another version',            'status:in=http://hl7.org/fhir/ValueSet/observation-status|9.9'],
  ['a system of no person',                     'patient.identifier=http://x|A'],
  ['a system of an organisation',               'subject.identifier=urn:oid:2.16.578.1.12.4.1.4.101|A'],
  ['a modifier of another type',                'date:not=2026'],
  ['a value that cannot be seen',               'code:text=%E2%80%8B'],
  ['a value that cannot be seen, among others', 'status=final,%E2%80%8B'],
  ['a bar that is not escaped',                 'code=a|b|c'],
  ['a bar that is not escaped, of the patient', 'subject.identifier=a|b|c'],
  ['a quantity of another system',              'value-quantity=72|http://example.org|/min'],
  ['a backslash before nothing',                'identifier=a%5Cb'],
  ['a unit that UCUM does not know',            'value-quantity=5||bogus'],
  ['a plus that became a blank',                'value-quantity=5||g+m'],
  ['a plus that became a blank in a time',      'date=2026-01-01T00:00:00+01:00'],
  ['a number without unit',                     'value-quantity=5'],
  ['a count given twice',                       '_count=1&_count=2'],
  ['an order that is not offered',              '_sort=code'],
  ['an element that the type does not have',    '_elements=colour'],
  ['a summary that R4 does not have',           '_summary=short'],
  ['a narrative together with links',           '_summary=text&_include=Observation:has-member'],
  ['words with nothing to search for',          'code:text=--'],
  ['words of a code that has none',             'status:text=final'],
  ['a value set that nobody knows',             'code:in=http://example.org/ValueSet/a'],
  ['a referring type that is not there',        '_has:Patient:link:name=a'],
  ['a parameter that is no reference',          '_has:Observation:code:code=a'],
  ['a reference without a parameter',           '_has:Observation:has-member=a'],
  ['an unknown parameter behind a reference',   '_has:Observation:has-member:colour=a'],
  ['a chain without end',                       `${'_has:Observation:has-member:'.repeat(4)}status=final`],
  ['a modifier that strings do not have',       'unit:not=a'],
  ['missing that is neither',                   'code:missing=yes'],
]
for (const [why, query] of refused)
  test(`refused: ${why}`, async () => {
    const reply = await ask(query)
    assert.deepEqual([reply.status, problemOf(reply)], [400, 'invalid-parameter'])
  })

test('a per cent sign that escapes nothing is refused, in the body and in the address (RFC 3986 section 2.1)', async () => {
  for (const value of ['%zz', '%', '%2', 'a%C3'])
    for (const [address, form] of [
      ['', `&code=${value}`],
      [`?code=${value}`, ''],
    ]) {
      const reply = await api.as(bergen).post(`/fhir/measurements/Observation/_search${address}`, `patient.identifier=${number}${form}`, {
        'content-type': 'application/x-www-form-urlencoded',
      })
      assert.deepEqual([reply.status, problemOf(reply)], [400, 'unreadable-request'], value)
    }
})

test('a second person is refused, however it is given', async () => {
  for (const more of [`patient.identifier=${other}`, `subject.identifier=${other}`, `patient:identifier=${other}`]) {
    const reply = await ask(more)
    assert.deepEqual([reply.status, problemOf(reply)], [400, 'invalid-parameter'], more)
  }
  assert.equal(letters(await ask(`subject:identifier=urn:oid:2.16.578.1.12.4.1.4.1|${number}`)), 'abcde')
  const systems: [system: string, status: number][] = [
    ['urn:oid:2.16.578.1.12.4.1.4.1', 200],
    ['2.16.578.1.12.4.1.4.1', 200],
    ['', 200],
    ['http://x', 400],
    ['urn:oid:2.16.578.1.12.4.1.4.101', 400],
    ['urn:oid:2.16.578.1.12.4.1.4.2', 400],
    ['urn:oid:2.16.578.1.12.4.1.4.3', 400],
  ]
  for (const [system, status] of systems)
    for (const path of ['measurements/Observation/_search', 'measurements/$count', 'Patient/_search']) {
      const named = `${path.startsWith('Patient') ? 'identifier' : 'patient.identifier'}=${system}|${number}`
      const reply = await api.as(bergen).post(`/fhir/${path}`, named, { 'content-type': 'application/x-www-form-urlencoded' })
      assert.equal(reply.status === 400 && problemOf(reply) === 'invalid-parameter', status === 400, `${path} ${system} ${reply.status}`)
    }
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const counted = await api.as(bergen).post('/fhir/measurements/$count', `patient.identifier=${number},${other}`, headers)
  assert.deepEqual([counted.status, problemOf(counted)], [400, 'invalid-parameter'])
})

test('a lenient search passes over what it does not know, and says so', async () => {
  const reply = await ask('colour=red&status=preliminary', { prefer: 'handling=lenient' })
  assert.equal(letters(reply), 'e')
  assert.match(JSON.stringify(reply.body), /colour.*passed over/)
  const answers: [query: string, prefer: string, status: number][] = [
    ['colour=red', 'handling=strict', 400],
    // The first of two values of one preference counts (RFC 7240 section 2).
    ['colour=red', 'handling=strict, handling=lenient', 400],
    ['colour=red', 'handling=lenient, handling=strict', 200],
    ['colour=red', 'Handling="lenient"', 200],
    ['colour=red', 'respond-async, handling=lenient', 200],
    // A modifier that is not offered is refused in every mode (R4 search.html#modifiers).
    ['code:above=x', 'handling=lenient', 400],
    ['date:not=2026', 'handling=lenient', 400],
    ['_count:above=1', 'handling=lenient', 400],
    ['_has:Observation:has-member:code:above=x', 'handling=lenient', 400],
    ['colour:above=x', 'handling=lenient', 200],
  ]
  for (const [query, prefer, status] of answers) assert.equal((await ask(query, { prefer })).status, status, `${query} ${prefer}`)
})

test('parameters in the address count as those in the body do', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const post = async (address: string) =>
    await api.as(bergen).post(`/fhir/measurements/Observation/_search?${address}`, `patient.identifier=${number}`, headers)
  assert.equal(letters(await post('status=preliminary')), 'e')
  assert.equal((await post('bogus=1')).status, 400)
  assert.equal(bundleOf(await post('_summary=count')).total, 5)
})

test('a body that is no form is refused, by operations too', async () => {
  for (const path of ['Observation/_search', '$count']) {
    const reply = await api.as(bergen).post(`/fhir/measurements/${path}`, { resourceType: 'Parameters' })
    assert.deepEqual([reply.status, problemOf(reply)], [415, 'unsupported-media-type'], path)
  }
})

test('the link next is followed by GET alone, holds no number, and belongs to its search', async () => {
  const seen: string[] = []
  let reply = await ask('_count=2&_sort=date&status=final,preliminary')
  for (;;) {
    seen.push(...matchesIn(reply, 'Observation').map(({ id }) => ids.get(id ?? '') ?? ''))
    const next = bundleOf(reply).link?.find(({ relation }) => relation === 'next')?.url
    if (!next) break
    assert.doesNotMatch(next, /\d/)
    const path = new URL(next).pathname + new URL(next).search
    const posted = await api
      .as(bergen)
      .post(path, `patient.identifier=${number}&status=preliminary`, { 'content-type': 'application/x-www-form-urlencoded' })
    assert.equal(posted.status, 400)
    const elsewhere = await api.as(bergen).get(path.replace('_cursor=', '_cursor=g'))
    assert.equal(elsewhere.status, 400)
    reply = await api.as(bergen).get(path)
    assert.equal(reply.status, 200)
  }
  assert.deepEqual(seen.length, 5)
  assert.equal(new Set(seen).size, 5)
  assert.equal(seen.at(-1), 'e')
})

test('the link next is good for the caller it was given to; to all others it is as one that was made up', async () => {
  const reply = await ask('_count=2&_sort=date')
  const next = new URL(bundleOf(reply).link?.find(({ relation }) => relation === 'next')?.url ?? '')
  const cursor = next.searchParams.get('_cursor') ?? ''
  const kari = { kind: 'citizen', pid: number, name: 'Kari', scopes: ['helsevev:measurements/citizen'] } as const
  const others = [
    system(organizations.oslo),
    { ...bergen, client: 'another' },
    { ...bergen, kind: 'person', pid: other, name: 'Nora', hprNumber: '990000001' } as const,
    system(organizations.bergen, kari),
    system(organizations.bergen, { ...kari, pid: other }),
  ]
  const answers = await Promise.all([
    ...others.map(async (caller) => await api.as(caller).get(next.pathname + next.search)),
    api.as(bergen).get(next.pathname + next.search.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'))),
    api.as(bergen).get(`${next.pathname}?_cursor=${cursor}&_cursor=${cursor}`),
    api.as(bergen).get(`${next.pathname}?_cursor=made-up`),
    api.as(bergen).get(`${next.pathname}?_cursor=`),
  ])
  for (const answer of answers) assert.deepEqual([answer.status, problemOf(answer)], [400, 'invalid-parameter'])
  const [words, ...same] = answers.map(({ body }) => JSON.stringify(body))
  assert.match(words ?? '', /no link next that was given to you/)
  assert.deepEqual([...new Set(same)], [words])
  assert.equal((await api.as({ ...bergen, issuedAt: bergen.issuedAt + 60 }).get(next.pathname + next.search)).status, 200, 'a newer token')
})

/** http://hl7.org/fhir/R4/http.html#read, #vread, #parameters */
// biome-ignore format: a table, one row to a line
const reads: [query: string, answer: string][] = [
  ['',                                  'code effectiveDateTime extension id identifier meta note resourceType status subject valueQuantity'],
  ['_format=json&_pretty=true',         'code effectiveDateTime extension id identifier meta note resourceType status subject valueQuantity'],
  ['_summary=false',                    'code effectiveDateTime extension id identifier meta note resourceType status subject valueQuantity'],
  ['_summary=true',                     'code effectiveDateTime id identifier meta resourceType status subject valueQuantity'],
  ['_summary=text',                     'code id meta resourceType status subject'],
  ['_elements=effective',               'code effectiveDateTime id meta resourceType status subject'],
  ['_summary=count',                    'refused'],
  ['_summary=short',                    'refused'],
  ['_summary=',                         'refused'],
  ['_summary=true&_summary=text',       'refused'],
  ['_summary=true&_elements=effective', 'refused'],
  ['_elements=colour',                  'refused'],
  ['_elements=effective,',              'refused'],
  ['foo',                               'refused'],
  ['code=8867-4',                       'refused'],
]
test('read and vread: what of a resource is shown, and no parameter is passed over', async () => {
  const id = [...ids].find(([, letter]) => letter === 'a')?.[0]
  for (const [query, answer] of reads)
    for (const path of [id, `${id}/_history/1`]) {
      const reply = await api.as(bergen).get(`/fhir/measurements/Observation/${path}?${query}`)
      if (answer === 'refused') assert.deepEqual([reply.status, problemOf(reply)], [400, 'invalid-parameter'], `${path}?${query}`)
      else {
        const shown = resourceOf(reply, 'Observation')
        assert.equal(Object.keys(shown).toSorted().join(' '), answer, `${path}?${query}`)
        assert.equal(/SUBSETTED/.test(JSON.stringify(shown.meta)), /_summary=t|_elements/.test(query), query)
        assert.equal(reply.headers['etag'], 'W/"1"')
      }
    }
})

test('a write has no parameters but those of every interaction', async () => {
  const path = '/fhir/measurements/Observation'
  const calls: ((query: string) => Promise<Reply>)[] = [
    async (query) => await api.as(bergen).post(`${path}?${query}`, {}),
    async (query) => await api.as(bergen).post(`/fhir/measurements?${query}`, {}),
    async (query) => await api.as(bergen).put(`${path}/a?${query}`, {}),
    async (query) => await api.as(bergen).patch(`${path}/a?${query}`, []),
    async (query) => await api.as(bergen).delete(`${path}/a?${query}`),
    async (query) => await api.as(bergen).put(`/fhir/Consent/a?${query}`, {}),
    async (query) => await api.as(bergen).get(`/fhir/measurements/$batch/a?${query}`),
  ]
  for (const call of calls) {
    assert.equal(problemOf(await call('foo=1')), 'invalid-parameter', String(call))
    assert.notEqual(problemOf(await call('_format=json&_pretty=true')), 'invalid-parameter', String(call))
  }
})

test('_count=0 counts; _elements shows those, what is demanded, and that it is a part', async () => {
  const none = bundleOf(await ask('_count=0'))
  assert.deepEqual([none.total, none.entry?.filter(({ search }) => search?.mode === 'match') ?? []], [5, []])
  assert.notDeepEqual(none.entry, [], 'FHIR has no empty lists')
  const [first] = matchesIn(await ask('_elements=effective&_count=1'), 'Observation')
  assert.deepEqual(Object.keys(first ?? {}).toSorted(), ['code', 'effectiveDateTime', 'id', 'meta', 'resourceType', 'status', 'subject'])
  assert.match(JSON.stringify(first?.meta), /SUBSETTED/)
})

test('_summary shows what the definition marks, what is demanded, or all but the narrative; each says that it is a part', async () => {
  const shown = async (summary: string) =>
    Object.keys(matchesIn(await ask(`_summary=${summary}&identifier=urn:s|A%5C,B`), 'Observation')[0] ?? {})
      .toSorted()
      .join(' ')
  assert.equal(await shown('true'), 'code effectiveDateTime id identifier meta resourceType status subject valueQuantity')
  assert.equal(await shown('text'), 'code id meta resourceType status subject')
  assert.equal(await shown('data'), 'code effectiveDateTime extension id identifier meta note resourceType status subject valueQuantity')
  assert.equal(await shown('false'), await shown('data'))
  const reply = await ask('_summary=true&identifier=B&_include:iterate=Observation:has-member&_revinclude=Observation:has-member')
  const all = entriesOf(reply).filter(({ search }) => search?.mode !== 'outcome')
  assert.equal(all.length, 3)
  for (const { resource } of all) assert.match(JSON.stringify(resource?.meta?.tag), /SUBSETTED/)
})

test('forms of answers: what is not served is refused, before anything is looked up', async () => {
  const headers: [Record<string, string>, number][] = [
    [{ accept: 'application/fhir+xml' }, 406],
    [{ accept: 'text/html' }, 406],
    [{ accept: 'application/fhir+json;q=0' }, 406],
    [{ accept: 'application/fhir+json;q=0, */*' }, 406],
    [{ accept: '*/*, application/fhir+json; q=0.000' }, 406],
    [{ accept: 'application/*;q=0, */*' }, 406],
    [{ accept: 'application/*;q=0, application/fhir+json' }, 200],
    [{ accept: 'application/json, */*;q=0' }, 200],
    [{ accept: 'application/fhir+json;fhirVersion=3.0' }, 406],
    [{ accept: 'text/html, */*;q=0.1' }, 200],
    [{ accept: 'application/fhir+json; fhirVersion=4.0' }, 200],
    [{ 'content-type': 'application/x-www-form-urlencoded; fhirVersion=5.0' }, 415],
  ]
  for (const [header, status] of headers) assert.equal((await ask('_count=1', header)).status, status, JSON.stringify(header))
  for (const [format, status] of [
    ['xml', 406],
    ['json', 200],
    ['application/fhir%2Bjson', 200],
    ['text/turtle', 406],
  ] as const)
    assert.equal((await ask(`_count=1&_format=${format}`)).status, status, format)
})

test('every address says which methods it has', async () => {
  const call = async (method: 'OPTIONS' | 'PATCH' | 'PUT' | 'DELETE' | 'GET' | 'HEAD', url: string) => {
    const { statusCode, headers } = await api.app.inject({ method, url })
    return [statusCode, headers['allow']]
  }
  assert.deepEqual(await call('OPTIONS', '/fhir/measurements/Observation/a'), [204, 'GET, PUT, DELETE, PATCH, HEAD, OPTIONS'])
  assert.deepEqual(await call('PATCH', '/fhir/measurements/Observation'), [405, 'PUT, POST, OPTIONS'])
  assert.deepEqual(await call('PUT', '/fhir/measurements/Observation/_search'), [405, 'POST, GET, HEAD, OPTIONS'])
  assert.deepEqual(await call('DELETE', '/fhir/Consent'), [405, 'POST, OPTIONS'])
  assert.deepEqual(await call('GET', '/fhir/measurements'), [405, 'POST, OPTIONS'])
  assert.deepEqual((await call('HEAD', '/fhir/metadata'))[0], 200)
  const { headers } = await api.app.inject({ method: 'OPTIONS', url: '/fhir/measurements/Observation/a' })
  assert.equal(headers['accept-patch'], 'application/json-patch+json', 'RFC 5789 section 3.1')
  for (const path of ['/fhir/measurements', '/fhir/measurements/Observation', '/fhir/Consent', '/fhir/AuditEvent', '/fhir/_history'])
    assert.deepEqual(await call('HEAD', path), await call('GET', path), 'HEAD has the status of GET (RFC 9110 section 9.3.2)')
})

test('a search by words reads 10,000 records, and is refused where the other parameters leave more', async () => {
  const ola = await api.person(91)
  const id = idOf(await api.as(bergen).post('/fhir/measurements/Observation', pulse(ola)))
  const key = parseLogicalId(id)?.id ?? ''
  const copy = async (from: number, to: number) =>
    await api.sql`
      insert into record select (jsonb_populate_record(r, jsonb_build_object('id', r.id + n, 'business_key', null))).*
      from record r cross join generate_series(${from}::int, ${to}::int) n where r.patient = ${ola.key} and r.id = ${key}`
  const find = async (query: string) =>
    await api.as(bergen).post('/fhir/measurements/Observation/_search', `patient.identifier=${ola.number}&_count=1&${query}`, {
      'content-type': 'application/x-www-form-urlencoded',
    })
  await copy(1, 9_999)
  assert.equal(matchesIn(await find('unit=/min'), 'Observation').length, 1)
  await copy(10_000, 10_000)
  for (const query of ['unit=/min', 'unit:missing=false', 'code:text=puls', 'unit=/min&_summary=count']) {
    const reply = await find(query)
    assert.deepEqual([reply.status, problemOf(reply)], [400, 'invalid-parameter'], query)
  }
  assert.equal((await find(`unit=/min&_id=${id}`)).status, 200)
  assert.equal((await find('code=8867-4')).status, 200)
})
