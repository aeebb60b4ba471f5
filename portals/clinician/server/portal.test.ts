import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { problem } from '@helsevev/kernel/problem/problem'
import type { PanelLoader } from '@helsevev/panel/loader.ts'
import { csrfHeader } from '@helsevev/portal/contract'
import { answerOf, origin, refusalOf } from '@helsevev/portal/testing/browser'
import { type FakeIssuer, fakeIssuer } from '@helsevev/portal/testing/fake-issuer'
import { memoryRows } from '@helsevev/portal/testing/session-rows'
import fastify, { type FastifyInstance } from 'fastify'
import { accessHeader, contract, type OpenPatientView, openingHeader, session } from '../contract.ts'
import { clinicianPortal, type Decided, type Employer, type Workplace } from './index.ts'
import { browser } from './testing/browser.ts'

// Made up: month +65, check digits that agree.
const known = '01705012314'
const bergen = { number: '998877665', name: 'Bergen kommune', role: 'Sykepleier', type: 'municipality', units: [] as Workplace[] }
const helse = { number: '887766554', name: 'Helse Bergen', role: 'Sykepleier', type: 'health-trust', units: [] as Workplace[] }
/** An employer as the browser gets it. */
const shown = ({ number, name, role, units }: Employer) => ({
  number,
  name,
  role,
  units: units.map((unit) => ({ number: unit.number, name: unit.name })),
})

const news2: PanelLoader<unknown> = {
  service: 'news2',
  load: async (api) => ({ status: 'some', data: await api.search('news2', 'Observation', { code: 'x' }) }),
}
/** A service that changes its records in place, and knows which part of what it shows is a place. */
const dated: PanelLoader<unknown> = {
  service: 'dated',
  load: async () => ({ status: 'some', data: { value: 'now', place: 'Bergen' } }),
  loadAt: async (api, at) => {
    await api.history('dated', 'EpisodeOfCare', 'an-id')
    return { status: 'some', data: { value: at.toISOString(), place: 'Bergen' } }
  },
  loadChanges: async () => [
    { at: '2026-01-15T08:00:00Z', before: { value: 'then', place: 'Bergen' }, after: { value: 'now', place: 'Os' } },
  ],
  withoutPlaces: (data) => ({ value: (data as { value: string }).value }),
}
const services: PanelLoader<unknown> = {
  service: 'municipal-services',
  load: async (api) => ({ status: 'none', data: await api.operation('municipal-services', 'status') }),
}

let issuer: FakeIssuer
let app: FastifyInstance
let logged: string
let now: number
let organizations: Employer[]
let authorizations: string[]
let decided: Decided[]
let rows: ReturnType<typeof memoryRows>
const folder = mkdtempSync(join(tmpdir(), 'helsevev-portal-'))

before(() => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><div id="root"></div>')
  writeFileSync(join(folder, 'assets', 'main-abc.js'), '1')
  writeFileSync(join(folder, 'secret.txt'), 'not for anyone')
})

beforeEach(async () => {
  await app?.close()
  await issuer?.close()
  issuer = await fakeIssuer()
  logged = ''
  now = Date.now()
  organizations = [bergen]
  authorizations = ['SP']
  decided = []
  rows = memoryRows()
  app = fastify({ logger: { level: 'trace', stream: { write: (line: string) => void (logged += line) } } })
  await app.register(
    clinicianPortal({
      publicUrl: origin,
      issuer: () => issuer.url,
      clientId: 'portal',
      clientKey: issuer.clientKey,
      apiBaseUrl: () => issuer.url,
      apiAudience: 'helsevev',
      services: [],
      apiScopes: ['helsevev:persons/read', 'helsevev:news2/read', 'helsevev:municipal-services/read'],
      sessionRows: rows,
      sessionKey: randomBytes(32),
      organizationsOf: async () => organizations,
      authorizationsOf: async () => authorizations,
      decided: (decision) => void decided.push(decision),
      guard: async () => problem('no-token'),
      handover: () => undefined,
      clientFolder: folder,
      now: () => new Date(now),
      panels: [services, news2, dated],
    }),
  )
  await app.ready()
})

after(async () => {
  await app.close()
  await issuer.close()
  rmSync(folder, { recursive: true })
})

async function signedIn() {
  const page = browser(app)
  await page.signIn(issuer)
  return page
}

async function withPatient() {
  const page = await signedIn()
  const opened = await page.answer(contract.openPatient, { body: { identityNumber: known, purpose: 'TREAT' } })
  return { page, patient: opened.patient, opened }
}

test('a person signs in, opens a patient and sees the panels, with a token for the organisation', async () => {
  const page = browser(app)
  const { start } = await page.signIn(issuer)
  const me = await page.signedInAs(session.me)
  assert.deepEqual([...new URL(String(start.headers.location)).searchParams.keys()].sort(), ['client_id', 'request_uri'])
  assert.equal(me.name, 'Ida Testesen')
  assert.deepEqual([me.organization, me.place], [shown(bergen), { number: bergen.number, name: bergen.name }])
  const opened = await page.answer(contract.openPatient, {
    body: { identityNumber: `${known.slice(0, 6)} ${known.slice(6)}`, purpose: 'ETREAT' },
  })
  assert.deepEqual(opened.panels, ['municipal-services', 'news2', 'dated'])
  const [municipal, observations] = await Promise.all(
    ['municipal-services', 'news2'].map(async (service) => answerOf(contract.panel, await page.panel(service, opened.patient))),
  )
  assert.equal(municipal?.status, 'none')
  assert.deepEqual(observations?.data, issuer.api.searchset)
  assert.deepEqual(issuer.seen.organizations, [bergen.number])
  assert.deepEqual(issuer.seen.apiRequests.map(({ url }) => url).sort(), [
    '/fhir/municipal-services/$status',
    '/fhir/news2/Observation/_search',
  ])
  for (const request of [...issuer.seen.apiRequests, ...issuer.seen.identifications]) {
    assert.equal(new URLSearchParams(request.body).get('patient.identifier'), `urn:oid:2.16.578.1.12.4.1.4.1|${known}`)
    assert.equal(request.attestation.care_relationship.purpose_of_use.code, 'ETREAT')
  }
})

test('who a number belongs to is asked once for each opening, and told with it and after a reload', async () => {
  const { page, opened } = await withPatient()
  const person = { name: 'Ola Testesen', birthDate: '1950-05-01', gender: 'male' }
  const { opening, access, draft, ...view } = opened.patient
  assert.deepEqual(Object.keys(access), ['id', 'kind'])
  assert.deepEqual(view, { numberEnding: '14', numberKind: 'FNR', purpose: 'TREAT', person })
  // The same patient again has the same name among what is written, which does not show who it is.
  assert.match(draft, /^[\w-]{43}$/)
  assert.deepEqual((await page.signedInAs(session.me)).patient, opened.patient)
  await page.panel('news2', { opening, access })
  assert.deepEqual(
    issuer.seen.identifications.map(({ attestation, organization }) => [attestation.care_relationship.purpose_of_use.code, organization]),
    [['TREAT', bergen.number]],
  )
})

test('a person without a name in the register is opened as one without', async () => {
  issuer.person = { status: 200, patient: { birthDate: '1950' } }
  const { opened } = await withPatient()
  assert.deepEqual(opened.patient.person, { birthDate: '1950' })
})

test('a number nobody has is not opened, and the patient who was open stays open', async () => {
  const { page, patient } = await withPatient()
  issuer.person = { status: 404, code: 'person-unknown' }
  const refused = await page.ask(contract.openPatient, { body: { identityNumber: known, purpose: 'TREAT' } })
  assert.deepEqual([refused.statusCode, refused.json()], [404, { code: 'person-unknown' }])
  assert.equal((await page.signedInAs(session.me)).patient?.opening, patient.opening)
})

test('a person register that does not answer, or refuses, keeps nobody from the patient, and can be asked again', async () => {
  for (const [status, code] of [
    [503, 'unavailable'],
    [500, 'fault'],
    [403, 'insufficient-scope'],
  ] as const) {
    const before = issuer.person
    issuer.person = { status, code }
    const { page, opened, patient } = await withPatient()
    assert.equal(opened.patient.person, undefined)
    // Then it is not known either whether the address is protected.
    assert.deepEqual(answerOf(contract.panel, await page.panel('dated', patient)).data, { value: 'now' })
    issuer.person = before
    const again = await page.answer(contract.identifyPatient)
    assert.deepEqual([again.patient.opening, again.patient.person?.name], [patient.opening, 'Ola Testesen'])
    assert.deepEqual((await page.signedInAs(session.me)).patient, again.patient)
    await page.answer(contract.closePatient)
    assert.deepEqual((await page.ask(contract.identifyPatient)).json(), { code: 'no-patient' })
  }
})

test('no token, and no identity number of patient or clinician, reaches the browser, an address or the log', async () => {
  const { page, patient } = await withPatient()
  await page.panel('news2', patient)
  await page.answer(session.me)
  await page.ask(contract.openPatient, { body: { identityNumber: '01705012315', purpose: 'TREAT' } })
  issuer.api = { ...issuer.api, status: 500, code: 'fault' }
  await page.panel('news2', patient)
  await page.answer(session.signOut, { body: {} })
  const secrets = [known, '01705012315', '17866412308', 'access-token-', ...issuer.seen.revoked]
  assert.equal(issuer.seen.revoked.length, 1)
  for (const secret of secrets) {
    assert.equal(
      page.received.some((text) => text.includes(secret)),
      false,
      'in an answer',
    )
    assert.equal(logged.includes(secret), false, 'in the log')
    assert.equal(
      issuer.seen.apiRequests.some(({ url }) => url.includes(secret)),
      false,
      'in an address',
    )
  }
})

test('the session cookie is Strict, HttpOnly, Secure and host-bound; the cookie of a sign-in is Lax, and gone afterwards', async () => {
  const page = browser(app)
  const { start, back } = await page.signIn(issuer)
  const login = String(start.headers['set-cookie'])
  assert.match(login, /^__Host-helsevev-clinician-login=sealed\.[\w-]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  const [removed, session] = back.headers['set-cookie'] as string[]
  assert.match(removed ?? '', /^__Host-helsevev-clinician-login=;/)
  assert.match(session ?? '', /^__Host-helsevev-clinician=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
  assert.deepEqual([...page.cookies.keys()], ['__Host-helsevev-clinician'])
})

test('a session id planted before sign-in is worth nothing after it, and an earlier session ends', async () => {
  const page = browser(app)
  page.cookies.set('__Host-helsevev-clinician', 'planted')
  await page.signIn(issuer)
  const first = page.cookies.get('__Host-helsevev-clinician')
  assert.notEqual(first, 'planted')
  await page.signIn(issuer)
  assert.notEqual(page.cookies.get('__Host-helsevev-clinician'), first)
  const old = browser(app)
  old.cookies.set('__Host-helsevev-clinician', first ?? '')
  assert.deepEqual(await old.answer(session.me), { signedIn: false })
})

test('a sign-in that another browser started, or that was finished before, is not completed', async () => {
  const attacker = browser(app)
  const start = await attacker.send({ method: 'GET', url: '/clinician/login' })
  const callback = issuer.signIn(String(start.headers.location))
  const victim = browser(app)
  const planted = await victim.send({ method: 'GET', url: callback })
  assert.equal(planted.headers.location, '/clinician/?sign-in=expired')
  await attacker.send({ method: 'GET', url: callback })
  const again = await attacker.send({ method: 'GET', url: callback })
  assert.equal(again.headers.location, '/clinician/?sign-in=expired')
})

test('a sign-in with another state is refused', async () => {
  const page = browser(app)
  const start = await page.send({ method: 'GET', url: '/clinician/login' })
  const callback = issuer.signIn(String(start.headers.location)).replace(/state=[^&]+/, 'state=another')
  const back = await page.send({ method: 'GET', url: callback })
  assert.equal(back.headers.location, '/clinician/?sign-in=failed')
  assert.deepEqual(await page.answer(session.me), { signedIn: false })
})

test('sign-in below security level 4, or without a number in the health personnel register, opens nothing', async () => {
  const rows: [Record<string, unknown>, string][] = [
    [{ 'helseid://claims/identity/security_level': '3' }, 'security-level'],
    [{ 'helseid://claims/hpr/hpr_number': undefined }, 'not-health-personnel'],
  ]
  for (const [claims, problem] of rows) {
    const saved = issuer.claims
    issuer.claims = { ...saved, ...claims }
    const page = browser(app)
    const { back, me } = await page.signIn(issuer)
    assert.equal(back.headers.location, `/clinician/?sign-in=${problem}`)
    assert.deepEqual(me, { signedIn: false })
    issuer.claims = saved
  }
})

test('redirects lead to our own pages and to the issuer, whatever the address asks for', async () => {
  const page = browser(app)
  for (const query of [
    'returnTo=https://evil.example',
    'redirect_uri=//evil.example',
    'next=/\\evil.example',
    'target_link_uri=https://evil.example',
  ]) {
    const start = await page.send({
      method: 'GET',
      url: `/clinician/login?${query}`,
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    })
    assert.equal(new URL(String(start.headers.location)).origin, issuer.url)
    const back = await page.send({ method: 'GET', url: `${issuer.signIn(String(start.headers.location))}&${query}` })
    assert.match(String(back.headers.location), /^\/clinician\/(\?sign-in=[a-z-]+)?$/)
  }
  for (const pushed of issuer.seen.pushed) assert.equal(pushed.get('redirect_uri'), `${origin}/clinician/callback`)
})

test('a change without our Origin, without the csrf value, or from another site is refused and changes nothing', async () => {
  const page = await signedIn()
  const body = { identityNumber: known, purpose: 'TREAT' }
  const rows: [string, Record<string, string>][] = [
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin', { origin: '' }],
    ['another csrf value', { [csrfHeader]: 'guessed' }],
    ['fetched from another site', { 'sec-fetch-site': 'cross-site' }],
    ['fetched from a sibling site', { 'sec-fetch-site': 'same-site' }],
  ]
  for (const [name, headers] of rows) {
    const refused = await page.change('POST', '/api/patient', body, headers)
    assert.equal(refused.statusCode, 403, name)
    assert.deepEqual(refused.json(), { code: 'not-from-our-page' }, name)
  }
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
    assert.equal((await page.change('POST', '/api/patient', body, { 'content-type': type })).statusCode, 400, type)
  }
  assert.equal((await page.signedInAs(session.me)).patient, undefined)
})

test('without a session nothing is answered but that', async () => {
  const page = browser(app)
  assert.deepEqual(await page.answer(session.me), { signedIn: false })
  for (const path of ['/api/patient', '/api/patient/person', '/api/patient/access', '/api/organization', '/api/sign-out']) {
    assert.deepEqual((await page.change('POST', path)).json(), { code: 'signed-out' })
  }
  assert.deepEqual((await page.panel('news2', { opening: 'x', access: { id: 'x', kind: 'ordinary' } })).json(), { code: 'signed-out' })
})

test('every answer carries the headers that keep browsers strict, and only named files are kept', async () => {
  const page = await signedIn()
  const answers = await Promise.all(
    ['/', '/patient', '/organization', '/api/me', '/api/nowhere', '/nowhere', '/assets/main-abc.js', '/assets/none.js', '/login'].map(
      (path) => page.get(path),
    ),
  )
  for (const { headers } of answers) {
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe|\*|https?:/)
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['x-frame-options'], 'DENY')
    assert.match(String(headers['strict-transport-security']), /^max-age=\d{8}/)
  }
  const kept = answers.filter(({ headers }) => headers['cache-control'] !== 'no-store')
  assert.deepEqual(
    kept.map(({ statusCode, headers }) => [statusCode, headers['cache-control']]).filter(([status]) => status === 200),
    [[200, 'public, max-age=31536000, immutable']],
  )
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [200, 200, 200, 200, 404, 404, 200, 404, 303],
  )
})

test('files outside the client are not served', async () => {
  const page = browser(app)
  for (const path of ['/assets/../secret.txt', '/assets/..%2fsecret.txt', '/assets/%2e%2e/secret.txt', '/secret.txt', '/assets/']) {
    assert.doesNotMatch((await page.get(path)).body, /not for anyone/, path)
  }
})

test('an identity number that is wrong is refused in words that say how', async () => {
  const page = await signedIn()
  const cases: [string, string][] = [
    ['', 'empty'],
    ['0170501231x', 'not-digits'],
    ['0170501231', 'too-short'],
    ['017050123145', 'too-long'],
    ['99', 'too-short'],
    ['32705012314', 'no-such-date'],
    ['01705012315', 'check-digits'],
  ]
  for (const [identityNumber, fault] of cases) {
    const refused = await page.ask(contract.openPatient, { body: { identityNumber, purpose: 'TREAT' } })
    assert.equal(refused.statusCode, 422)
    assert.deepEqual(refused.json(), { code: 'identity-number-invalid', fault })
  }
  assert.equal((await page.change('POST', '/api/patient', { identityNumber: known, purpose: 'BTG' })).statusCode, 400)
})

test('refused, unknown, unavailable and failed are told apart', async () => {
  const cases: [{ status: number; code?: string }, number, object][] = [
    [{ status: 403, code: 'no-agreement' }, 403, { code: 'refused', reason: 'no-agreement' }],
    [{ status: 422, code: 'person-unknown' }, 404, { code: 'person-unknown' }],
    [{ status: 404, code: 'person-unknown' }, 404, { code: 'person-unknown' }],
    [{ status: 503, code: 'unavailable' }, 503, { code: 'unavailable' }],
    [{ status: 429, code: 'busy' }, 503, { code: 'unavailable' }],
    [{ status: 500, code: 'fault' }, 502, { code: 'failed' }],
    [{ status: 403, code: 'role-not-open' }, 403, { code: 'refused', reason: 'role-not-open' }],
    [{ status: 400, code: 'emergency-reason-required' }, 403, { code: 'refused', reason: 'emergency-reason-required' }],
    [{ status: 401, code: 'attestation-has-expired' }, 403, { code: 'refused', reason: 'attestation-has-expired' }],
    [{ status: 400, code: 'invalid-parameter' }, 502, { code: 'failed' }],
  ]
  for (const [answer, status, problem] of cases) {
    const { page, patient } = await withPatient()
    issuer.api = { ...issuer.api, ...answer }
    const refused = await page.panel('news2', patient)
    assert.equal(refused.statusCode, status)
    assert.deepEqual(refused.json(), problem)
    issuer.api = { status: 200, searchset: {} }
  }
})

test('an API that does not answer is unavailable', async () => {
  const { page, patient } = await withPatient()
  await page.panel('news2', patient)
  await issuer.close()
  assert.deepEqual((await page.panel('news2', patient)).json(), { code: 'unavailable' })
})

test('a person who turns out to be unknown is closed again', async () => {
  const { page, patient } = await withPatient()
  issuer.api = { ...issuer.api, status: 422, code: 'person-unknown' }
  await page.panel('news2', patient)
  assert.equal((await page.signedInAs(session.me)).patient, undefined)
})

test('a panel asked for one patient is not answered with another', async () => {
  const { page, patient } = await withPatient()
  await page.ask(contract.openPatient, { body: { identityNumber: known, purpose: 'COC' } })
  const late = await page.panel('news2', patient)
  assert.equal(late.statusCode, 409)
  assert.deepEqual(late.json(), { code: 'patient-changed' })
  assert.deepEqual(issuer.seen.apiRequests, [])
  await page.answer(contract.closePatient)
  assert.deepEqual((await page.panel('news2', patient)).json(), { code: 'no-patient' })
})

test('a panel is not answered to a page of another site', async () => {
  const { page, patient } = await withPatient()
  const asked = await page.askWith({ 'sec-fetch-site': 'cross-site' }, contract.panel, {
    service: 'news2',
    headers: { [openingHeader]: patient.opening, [accessHeader]: patient.access.id },
  })
  assert.equal(asked.statusCode, 401)
})

test('with several organisations one is chosen first, and changing it closes the patient and fetches a new token', async () => {
  organizations = [bergen, helse]
  const page = await signedIn()
  assert.equal((await page.signedInAs(session.me)).organization, undefined)
  const early = await page.ask(contract.openPatient, { body: { identityNumber: known, purpose: 'TREAT' } })
  assert.deepEqual(early.json(), { code: 'no-organization' })
  assert.equal((await page.ask(contract.chooseOrganization, { body: { number: '111111111', place: '111111111' } })).statusCode, 400)
  for (const organization of organizations) {
    await page.answer(contract.chooseOrganization, { body: { number: organization.number, place: organization.number } })
    const me = await page.signedInAs(session.me)
    assert.deepEqual([me.organization, me.patient], [shown(organization), undefined])
    const opened = await page.answer(contract.openPatient, { body: { identityNumber: known, purpose: 'TREAT' } })
    await page.panel('news2', opened.patient)
  }
  assert.deepEqual(
    issuer.seen.apiRequests.map(({ organization }) => organization),
    [bergen.number, helse.number],
  )
})

test('an access token serves until it runs out, and panels side by side share one', async () => {
  const { page, patient } = await withPatient()
  await Promise.all([page.panel('news2', patient), page.panel('municipal-services', patient)])
  await page.panel('news2', patient)
  assert.equal(issuer.seen.organizations.length, 1)
  now += 56_000
  await Promise.all([page.panel('news2', patient), page.panel('municipal-services', patient)])
  assert.equal(issuer.seen.organizations.length, 2)
})

test('when the issuer takes back the refresh token the session ends; when it refuses the organisation that is said', async () => {
  const first = await withPatient()
  now += 56_000
  issuer.refuseTokens = 'access_denied'
  assert.deepEqual((await first.page.panel('news2', first.patient)).json(), { code: 'refused', reason: 'organisation-refused' })
  issuer.refuseTokens = 'invalid_grant'
  assert.deepEqual((await first.page.panel('news2', first.patient)).json(), { code: 'signed-out' })
  assert.deepEqual(await first.page.answer(session.me), { signedIn: false })
})

test('sign-out destroys the session, takes back the refresh token and leads to the end of the session at the issuer', async () => {
  const { page, patient } = await withPatient()
  const cookie = page.cookies.get('__Host-helsevev-clinician') ?? ''
  const out = await page.answer(session.signOut, { body: {} })
  const next = new URL(out.next)
  assert.equal(next.pathname, '/endsession')
  assert.deepEqual(Object.fromEntries(next.searchParams), { client_id: 'portal', post_logout_redirect_uri: `${origin}/clinician/` })
  assert.equal(page.cookies.size, 0)
  assert.equal(rows.rows.size, 0)
  page.cookies.set('__Host-helsevev-clinician', cookie)
  assert.deepEqual((await page.panel('news2', patient)).json(), { code: 'signed-out' })
})

test('an idle session is over after half an hour', async () => {
  const { page, patient } = await withPatient()
  now += 30 * 60_000
  assert.deepEqual((await page.panel('news2', patient)).json(), { code: 'signed-out' })
})

test('when the issuer cannot be reached the sign-in page says so', async () => {
  await issuer.close()
  const page = browser(app)
  assert.equal((await page.get('/login')).headers.location, '/clinician/?sign-in=unavailable')
})

const past = (page: Awaited<ReturnType<typeof signedIn>>, what: `${string}/${string}`, { opening, access }: OpenPatientView) => {
  const [service = '', day = ''] = what.split('/')
  return page.ask(contract.past, { service, day, headers: { [openingHeader]: opening, [accessHeader]: access.id } })
}

test('the past is requested of services with versions, as of the end of the day in Norway, with the access of the page', async () => {
  const { page, patient } = await withPatient()
  const answer = await past(page, 'dated/2026-01-15', patient)
  assert.deepEqual(answerOf(contract.past, answer).data, { value: '2026-01-15T22:59:59.999Z', place: 'Bergen' })
  assert.deepEqual(
    issuer.seen.apiRequests.map(({ url }) => url),
    ['/fhir/dated/EpisodeOfCare/an-id/_history'],
  )
  assert.ok(issuer.seen.apiRequests[0]?.attestation)
  assert.equal(issuer.seen.apiRequests[0]?.isAutomatic, true)
  for (const what of ['news2/2026-01-15', 'nothing/2026-01-15', 'dated/2026-02-30', 'dated/yesterday'] as const)
    assert.equal(refusalOf(await past(page, what, patient)).code, 'invalid-request', what)
  const another = await past(page, 'dated/2026-01-15', { ...patient, opening: 'another' })
  assert.equal(refusalOf(another).code, 'patient-changed')
})

test('the number is told only when it is asked for, by our own page, of the patient who is open', async () => {
  const { page, patient } = await withPatient()
  assert.ok(!page.received.join().includes(known))
  const ask = (opening: string) => page.ask(contract.identityNumber, { headers: { [openingHeader]: opening } })
  assert.equal(refusalOf(await ask('another')).code, 'patient-changed')
  const forged = await page.send({ method: 'POST', url: '/clinician/api/patient/number', headers: { [openingHeader]: patient.opening } })
  assert.equal(refusalOf(forged).code, 'not-from-our-page')
  assert.ok(!page.received.join().includes(known))
  assert.deepEqual((await ask(patient.opening)).json(), { identityNumber: known })
  await page.answer(contract.closePatient)
  assert.equal(refusalOf(await ask(patient.opening)).code, 'no-patient')
  assert.ok(!logged.includes(known))
})

test('of somebody with a protected address no place leaves the server, and a service that cannot tell shows nothing', async () => {
  const restricted = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }
  issuer.person.patient = { name: [{ family: 'Testesen' }], meta: { security: [restricted] } }
  const { page, patient } = await withPatient()
  assert.equal(patient.person?.hasProtectedAddress, true)
  assert.deepEqual(answerOf(contract.panel, await page.panel('dated', patient)).data, { value: 'now' })
  const { data } = answerOf(contract.past, await past(page, 'dated/2026-01-15', patient))
  assert.deepEqual(data, { value: '2026-01-15T22:59:59.999Z' })
  const headers = { [openingHeader]: patient.opening, [accessHeader]: patient.access.id }
  const { changes } = await page.answer(contract.changes, { service: 'dated', headers })
  assert.deepEqual(changes, [{ at: '2026-01-15T08:00:00Z', before: { value: 'then' }, after: { value: 'now' } }])
  assert.equal(refusalOf(await page.panel('news2', patient)).code, 'failed')
})

test('who was open last is opened again under a random name, in the same session and at the same place of work alone', async () => {
  organizations = [bergen, helse]
  const page = await signedIn()
  await page.answer(contract.chooseOrganization, { body: { number: bergen.number, place: bergen.number } })
  await page.answer(contract.openPatient, { body: { identityNumber: known, purpose: 'TREAT' } })
  assert.equal((await page.signedInAs(session.me)).recent, undefined, 'not the one who is open')
  await page.answer(contract.closePatient, {})
  const { recent = [] } = await page.signedInAs(session.me)
  assert.equal(recent.length, 1)
  assert.ok(!JSON.stringify(recent).includes(known))
  const again = { recent: recent[0]?.id ?? '', purpose: 'COC' } as const
  const opened = await page.answer(contract.openPatient, { body: again })
  assert.deepEqual([opened.patient.numberEnding, opened.patient.purpose], [known.slice(-2), 'COC'])
  assert.equal(new Set(decided.map(({ decision }) => decision)).size, 2, 'a decision of its own')
  const other = await signedIn()
  await other.answer(contract.chooseOrganization, { body: { number: bergen.number, place: bergen.number } })
  assert.deepEqual((await other.ask(contract.openPatient, { body: again })).json(), { code: 'list-changed' })
  await page.answer(contract.chooseOrganization, { body: { number: helse.number, place: helse.number } })
  assert.equal((await page.signedInAs(session.me)).recent, undefined)
  assert.deepEqual((await page.ask(contract.openPatient, { body: again })).json(), { code: 'list-changed' })
})

test('changes are answered of services that change their records in place, to the page that shows the patient', async () => {
  const { page, patient } = await withPatient()
  const headers = { [openingHeader]: patient.opening, [accessHeader]: patient.access.id }
  const ask = async (service: string, sent = headers) => (await page.ask(contract.changes, { service, headers: sent })).json()
  const { access, changes } = await page.answer(contract.changes, { service: 'dated', headers })
  assert.deepEqual([access, changes[0]?.at, changes[0]?.after], [patient.access.id, '2026-01-15T08:00:00Z', { value: 'now', place: 'Os' }])
  assert.deepEqual(await ask('news2'), { code: 'invalid-request' })
  assert.deepEqual(await ask('dated', { ...headers, [openingHeader]: 'another' }), { code: 'patient-changed' })
  assert.deepEqual(await ask('dated', { ...headers, [accessHeader]: 'another' }), { code: 'access-changed' })
})
