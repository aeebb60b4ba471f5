/** The first page: what this is and why, the way into each portal, and in development who to sign in as and what to try. */

import { EHR_PATH } from '@helsevev/ehr-test'
import { introductionTexts } from '@helsevev/portal/introduction'
import type { Language } from '@helsevev/ui/format.ts'
import type { PortalName } from '../env.ts'
import type { SeedWorld } from '../seed/index.ts'
import { frontTexts } from './front-texts.ts'
import { escapeHtml, page } from './layout.ts'
import { toTry, toTryTexts } from './to-try.ts'
import { type PageWords, wordsOf } from './words.ts'

type FrontWords = PageWords<typeof frontTexts>

interface FrontPage {
  language: Language
  world: SeedWorld | undefined
  portals: readonly PortalName[]
  oneClick: boolean
}

export function frontPage({ language, world, portals, oneClick }: FrontPage): string {
  const t = wordsOf(frontTexts, language)
  const card = (name: PortalName) => `<li class="card">
<h3>${t(`portals.${name}.title`)}</h3>
<p>${t(`portals.${name}.text`)}</p>
<a class="button" href="/${name}/">${t(`portals.${name}.open`)}</a>
${introduction(name, language)}
${world ? people(name, world, language, t, oneClick) : ''}
</li>`
  const points = ([0, 1, 2] as const).map((at) => `<li class="point"><h3>${t(`how.${at}.title`)}</h3><p>${t(`how.${at}.text`)}</p></li>`)
  const offered = `<section class="part" aria-labelledby="portals"><h2 id="portals">${t('try.title')}</h2>
${world ? `<p>${t('try.text')}</p>` : ''}<ul class="columns">${portals.map(card).join('\n')}</ul></section>`
  return page({
    language,
    title: `Helsevev – ${t('title')}`,
    path: '/',
    content: `<div class="story"><div class="wide story__columns"><div>
<h1>${t('title')}</h1>
<p>${t('story.0')}</p>
<p>${t('story.1')}</p>
</div>${weave}</div></div>
<div class="wide">
<section class="part" aria-labelledby="how"><h2 id="how">${t('how.title')}</h2>
<ul class="columns">${points.join('\n')}</ul></section>
${portals.length > 0 ? offered : ''}
${world && portals.includes('clinician') ? patients(world, t, oneClick) : ''}
<section class="part" aria-labelledby="vendors"><h2 id="vendors">${t('vendors.title')}</h2>
<p>${t('vendors.text')} <a href="/fhir/metadata">/fhir/metadata</a>.
${t('vendors.each')} <code>/fhir/{${t('vendors.service')}}/metadata</code>.</p></section>
</div>`,
  })
}

/** The mark, large: many threads, one cloth. An ornament: it adds nothing to the words. */
const weave = `<svg class="mark story__weave" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
<path d="M2 7h9M15 7h7M2 12h4M10 12h12M2 17h9M15 17h7"/>
<path class="story__other" d="M7 2v3M7 9v13M12 2v8M12 14v8M17 2v3M17 9v6M17 19v3"/></svg>`

/** What the portal is, in four sentences: a link that signs in at once leads past the page that says it first. */
function introduction(portal: PortalName, language: Language): string {
  const t = wordsOf(introductionTexts, language)
  const sentences = ([0, 1, 2, 3] as const).map((at) => `<li>${t(`intro.${portal}.${at}`)}</li>`)
  return `<details><summary>${t('intro.title')}</summary><ol>${sentences.join('')}</ol></details>`
}

/** Who to sign in as, with one click where the issuer lets a link choose. */
function people(portal: PortalName, world: SeedWorld, language: Language, t: FrontWords, oneClick: boolean): string {
  const say = wordsOf(toTryTexts, language)
  const lines = toTry[portal].flatMap((id) => {
    const person = world.people.find((one) => one.id === id)
    if (!person) return []
    const name = escapeHtml(person.name)
    const who = oneClick ? `<a href="/${portal}/login?as=${id}">${t('try.as')} ${name}</a>` : `<strong>${name}</strong>`
    const role = person.roles?.[language] ?? person.role
    return [`<li>${who}<span class="people__role">${escapeHtml(role)}</span>${say(id)}</li>`]
  })
  return `<ul class="people">${lines.join('\n')}</ul>`
}

/** Whose number to type in the clinician portal. */
function patients(world: SeedWorld, t: FrontWords, oneClick: boolean): string {
  const lines = ['astrid', 'olav', 'gunnar', 'torbjorn', 'signe'].flatMap((id) => {
    const one = world.patients.find((patient) => patient.id === id)
    const number = one?.identifiers.at(-1)?.value
    return one && number ? [`<li>${escapeHtml(`${one.givenName} ${one.familyName}`)} <code>${number}</code></li>`] : []
  })
  // Where the test identity provider runs, the test record system does.
  const recordSystem = oneClick ? `<p><a href="${EHR_PATH}/">${t('patients.recordSystem')}</a></p>` : ''
  return `<section class="part" aria-labelledby="patients"><h2 id="patients">${t('patients.title')}</h2>
<p>${t('patients.text')}</p><ul class="numbers">${lines.join('')}</ul>${recordSystem}</section>`
}
