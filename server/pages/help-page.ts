/** Help with contact, for the people of each portal, and what everyone may know about privacy: open to those who are refused, too. */
import { absoluteHours, idleMinutes } from '@helsevev/portal/contract'
import { introductionTexts } from '@helsevev/portal/introduction'
import type { Language } from '@helsevev/ui/format.ts'
import type { PortalName } from '../env.ts'
import { helpTexts, privacyTexts } from './help-texts.ts'
import { escapeHtml, page } from './layout.ts'
import { type PageWords, wordsOf } from './words.ts'

const four = [0, 1, 2, 3] as const
const three = [0, 1, 2] as const

/** `reach`: how to reach those who run the server, as people read it. */
export function helpPage(portal: PortalName, language: Language, reach?: string): string {
  const t = wordsOf(helpTexts, language)
  const introduce = wordsOf(introductionTexts, language)
  const title = `${t('title')} ${t(`for.${portal}`)}`
  const session = t('session.text').replace('{{minutes}}', String(idleMinutes)).replace('{{hours}}', String(absoluteHours))
  return page({
    language,
    title: `${title} – Helsevev`,
    path: `/help/${portal}`,
    content: `<div class="wide text">
<h1>${title}</h1>
<p><a href="/${portal}/">${t('back')}</a></p>
<h2>${introduce('intro.title')}</h2>
<ol>${four.map((at) => `<li>${introduce(`intro.${portal}.${at}`)}</li>`).join('')}</ol>
<h2>${t('often.title')}</h2>
${three.map((at) => `<h3>${t(`${portal}.${at}.q`)}</h3>\n<p>${t(`${portal}.${at}.a`)}</p>`).join('\n')}
<h2>${t('session.title')}</h2>
<p>${session}</p>
${contact(t, reach)}
</div>`,
  })
}

/** Help for everybody: the way to the help of each portal, and contact. */
export function helpIndexPage(portals: readonly PortalName[], language: Language, reach?: string): string {
  const t = wordsOf(helpTexts, language)
  const links = portals.map((portal) => `<li><a href="/help/${portal}">${t('help')} ${t(`for.${portal}`)}</a></li>`)
  return page({
    language,
    title: `${t('title')} – Helsevev`,
    path: '/help',
    content: `<div class="wide text">
<h1>${t('title')}</h1>
<ul>${links.join('')}</ul>
${contact(t, reach)}
</div>`,
  })
}

function contact(t: PageWords<typeof helpTexts>, reach: string | undefined): string {
  const own = reach ? `<li>${t('contact.reach')} <span translate="no">${escapeHtml(reach)}</span></li>` : ''
  return `<h2 id="contact">${t('contact.title')}</h2>
<ul>${own}<li>${t('contact.content')}</li><li>${t('contact.pages')}</li><li>${t('contact.privacy')}</li></ul>`
}

export function privacyPage(language: Language): string {
  const t = wordsOf(privacyTexts, language)
  return page({
    language,
    title: `${t('title')} – Helsevev`,
    path: '/privacy',
    content: `<div class="wide text">
<h1>${t('title')}</h1>
<p>${t('lead')}</p>
<ul>${four.map((at) => `<li>${t(`point.${at}`)}</li>`).join('')}</ul>
<h2>${t('rights.title')}</h2>
<p>${t('rights.text')} <a href="https://www.datatilsynet.no/">Datatilsynet</a>.</p>
</div>`,
  })
}
