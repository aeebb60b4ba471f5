/** The page of notices that would have been sent: what comes on the telephone or by e-mail, in development alone. */
import { formatDateTime, type Language } from '@helsevev/ui/format.ts'
import type { KeptMessage } from '../notices/gateway.ts'
import { escapeHtml, page } from './layout.ts'
import { testNoticesTexts } from './test-notices-texts.ts'
import { wordsOf } from './words.ts'

export function testNoticesPage(language: Language, kept: readonly KeptMessage[]): string {
  const t = wordsOf(testNoticesTexts, language)
  const items = kept
    .map(
      ({ channel, address, subject, text, at }) => `<li>
<h2>${t(channel)}: ${escapeHtml(address)}</h2>
<p>${escapeHtml(formatDateTime(at.toISOString(), language))}${channel === 'email' ? ` · ${escapeHtml(subject)}` : ''}</p>
<p>${escapeHtml(text)}</p>
</li>`,
    )
    .join('\n')
  const content = `<div class="wide text">
<h1>${t('title')}</h1>
<p>${t('lead')}</p>
${items ? `<ul>${items}</ul>` : `<p>${t('none')}</p>`}
</div>`
  return page({ language, title: t('title'), path: '/test-notices', content })
}
