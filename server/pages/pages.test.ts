/** The pages outside the portals, as anyone gets them. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createHttpServer } from '@helsevev/kernel/http/http-server'
import { silentLog } from '@helsevev/kernel/log/log'
import { formatDate, languages } from '@helsevev/ui/format.ts'
import fastify from 'fastify'
import { world } from '../seed/index.ts'
import { accessibilityPage } from './accessibility/accessibility-page.ts'
import { criteria, whyNot } from './accessibility/criteria.ts'
import { type Results, readResults } from './accessibility/results.ts'
import { verdicts } from './accessibility/verdicts.ts'
import { pages } from './pages.ts'
import { toTry } from './to-try.ts'
import { wrongAddress } from './wrong-address.ts'

async function served({ development = true, https = false } = {}) {
  const app = fastify()
  const portals = ['clinician', 'citizen', 'controller'] as const
  await pages(app, { world: development ? world() : undefined, portals, oneClick: development, contact: undefined, https: () => https })
  return app
}

test('the front page leads to each portal, and signs in as each test person in one click', async () => {
  const { body } = await (await served()).inject('/')
  for (const [portal, people] of Object.entries(toTry)) {
    assert.ok(body.includes(`href="/${portal}/"`), portal)
    for (const person of people) assert.ok(body.includes(`href="/${portal}/login?as=${person}"`), person)
  }
})

test('where nobody is made up, the front page names nobody and signs in nobody', async () => {
  const { body } = await (await served({ development: false })).inject('/')
  assert.doesNotMatch(body, /login\?as=|\d{11}|Solheim/)
})

test('nothing runs and nothing is framed; all the page needs is its own', async () => {
  const app = await served()
  for (const path of ['/', '/accessibility', '/privacy', '/help/clinician', '/help/citizen', '/help/controller']) {
    const { body, headers } = await app.inject(path)
    assert.match(String(headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'.*form-action 'none'/)
    assert.equal(headers['x-frame-options'], 'DENY')
    assert.doesNotMatch(body, /<script|<style|\sstyle=|\son\w+=|src="http/)
    for (const [, needed = ''] of body.matchAll(/<link rel="stylesheet" href="([^"]+)"/g))
      assert.equal((await app.inject(needed)).statusCode, 200, needed)
  }
  const { body: style } = await app.inject('/pages/style.css')
  for (const [, font = ''] of style.matchAll(/url\("(source[^"]+)"\)/g))
    assert.equal((await app.inject(`/pages/${font}`)).statusCode, 200, font)
})

test('the language that is chosen is kept in a cookie, and the address is clean again', async () => {
  const app = await served({ https: true })
  const chosen = await app.inject('/?language=nn')
  assert.equal(chosen.statusCode, 303)
  assert.equal(chosen.headers.location, '/')
  assert.match(String(chosen.headers['set-cookie']), /^helsevev-language=nn; .*SameSite=Lax; Secure$/)
  for (const language of languages) {
    const { body } = await app.inject({ url: '/', headers: { cookie: `helsevev-language=${language}` } })
    assert.match(body, new RegExp(`<html lang="${language === 'en' ? 'en-GB' : `${language}-NO`}">`))
  }
})

test('a language that is none is not kept, not written and not followed', async () => {
  const app = await served()
  for (const odd of ['"><script>alert(1)</script>', '//elsewhere.example', 'nb&language=nn']) {
    const { statusCode, body, headers } = await app.inject(`/?language=${encodeURIComponent(odd)}`)
    assert.equal(statusCode, 200)
    assert.equal(headers['set-cookie'], undefined)
    assert.doesNotMatch(body, /<script>|elsewhere/)
  }
})

const seen = (visits: Results['visits']): Results => ({
  tested: '2026-11-25',
  axe: '4',
  browser: 'Chromium',
  judgedByAxe: ['1.4.3'],
  visits,
  notVisited: [],
})
const visit = { portal: 'citizen', page: 'home', state: 'as it is', width: 320, language: 'nb' }

test('the 47 requirements of the public sector stand in the table of 56, each once; what nothing checks has a reason', () => {
  assert.equal(criteria.length, 56)
  assert.equal(new Set(criteria.map(({ number }) => number)).size, 56)
  assert.equal(criteria.filter(({ required }) => required).length, 47)
  const byAxe = new Set(readResults().judgedByAxe)
  const unchecked = criteria.filter(({ number, checks, tests }) => checks.length + tests.length === 0 && !byAxe.has(number))
  assert.deepEqual(
    unchecked.map(({ number }) => number),
    Object.keys(whyNot),
  )
})

test('every test that a requirement leans on is there', () => {
  for (const { tests } of criteria)
    for (const { file, name } of tests) {
      const text = readFileSync(join(import.meta.dirname, '..', '..', file), 'utf8')
      assert.ok(text.includes(`test('${name}'`), `${file}: ${name}`)
    }
})

test('a requirement is met only when something judged it and found nothing', () => {
  const stateOf = (number: string, results: Results) => verdicts(results).find(({ criterion }) => criterion.number === number)?.state
  const none = seen([])
  assert.equal(stateOf('1.4.3', none), 'not-checked')
  const clean = seen([{ ...visit, checks: ['axe', 'reflow'], findings: [] }])
  assert.equal(stateOf('1.4.3', clean), 'met')
  assert.equal(stateOf('1.4.10', clean), 'met')
  assert.equal(stateOf('1.1.1', clean), 'not-checked', 'axe had nothing to judge it by')
  assert.equal(stateOf('1.3.3', clean), 'not-checked', 'nothing of ours judges it')
  const faulty = seen([
    { ...visit, checks: ['axe'], findings: [{ check: 'axe', rule: 'color-contrast', criteria: ['1.4.3'], where: 'p' }] },
  ])
  assert.equal(stateOf('1.4.3', faulty), 'findings')
})

test('the statement says the day, the findings and where to complain, and escapes what a page put into a finding', () => {
  const results = seen([{ ...visit, checks: ['axe'], findings: [{ check: 'axe', rule: '<img src=x>', criteria: ['1.4.3'], where: 'p' }] }])
  for (const language of languages) {
    const html = accessibilityPage(language, results)
    assert.ok(html.includes(formatDate('2026-11-25', language)))
    assert.ok(html.includes('&#60;img src=x&#62; (1.4.3): citizen home'))
    assert.match(html, /diskrimineringsnemnda\.no/)
    assert.match(html, /uutilsynet\.no/)
  }
})

test('a wrong address is a page in the language of a person, which repeats nothing of it, and a problem for a program', async () => {
  const app = createHttpServer(silentLog, { wrongAddress })
  const asPerson = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', cookie: 'helsevev-language=nn' }
  for (const path of ['/nonsense', '/%zz', `/a/${world().patients[0]?.identifiers[0]?.value}`]) {
    const { statusCode, headers, body } = await app.inject({ url: path, headers: asPerson })
    assert.equal(statusCode, 404, path)
    assert.match(String(headers['content-type']), /^text\/html/)
    assert.match(body, /<h1>Sida finst ikkje<\/h1>/)
    assert.ok(!body.includes(path.slice(1)))
    for (const other of [{ accept: '*/*' }, { accept: 'application/json' }, {}])
      assert.match(String((await app.inject({ url: path, headers: other })).headers['content-type']), /json/, path)
  }
  assert.match(String((await app.inject({ url: '/fhir/nonsense', headers: asPerson })).headers['content-type']), /json/)
  assert.match(String((await app.inject({ url: '/nonsense', method: 'POST', headers: asPerson })).headers['content-type']), /json/)
})
