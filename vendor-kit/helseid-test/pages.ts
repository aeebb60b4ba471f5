/** The pages a person sees: plain HTML in the look of the portals, whole without script, readable at 320 CSS pixels, in three languages. */
import { createHash } from 'node:crypto'
import { type Language, languages, say, wordsIn } from './page-words.ts'
import type { TestPerson } from './world.ts'

/** Names of the files of the typeface, by weight; served when the options have them, and else the system's own letters are used. */
export const faceFiles = { 400: 'source-sans-pro-400.woff2', 600: 'source-sans-pro-600.woff2' } as const
export const FACES_PATH = '/typeface'

const faces = Object.entries(faceFiles).map(
  ([weight, file]) => `@font-face { font-family: 'Source Sans Pro'; font-weight: ${weight}; font-display: swap;
  src: url('${FACES_PATH}/${file}') format('woff2') }`,
)

const STYLE = `
${faces.join('\n')}
:root { color-scheme: light; font: 106.25%/1.5 'Source Sans Pro', Arial, Verdana, sans-serif; color: #2b2c2b; background: #f5f3f3 }
*, *::before, *::after { box-sizing: border-box }
body { margin: 0 }
a { color: #08667c; text-underline-offset: 0.15em }
:focus-visible { outline: 3px solid #000; outline-offset: 2px }
header { background: #084350; color: #fff }
header :focus-visible { outline-color: #fff }
.wide { max-width: 60rem; margin: 0 auto; padding: 0.625rem clamp(1rem, 4vw, 2.5rem) }
.bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5rem 1.5rem }
.name { margin: 0; font-size: 1.125rem; font-weight: 600 }
.languages { display: flex; gap: 0.125rem; list-style: none; margin: 0; padding: 0 }
.languages a { display: block; padding: 0.25rem 0.5rem; color: #fff; text-decoration: none }
.languages a[aria-current] { font-weight: 600; text-decoration: underline; text-underline-offset: 0.3em }
main { padding-bottom: 3rem }
footer { border-top: 1px solid #d7d5d3; color: #474745 }
footer p { margin: 0 auto }
h1 { font-size: clamp(1.5rem, 1.25rem + 1vw, 1.75rem); line-height: 1.25; margin: 1.5rem 0 0.5rem }
h2 { font-size: 1.375rem; line-height: 1.3; margin: 2rem 0 0.25rem }
h3 { font-size: 1.0625rem; line-height: 1.35; margin: 1.25rem 0 0.5rem; color: #474745 }
p { margin: 0.5rem 0; max-width: 68ch }
.people { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); gap: 0.5rem }
.people { list-style: none; margin: 0; padding: 0 }
button { font: inherit; text-align: left; width: 100%; height: 100%; min-height: 2.75rem; padding: 0.625rem 1rem;
  color: inherit; background: #fff; border: 1px solid #7d7c79; border-radius: 0.375rem; cursor: pointer; overflow-wrap: anywhere }
button:hover { border-color: #08667c; background: #e4f7f9 }
button { display: flex; flex-direction: column; justify-content: flex-start }
button span { color: #474745 }
.plain { width: auto; height: auto }
.ways { margin: 0.5rem 0; padding-left: 1.25rem }
.ways a { display: inline-block; padding: 0.25rem 0 }
.notice { border: 1px solid #ab7c00; border-radius: 0.375rem; padding: 0.75rem 1rem; background: #fdf8df }
@media (forced-colors: active) { .languages a[aria-current] { outline: 2px solid } }
`

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

export interface Page {
  body: string
  headers: Record<string, string>
}

/** A service that people sign in to, and where it begins. */
interface Way {
  name: string
  href: string
}

/**
 * Who the page is for: the language, and its own address, for the links that change the language; without it there are none. `ways` are
 * the services that a page leads on to where a sign-in ended.
 */
export interface Reader {
  language: Language
  path?: string
  ways?: readonly Way[]
}

interface SignInPage {
  clientId: string
  clientName: string
  people: readonly TestPerson[]
  /** Name of each client, for the headings. */
  nameOf: (clientId: string) => string
  action: string
  /** Where the sign-in ends: forms may be redirected there and nowhere else. */
  returnTo: string
}

/** Every person as a button in one form, grouped by portal and story: those of the portal that asks come first. */
export function signInPage({ clientId, clientName, people, nameOf, action, returnTo }: SignInPage, reader: Reader): Page {
  const t = wordsIn(reader.language)
  const groups = [...Map.groupBy(people, ({ client }) => client)].toSorted(
    ([a], [b]) => Number(b === clientId) - Number(a === clientId) || Number(a === undefined) - Number(b === undefined),
  )
  const sections = groups.map(([client, members], at) => {
    const heading = client === undefined ? t('others') : nameOf(client)
    const only = groups.length === 1 && client === undefined
    const stories = [...Map.groupBy(members, ({ story }) => story)].map(([story, told]) => {
      const words = story ? `<h3>${escapeHtml(say(story, reader.language))}</h3>\n` : ''
      const label = escapeHtml(story ? say(story, reader.language) : only ? t('people') : heading)
      return `${words}<ul class="people" aria-label="${label}">\n${told.map((person) => choice(person, reader.language)).join('\n')}\n</ul>`
    })
    return `<section${only ? '' : ` aria-labelledby="group-${at}"`}>
${only ? '' : `<h2 id="group-${at}">${escapeHtml(heading)}</h2>`}
${stories.join('\n')}
</section>`
  })
  return page(
    t('choose'),
    `<p>${escapeHtml(t('into').replace('{{name}}', clientName))}</p>
<p class="notice">${t('notice')}</p>
<form method="post" action="${escapeHtml(action)}">
${sections.join('\n')}
<p><button class="plain" name="cancel" value="yes">${t('cancel')}</button></p>
</form>`,
    { ...reader, returnTo },
  )
}

/** What a person is stands in bokmål where it is not known in the language of the page. */
function choice(person: TestPerson, language: Language): string {
  const lang = person.roles ? language : 'nb'
  const name = `<strong translate="no">${escapeHtml(person.name)}</strong>`
  const role = `<span lang="${lang}">${escapeHtml(describe(person, lang))}</span>`
  return `<li><button name="person" value="${escapeHtml(person.id)}">${name}${role}</button></li>`
}

/** Asks before the session ends, when the portal could not show whose session it is. */
export function signOutPage(form: string, returnTo: string | undefined, reader: Reader): Page {
  const t = wordsIn(reader.language)
  return page(
    t('signOut'),
    `${form}\n<p>${t('signOutText')}</p>
<p><button class="plain" type="submit" form="op.logoutForm" name="logout" value="yes">${t('signOut')}</button></p>`,
    { ...reader, ...(returnTo ? { returnTo } : {}) },
  )
}

export function signedOutPage(reader: Reader): Page {
  const t = wordsIn(reader.language)
  return page(t('signedOut'), `<p>${t('signedOutText')}</p>\n${waysOn(reader)}`, reader)
}

/** For a person who waited too long. */
export function expiredPage(reader: Reader): Page {
  const t = wordsIn(reader.language)
  return page(t('stopped'), `<p>${t('expired')}</p>\n<p>${t('stoppedText')}</p>\n${waysOn(reader)}`, reader)
}

/** For a person who typed an address, of the provider itself or one that does not exist. */
export function nothingPage(reader: Reader): Page {
  const t = wordsIn(reader.language)
  return page(t('nothing'), `<p>${t('nothingText')}</p>\n${waysOn(reader)}`, reader)
}

export function errorPage(error: string, description: string | undefined, reader: Reader): Page {
  const t = wordsIn(reader.language)
  return page(
    t('stopped'),
    `<p>${t('stoppedText')}</p>
${waysOn(reader)}
<p lang="en"><strong>${escapeHtml(error)}</strong>${description ? `: ${escapeHtml(description)}` : ''}</p>`,
    reader,
  )
}

function page(heading: string, content: string, { language, path, returnTo }: Reader & { returnTo?: string }): Page {
  const t = wordsIn(language)
  const formAction = ["'self'", ...(returnTo ? [originOf(returnTo)] : [])].join(' ')
  const choices = languages.map(([one, name]) => {
    const current = one === language ? ' aria-current="true"' : ''
    return `<li><a href="${escapeHtml(path ?? '')}?language=${one}" lang="${one}" hreflang="${one}"${current}>${name}</a></li>`
  })
  const switcher = path ? `<nav aria-label="${t('language')}"><ul class="languages">${choices.join('')}</ul></nav>` : ''
  return {
    body: `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(heading)} – HelseID-test</title>
<style>${STYLE}</style>
</head>
<body>
<header><div class="wide bar"><p class="name" translate="no">HelseID-test</p>${switcher}</div></header>
<main class="wide">
<h1>${escapeHtml(heading)}</h1>
${content}
</main>
<footer><p class="wide">${t('foot')}</p></footer>
</body>
</html>
`,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      // form-action also governs where the answer to a form may redirect, hence the portal's own origin.
      'content-security-policy': [
        `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; font-src 'self'`,
        `form-action ${formAction}; base-uri 'none'; frame-ancestors 'none'`,
      ].join('; '),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  }
}

/** The employer is left out where the role names it. */
function describe({ role: asRegistered, roles, employer }: TestPerson, language: Language): string {
  const role = roles?.[language] ?? asRegistered
  // Without what no role has: the form of the company, and that it is made up.
  const known = employer?.name.split(' (')[0]?.replace(/ (?:AS|RHF)$/, '')
  return employer && known && !role.includes(known) ? `${role}, ${employer.name}` : role
}

function waysOn({ language, ways = [] }: Reader): string {
  if (ways.length === 0) return ''
  const links = ways.map(({ name, href }) => `<li><a href="${escapeHtml(href)}">${escapeHtml(name)}</a></li>`)
  return `<p>${wordsIn(language)('ways')}</p>\n<ul class="ways">${links.join('')}</ul>`
}

function originOf(uri: string): string {
  const { origin, protocol } = new URL(uri)
  return origin === 'null' ? protocol : origin
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
