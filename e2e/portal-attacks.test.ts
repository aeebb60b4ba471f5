/** Attacks on the sessions of every portal, from a real browser and another site: each row of a table, the same for all portals. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import type { Row } from '@helsevev/kernel/wire/contract'
import { apiPrefix, csrfHeader } from '@helsevev/portal/contract'
import { contract as citizen, session as citizenSession } from '@helsevev/portal-citizen/contract'
import { contract as clinician, session as clinicianSession } from '@helsevev/portal-clinician/contract'
import { contract as controller, session as controllerSession } from '@helsevev/portal-controller/contract'
import { world } from '@helsevev/server/seed/index'
import type { Browser, BrowserContext } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { personName } from './clinician-pages.ts'
import { type Lent, lendPage } from './lent-pages.ts'
import { type OtherSite, otherSite } from './other-site.ts'
import { enter, type PortalUnderTest, portals, settled } from './portal-pages.ts'
import { startTestSystem, type TestSystem } from './test-system.ts'

let it: TestSystem
let browser: Browser
let elsewhere: OtherSite

before(async () => {
  ;[it, browser, elsewhere] = await Promise.all([startTestSystem({ withPortals: true }), launchBrowser(), otherSite()])
})
after(async () => {
  await browser?.close()
  await elsewhere?.close()
  await it?.close()
})

const base = () => it.system.baseUrl

/** Signed in, on the first page. */
async function signedIn({ name, person }: PortalUnderTest): Promise<Lent> {
  const { page, context } = await lendPage(browser, { width: 1280, height: 720 })
  page.setDefaultTimeout(15_000)
  await enter(page, base(), { name, person, pages: {}, frame: [] })
  return { page, context }
}

const isSignedIn = async (context: BrowserContext, portal: string): Promise<boolean> =>
  (await (await context.request.get(`${base()}/${portal}/api/me`)).json()).signedIn

/** Every change that a page of the portal asks for, and that of signing out. */
const changes: Record<string, { method: string; path: string }[]> = Object.fromEntries(
  Object.entries({
    clinician: { ...clinician, ...clinicianSession },
    citizen: { ...citizen, ...citizenSession },
    controller: { ...controller, ...controllerSession },
  }).map(([portal, rows]) => [
    portal,
    Object.values<Row>(rows)
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => ({ method, path: `${apiPrefix.slice(1)}${path.replaceAll(/:\w+/g, 'x')}` })),
  ]),
)

for (const portal of portals) {
  const { name, person } = portal
  const home = () => `${base()}/${name}/`

  describe(name, () => {
    /** One session for the attacks that must leave it as it is. */
    let visitor: Awaited<ReturnType<typeof signedIn>>
    before(async () => {
      visitor = await signedIn(portal)
    })
    after(async () => {
      await visitor?.context.close()
    })

    test('nobody frames a page, and nothing but files named by their content is kept by the browser', async () => {
      const page = await visitor.context.newPage()
      const kept: string[] = []
      const framed: string[] = []
      page.on('response', async (response) => {
        const { pathname, origin } = new URL(response.url())
        if (origin !== base()) return
        const headers = response.headers()
        if (!pathname.includes('/assets/') && headers['cache-control'] !== 'no-store') kept.push(pathname)
        if (!/frame-ancestors 'none'/.test(headers['content-security-policy'] ?? '') || headers['x-frame-options'] !== 'DENY')
          framed.push(pathname)
      })
      for (const path of Object.values(portal.pages)) {
        await page.goto(`${base()}/${name}${path.replace(/:[a-zA-Z]+/g, 'x')}`)
        await settled(page, 3_000)
      }
      assert.deepEqual([kept, framed], [[], []])

      const trap = elsewhere.put(`<iframe src="${home()}" width="800" height="600"></iframe>`)
      await page.goto(trap)
      await page.waitForLoadState('networkidle')
      const inside = page.frames().find((frame) => frame !== page.mainFrame())
      assert.equal(
        await inside
          ?.locator('#root, h1')
          .count()
          .catch(() => 0),
        0,
      )
      await page.close()
    })

    test('another site changes nothing: forms, pictures and scripts of it', async () => {
      const { context } = visitor
      const page = await context.newPage()
      for (const { path } of changes[name] ?? []) {
        const form = elsewhere.put(
          `<form method="post" action="${base()}/${name}/${path}" enctype="text/plain">
          <input name='{"everywhere":true,"x":"' value='"}'></form><script>document.forms[0].submit()</script>`,
        )
        await page.goto(form, { waitUntil: 'commit' })
        await page.waitForURL(`${base()}/${name}/${path}`, { waitUntil: 'commit' })
      }
      const script = elsewhere.put(
        `<img src="${home()}api/me"><script>
        const headers = { 'content-type': 'application/json', '${csrfHeader}': 'x' }
        for (const method of ['POST','PUT','DELETE'])
          fetch('${home()}api/sign-out', { method, credentials: 'include', headers, body: '{"everywhere":true}' }).catch(() => {});
        fetch('${home()}api/me', { credentials: 'include' }).then((r) => r.text())
          .then((t) => { document.title = t }, () => { document.title = 'refused' })</script>`,
      )
      await page.goto(script)
      await page.waitForFunction(() => document.title !== 'elsewhere')
      assert.equal(await page.title(), 'refused')
      assert.equal(await isSignedIn(context, name), true)
      await page.close()
    })

    test('no change is made without the csrf value, with a wrong one, or for another origin', async () => {
      const { context } = visitor
      const { csrf } = await (await context.request.get(`${home()}api/me`)).json()
      const ours = { origin: base(), [csrfHeader]: csrf, 'content-type': 'application/json' }
      const attempts: [what: string, headers: Record<string, string>][] = [
        ['no value', { origin: base(), 'content-type': 'application/json' }],
        ['a wrong value', { ...ours, [csrfHeader]: `${csrf.slice(0, -1)}x` }],
        ['another origin', { ...ours, origin: elsewhere.address }],
        ['an origin that begins alike', { ...ours, origin: `${base()}.elsewhere.example` }],
        ['no origin of its own', { ...ours, origin: 'null' }],
        ['another site', { ...ours, 'sec-fetch-site': 'cross-site' }],
      ]
      assert.ok((changes[name] ?? []).length > 1)
      for (const { method, path } of changes[name] ?? [])
        for (const [what, headers] of attempts) {
          const answer = await context.request.fetch(`${base()}/${name}/${path}`, { method, headers, data: '{}' })
          assert.deepEqual([answer.status(), (await answer.json()).code], [403, 'not-from-our-page'], `${method} ${path}: ${what}`)
        }
      assert.equal(await isSignedIn(context, name), true)
    })

    test('a session id planted before the sign-in opens nothing after it', async () => {
      const context = await browser.newContext()
      const planted = 'A'.repeat(43)
      // As somebody on a subdomain or at the same computer could; over https the name begins with __Host-, which keeps even that out.
      await context.addCookies([{ name: `helsevev-${name}`, value: planted, domain: 'localhost', path: `/${name}` }])
      const page = await context.newPage()
      await enter(page, base(), { name, person, pages: {}, frame: [] })
      const cookie = (await context.cookies(home())).find((one) => one.name === `helsevev-${name}`)
      assert.notEqual(cookie?.value, planted)
      assert.deepEqual([cookie?.httpOnly, cookie?.sameSite], [true, 'Strict'])
      const fresh = await browser.newContext()
      await fresh.addCookies([{ name: `helsevev-${name}`, value: planted, url: home() }])
      assert.equal(await isSignedIn(fresh, name), false)
      await fresh.close()
      await context.close()
    })

    test('no address leads elsewhere', async () => {
      const allowed = new Set([base(), new URL(it.system.issuer).origin])
      const evil = encodeURIComponent('https://elsewhere.example/')
      const context = await browser.newContext()
      for (const path of [
        `login?next=${evil}`,
        `login?returnUrl=${evil}&redirect_uri=${evil}`,
        `login?as=${evil}`,
        `callback?code=x&state=x&redirect_uri=${evil}`,
        `callback?error=access_denied&error_uri=${evil}`,
        `?sign-in=${evil}`,
        `/elsewhere.example/`,
        `%2F%2Felsewhere.example`,
        `..%2F..%2F%2Felsewhere.example`,
      ]) {
        const answer = await context.request.get(`${home()}${path}`, { maxRedirects: 0 })
        const location = answer.headers()['location']
        if (location) assert.ok(allowed.has(new URL(location, home()).origin), `${path} leads to ${location}`)
      }
      await context.close()
    })

    test('a script in an address is neither run nor shown', async () => {
      const context = await browser.newContext()
      const page = await context.newPage()
      const script = encodeURIComponent('"><img src=x onerror=window.hit=1><script>window.hit=1</script>')
      const paths = [
        `?sign-in=${script}`,
        `#${script}`,
        `?${script}=1`,
        `login?as=${script}`,
        `callback?error=${script}&error_description=${script}`,
      ]
      for (const path of paths) {
        await page.goto(`${home()}${path}`)
        await settled(page, 3_000)
        const found = await page.evaluate(() =>
          'hit' in window ? 'ran' : document.querySelector('img[src="x"]') ? 'element' : document.body.innerText,
        )
        assert.doesNotMatch(found, /^ran$|^element$|onerror/, path)
      }
      await context.close()
    })

    test('after sign-out neither the back button nor an address typed by hand shows anything', async () => {
      const { page, context } = await signedIn(portal)
      await page.getByText(personName(person)).first().waitFor()
      // Two pages of the portal in the history, of which sign-out replaces the last.
      await page.goto(`${home()}#again`)
      await page.reload()
      await page.getByRole('button', { name: 'Logg ut' }).first().click()
      await page.waitForURL((url) => !url.href.startsWith(home()))
      await page.goBack()
      assert.ok(page.url().startsWith(home()), page.url())
      for (const path of ['/', ...Object.values(portal.pages)]) {
        await page.getByRole('link', { name: 'Logg inn med HelseID' }).waitFor()
        assert.equal(await page.getByText(personName(person)).count(), 0, path)
        await page.goto(`${base()}/${name}${path.replace(/:[a-zA-Z]+/g, 'x')}`)
      }
      await context.close()
    })

    for (const [what, sql] of [
      ['30 minutes without use', "update portal_session set last_used = last_used - interval '30 minutes'"],
      ['8 hours', 'update portal_session set expires = created'],
    ] as const) {
      test(`after ${what} the session is over, on the page and for the server`, async () => {
        const { page, context } = await signedIn(portal)
        await it.database.sql.unsafe(sql)
        await page.reload()
        await page.getByRole('link', { name: 'Logg inn med HelseID' }).waitFor()
        assert.equal(await isSignedIn(context, name), false)
        await context.close()
      })
    }

    test('the cookie of this portal opens no other', async () => {
      const { context } = await signedIn(portal)
      const [cookie] = (await context.cookies(home())).filter(({ name: one }) => one === `helsevev-${name}`)
      for (const other of portals.filter((one) => one.name !== name)) {
        const thief = await browser.newContext()
        await thief.addCookies([{ name: `helsevev-${other.name}`, value: cookie?.value ?? '', url: `${base()}/${other.name}/` }])
        assert.equal(await isSignedIn(thief, other.name), false, other.name)
        await thief.close()
      }
      await context.close()
    })
  })
}

test('signing out everywhere in one portal ends the session in another, in another browser', async () => {
  const [clinician, citizen] = portals
  assert.ok(clinician && citizen)
  const here = await signedIn(clinician)
  const there = await signedIn({ ...citizen, person: clinician.person }).catch(() => undefined)
  assert.ok(there, 'somebody who works in health care is a citizen too')
  const { csrf } = await (await here.context.request.get(`${base()}/clinician/api/me`)).json()
  await here.context.request.post(`${base()}/clinician/api/sign-out`, {
    headers: { origin: base(), [csrfHeader]: csrf },
    data: { everywhere: true },
  })
  assert.deepEqual([await isSignedIn(here.context, 'clinician'), await isSignedIn(there.context, 'citizen')], [false, false])
  await here.context.close()
  await there.context.close()
})

test('signing out everywhere ends the sessions under each number of a person, and of nobody else', async () => {
  const [clinician, citizen] = portals
  assert.ok(clinician && citizen)
  const there = await signedIn(citizen)
  const signOut = async () => {
    const { context } = await signedIn(clinician)
    const { csrf } = await (await context.request.get(`${base()}/clinician/api/me`)).json()
    const headers = { origin: base(), [csrfHeader]: csrf }
    assert.equal((await context.request.post(`${base()}/clinician/api/sign-out`, { headers, data: { everywhere: true } })).status(), 200)
    await context.close()
  }
  await signOut()
  assert.equal(await isSignedIn(there.context, 'citizen'), true, 'two persons')
  const { sql, owner } = it.database
  const [one, other] = await Promise.all(
    [clinician, citizen].map(async ({ person }) => await keyOfNumber(sql, world().people.find(({ id }) => id === person)?.pid ?? '')),
  )
  assert.ok(one && other)
  await owner`insert into person_link (patient, same_as) values (${one}, ${other}), (${other}, ${one})`
  await signOut()
  assert.equal(await isSignedIn(there.context, 'citizen'), false, 'one person with two numbers')
  await owner`delete from person_link where patient in (${one}, ${other})`
  await there.context.close()
})

test('a citizen is not shown another person for having typed who', async () => {
  const citizen = portals.find(({ name }) => name === 'citizen')
  assert.ok(citizen)
  const { context } = await signedIn(citizen)
  const { csrf } = await (await context.request.get(`${base()}/citizen/api/me`)).json()
  for (const about of ['someone-else', '00000000-0000-4000-8000-000000000000', '1', '../hanne', 'citizen-hanne']) {
    const chosen = await context.request.put(`${base()}/citizen/api/about`, {
      headers: { origin: base(), [csrfHeader]: csrf },
      data: { id: about, about },
    })
    assert.notEqual(chosen.status() < 300, true, about)
    const asked = await context.request.get(`${base()}/citizen/api/choices`, { headers: { 'helsevev-about': about } })
    assert.notEqual(asked.status(), 200, about)
  }
  await context.close()
})
