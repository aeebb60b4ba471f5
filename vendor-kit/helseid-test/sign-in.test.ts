import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createBrowser, pushedRequest, type Started, start } from './testing.ts'

let started: Started
before(async () => {
  started = await start()
})
after(() => started.close())

async function openSignIn(hint?: string) {
  const pushed = await started.push('portal', { ...pushedRequest(), ...(hint ? { login_hint: hint } : {}) })
  const browser = createBrowser()
  const query = new URLSearchParams({ client_id: 'portal', request_uri: String(pushed.body.request_uri) })
  return { browser, page: await browser.get(`${started.helseId.issuer}/connect/authorize?${query}`) }
}

test('the sign-in page lists the people as buttons, in bokmål, without script', async () => {
  const { page } = await openSignIn()
  assert.equal(page.status, 200)
  assert.match(page.text, /<html lang="nb">/)
  assert.match(page.text, /<meta name="viewport" content="width=device-width, initial-scale=1">/)
  assert.match(page.text, /<h1>Velg testperson<\/h1>/)
  assert.match(page.text, /Klinikerportalen/)
  assert.match(page.text, /<button name="person" value="nurse"><strong translate="no">Nora Sykepleier<\/strong>/)
  assert.match(page.text, /<span lang="nb">sykepleier &lt;legevakt&gt;, Oslo kommune<\/span>/)
  assert.match(page.text, /<button name="person" value="citizen">/)
  assert.doesNotMatch(page.text, /<script|onclick/)
  assert.doesNotMatch(page.text, /\d{11}/, 'no identity number')
})

test('people are grouped by portal and story, those of the portal that asks first, in the language of the reader', async () => {
  const story = { nb: 'På vakt', nn: 'På vakt', en: 'On duty' }
  const [nurse, citizen] = started.helseId.world.people
  Object.assign(nurse ?? {}, { client: 'portal', story })
  Object.assign(citizen ?? {}, { client: 'citizen-portal' })
  started.helseId.world.people.reverse()
  try {
    const { browser, page } = await openSignIn()
    const headings = [...page.text.matchAll(/<h[23][^>]*>([^<]+)</g)].map(([, words]) => words)
    assert.deepEqual(headings, ['Klinikerportalen', 'På vakt', 'Innbyggerportalen'])
    const english = await browser.get(`${page.url}?language=en`)
    assert.match(english.text, /<html lang="en">.*<h1>Choose a test person<\/h1>.*<h3>On duty<\/h3>/s)
    assert.ok(new URL((await browser.post(page.url, { person: 'nurse' })).url).searchParams.has('code'))
  } finally {
    started.helseId.world.people.reverse()
    for (const person of [nurse, citizen]) for (const name of ['client', 'story'] as const) delete person?.[name]
  }
})

test('the sign-in page lets nothing in from outside, and its form ends at the portal only', async () => {
  const { page } = await openSignIn()
  assert.match(
    String(page.headers.get('content-security-policy')),
    /^default-src 'none'; style-src 'sha256-[^']+'; font-src 'self'; form-action 'self' http:\/\/localhost:9; base-uri 'none'; frame-ancestors 'none'$/,
  )
  assert.equal(page.headers.get('cache-control'), 'no-store')
})

test('what a person is, and where to begin again, stand in the language of the reader', async () => {
  const [nurse] = started.helseId.world.people
  Object.assign(nurse ?? {}, { roles: { nb: 'sykepleier', nn: 'sjukepleiar', en: 'nurse' } })
  try {
    const { browser, page } = await openSignIn()
    assert.match((await browser.get(`${page.url}?language=nn`)).text, /<span lang="nn">sjukepleiar, Oslo kommune<\/span>/)
    const old = await createBrowser().get(`${started.helseId.issuer}/innlogging/gone?language=en`)
    assert.match(old.text, /<html lang="en">.*The sign-in is too old.*<a href="http:\/\/localhost:9\/">Klinikerportalen<\/a>/s)
    assert.doesNotMatch(old.text, /interaction/)
  } finally {
    delete nurse?.roles
  }
})

test('choosing a person completes the sign-in', async () => {
  const { browser, page } = await openSignIn()
  const { searchParams } = new URL((await browser.post(page.url, { person: 'nurse' })).url)
  assert.deepEqual([...searchParams.keys()].sort(), ['code', 'iss', 'state'])
})

test('cancelling tells the portal', async () => {
  const { browser, page } = await openSignIn()
  const answer = new URL((await browser.post(page.url, { cancel: 'yes' })).url)
  assert.equal(answer.searchParams.get('error'), 'access_denied')
})

test('an unknown person gets the page again', async () => {
  const { browser, page } = await openSignIn()
  const answer = await browser.post(page.url, { person: 'nobody' })
  assert.equal(answer.status, 400)
  assert.match(answer.text, /Velg testperson/)
})

test('another browser cannot take over a sign-in', async () => {
  const { page } = await openSignIn()
  const answer = await createBrowser().post(page.url, { person: 'nurse' })
  assert.equal(answer.status, 400)
  assert.match(answer.text, /<h1>Innloggingen stoppet<\/h1>/)
})

test('a second sign-in in the same browser asks again who it is', async () => {
  const { browser, page } = await openSignIn()
  await browser.post(page.url, { person: 'nurse' })
  const pushed = await started.push('portal', pushedRequest())
  const query = new URLSearchParams({ client_id: 'portal', request_uri: String(pushed.body.request_uri) })
  const again = await browser.get(`${started.helseId.issuer}/connect/authorize?${query}`)
  assert.match(again.text, /Velg testperson/)
  assert.ok(new URL((await browser.post(again.url, { person: 'citizen' })).url).searchParams.has('code'))
})

test('an unknown client shows an error page', async () => {
  const query = new URLSearchParams({ client_id: 'nobody', request_uri: 'urn:ietf:params:oauth:request_uri:none' })
  const answer = await createBrowser().get(`${started.helseId.issuer}/connect/authorize?${query}`)
  assert.equal(answer.status, 400)
  assert.match(answer.text, /<strong>invalid_client<\/strong>/)
})

test('a portal that shows its ID token signs the person out at once and gets its state back', async () => {
  const { browser, idToken } = await signIn()
  const query = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: 'http://localhost:9/', state: 'bye' })
  const answer = await browser.get(`${started.helseId.issuer}/connect/endsession?${query}`)
  assert.equal(answer.url, 'http://localhost:9/?state=bye')
})

test('without an ID token the person is asked before being signed out', async () => {
  const { browser } = await signIn()
  const query = new URLSearchParams({ client_id: 'portal', post_logout_redirect_uri: 'http://localhost:9/' })
  const page = await browser.get(`${started.helseId.issuer}/connect/endsession?${query}`)
  assert.match(page.text, /<h1>Logg ut<\/h1>/)
  const [, action, xsrf] = /action="([^"]+)"><input type="hidden" name="xsrf" value="([^"]+)"/.exec(page.text) ?? []
  const answer = await browser.post(String(action), { xsrf: String(xsrf), logout: 'yes' })
  assert.equal(answer.url, 'http://localhost:9/')
})

test('signing out to an address that is not registered is refused', async () => {
  const { browser, idToken } = await signIn()
  const query = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: 'http://localhost:9/other' })
  const answer = await browser.get(`${started.helseId.issuer}/connect/endsession?${query}`)
  assert.equal(answer.status, 400)
  assert.match(answer.text, /post_logout_redirect_uri not registered/)
})

async function signIn() {
  const verifier = 'v'.repeat(43)
  const { browser, page } = await openSignIn()
  const code = String(new URL((await browser.post(page.url, { person: 'nurse' })).url).searchParams.get('code'))
  const { redirect_uri = '' } = pushedRequest()
  const answer = await started.token('portal', { grant_type: 'authorization_code', redirect_uri, code, code_verifier: verifier })
  return { browser, idToken: String(answer.body.id_token) }
}

test('a client that says whom it wants gets that person signed in without a page; whoever is not known is chosen as ever', async () => {
  const { searchParams } = new URL((await openSignIn('nurse')).page.url)
  assert.deepEqual([...searchParams.keys()].sort(), ['code', 'iss', 'state'])
  assert.match((await openSignIn('nobody')).page.text, /Velg testperson/)
})
