import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createChangeLog } from '../../audit/change-log.ts'
import { organizations, type TestApi, testApi } from '../../testing/api.ts'
import { alertsOf, setAlerts } from './alerts.ts'
import { insertNotice, markSeen, noticesFor, noticesOf } from './notices.ts'

const { bergen, oslo } = organizations

type Given = Parameters<typeof noticesFor>[0]
type Opened = Given['openedBy']

/** A nurse in Bergen looks, for treatment, at the records that Oslo has. */
const ordinary: Given['decision'] = {
  kind: 'search',
  basis: 'treatment',
  purpose: 'TREAT',
  organization: bergen,
  visibleContributors: [oslo],
}

// biome-ignore format: a table, one row to a line
const cases: [what: string, decision: Partial<Given['decision']>, alerts: string[], causes: string[], openedBy?: Opened][] = [
  ['a look-up, nothing chosen',                        {},                                                            [],                      []],
  ['a look-up, each one chosen',                       {},                                                            ['every-look-up'],       ['every-look-up']],
  ['one record opened, each one chosen',               { kind: 'read' },                                              ['every-look-up'],       ['every-look-up']],
  ['a look-up, writes chosen',                         {},                                                            ['write'],               []],
  ['a look-up at another organisation\'s records',     {},                                                            ['other-organization'],  ['other-organization']],
  ['a look-up at one\'s own and another\'s records',   { visibleContributors: [bergen, oslo] },                       ['other-organization'],  ['other-organization']],
  ['a look-up at one\'s own records',                  { visibleContributors: [bergen] },                             ['other-organization'],  []],
  ['a look-up where nothing is known',                 { visibleContributors: [] },                                   ['other-organization'],  ['other-organization']],
  ['emergency access, nothing chosen',                 { purpose: 'BTG', basis: 'emergency' },                        [],                      ['emergency-access']],
  ['emergency access that opened a restriction',       { purpose: 'BTG', basis: 'emergency' },                        ['every-look-up'],       ['emergency-access', 'every-look-up'], 'emergency'],
  ['consent declared that opened a restriction',       { basis: 'consent' },                                          [],                      ['consent-declared'], 'declared-consent'],
  ['consent declared that opened nothing',             { basis: 'consent' },                                          [],                      []],
  ['consent registered that opened a restriction',     { basis: 'registered-consent' },                               [],                      [], 'registered-consent'],
  ['a name looked up, each look-up chosen',            { kind: 'identify', basis: 'own-data' },                       ['every-look-up'],       []],
  ['a write, writes chosen',                           { kind: 'write', basis: 'own-data', purpose: undefined },      ['write'],               ['write']],
  ['a write, each look-up chosen',                     { kind: 'write', basis: 'own-data', purpose: undefined },      ['every-look-up'],       []],
  ['a system that reads back its own',                 { basis: 'own-data', purpose: undefined, visibleContributors: [bergen] }, ['every-look-up', 'other-organization'], []],
  ['oneself',                                          { kind: 'citizen', basis: 'self', purpose: 'PATRQT' },         ['every-look-up'],       []],
  ['oneself, as a youth',                              { kind: 'citizen', basis: 'youth', purpose: 'PATRQT' },        ['every-look-up'],       []],
  ['somebody who acts for the patient',                { kind: 'citizen', basis: 'power-of-attorney', purpose: 'PWATRNY' }, ['every-look-up', 'other-organization'], ['every-look-up']],
  ['a controller\'s look at its own log',              { kind: 'control', basis: 'control', purpose: undefined },     ['every-look-up'],       []],
]
for (const [what, decision, alerts, causes, openedBy = null] of cases) {
  test(`${what}: ${causes.join(' and ') || 'no notice'}`, () =>
    assert.deepEqual(noticesFor({ decision: { ...ordinary, ...decision }, alerts, openedBy }), causes))
}

let api: TestApi
before(async () => {
  api = await testApi()
})
after(async () => await api.close())

test('a notice is listed with who looked, newest first, and counts as seen once', async () => {
  const { key } = await api.person(1)
  const { sql, kernel } = api
  const actor = await kernel.actorId({
    person: undefined,
    name: 'Nora Nurse',
    hprNumber: '990000001',
    role: 'SP',
    organization: oslo,
    organizationName: 'oslo',
    organizationChild: undefined,
    supplier: undefined,
    client: 'portal',
  })
  const eventId = kernel.ids.uuid()
  const at = new Date('2026-01-15T09:00:00Z')
  await kernel.log.append({ ...row, patient: key, at, actor, eventId })
  await insertNotice(sql, kernel.ids, { patient: key, at, eventId, cause: 'emergency-access' })
  await insertNotice(sql, kernel.ids, { patient: key, at: new Date('2026-01-15T09:30:00Z'), eventId: kernel.ids.uuid(), cause: 'write' })
  const [write, emergency] = await noticesOf(sql, [key])
  assert.deepEqual([write?.cause, write?.name], ['write', null])
  assert.deepEqual(
    [emergency?.cause, emergency?.name, emergency?.organizationName, emergency?.service, emergency?.purpose, emergency?.seen],
    ['emergency-access', 'Nora Nurse', 'oslo', 'measurements', 'BTG', null],
  )
  assert.equal(await markSeen(sql, [key], [emergency!.id], kernel.clock()), 1)
  assert.equal(await markSeen(sql, [key], [emergency!.id], kernel.clock()), 0)
  assert.deepEqual(
    (await noticesOf(sql, [key], { unseenOnly: true })).map(({ cause }) => cause),
    ['write'],
  )
})

test("a person's notices are not marked by another person", async () => {
  const [mine, theirs] = [await api.person(2), await api.person(3)]
  await insertNotice(api.sql, api.kernel.ids, { patient: theirs.key, at: new Date(), eventId: api.kernel.ids.uuid(), cause: 'write' })
  const [notice] = await noticesOf(api.sql, [theirs.key])
  assert.equal(await markSeen(api.sql, [mine.key], [notice!.id], new Date()), 0)
})

test('the choice of notices is set, changed and logged; setting it again is no change', async () => {
  const { key } = await api.person(4)
  const parts = { sql: api.sql, changes: createChangeLog(api.kernel) }
  const actor = { ...nobody, person: key, name: 'Kari Nordmann' }
  assert.deepEqual(await alertsOf(api.sql, key), [])
  await setAlerts(parts, key, ['write', 'every-look-up'], actor)
  await setAlerts(parts, key, ['every-look-up', 'write'], actor)
  assert.deepEqual(await alertsOf(api.sql, key), ['every-look-up', 'write'])
  await setAlerts(parts, key, [], actor)
  assert.deepEqual(await alertsOf(api.sql, key), [])
  const rows = (await api.logged()).filter(({ patient }) => patient === key)
  assert.deepEqual(
    rows.map(({ event, name }) => `${event} ${name}`),
    ['alerts-set Kari Nordmann', 'alerts-set Kari Nordmann'],
  )
})

const nobody = {
  person: undefined,
  name: '',
  hprNumber: undefined,
  role: undefined,
  organization: undefined,
  organizationName: undefined,
  organizationChild: undefined,
  supplier: undefined,
  client: 'portal',
}

const row = {
  event: 'search-type',
  outcome: 'ok' as const,
  service: 'measurements',
  type: 'Observation',
  purpose: 'BTG',
  problem: null,
  withheld: false,
  disclosed: null,
  disclosedVersions: null,
  attestation: null,
  toa: null,
  decisionRef: null,
  basis: null,
  reason: null,
}
