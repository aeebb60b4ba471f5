/** What the pages that the server writes itself have in common: plain HTML, whole without script, in three languages. */
import { type Language, languages, localeOf } from '@helsevev/ui/format.ts'
import { uiTexts } from '@helsevev/ui/own-texts.ts'
import { layoutTexts } from './layout-texts.ts'
import { wordsOf } from './words.ts'

interface Layout {
  language: Language
  title: string
  /** Path of the page, for the links that change its language. */
  path: string
  /** HTML. The caller has escaped the texts in it. */
  content: string
}

/** The same in the foot of every page, in the portals too. */
const footLinks = [
  ['home', '/'],
  ['help', '/help'],
  ['contact', '/help#contact'],
  ['accessibility', '/accessibility'],
  ['privacy', '/privacy'],
] as const

const names: Record<Language, string> = { nb: 'Bokmål', nn: 'Nynorsk', en: 'English' }

/** A whole page. */
export function page({ language, title, path, content }: Layout): string {
  const t = wordsOf(layoutTexts, language)
  const shared = wordsOf(uiTexts, language)
  const choices = languages
    .map((one) => {
      const current = one === language ? ' aria-current="true"' : ''
      const locale = localeOf(one)
      return `<li><a href="${path}?language=${one}" lang="${locale}" hreflang="${locale}"${current}>${names[one]}</a></li>`
    })
    .join('')
  return `<!doctype html>
<html lang="${localeOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/pages/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<a class="skip" href="#main">${shared('skip')}</a>
<header class="head">
<div class="wide head__bar">
<a class="head__name" href="/">${mark}Helsevev</a>
<nav aria-label="${shared('language.label')}"><ul class="languages">${choices}</ul></nav>
</div>
</header>
<main id="main" tabindex="-1">
${content}
</main>
<footer class="wide">
<div class="foot">
<ul class="foot__links">${footLinks.map(([key, href]) => `<li><a href="${href}">${t(key)}</a></li>`).join('')}</ul>
<p>${t('note')}</p>
</div>
</footer>
</body>
</html>
`
}

/** Three threads over and under three others: the weave of the name, as in the portals. */
const mark = `<svg class="mark" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" focusable="false">
<path d="M2 7h9M15 7h7M2 12h4M10 12h12M2 17h9M15 17h7"/>
<path d="M7 2v3M7 9v13M12 2v8M12 14v8M17 2v3M17 9v6M17 19v3"/></svg>`

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
