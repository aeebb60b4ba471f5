/** The accessibility statement, written from the results: it claims nothing that no check has seen. */
import { formatDate, type Language, localeOf } from '@helsevev/ui/format.ts'
import { escapeHtml, page } from '../layout.ts'
import { type PageWords, wordsOf } from '../words.ts'
import { whyNot } from './criteria.ts'
import { type Results, readResults } from './results.ts'
import { statementTexts } from './texts.ts'
import { extent, type Verdict, verdicts } from './verdicts.ts'

type StatementWords = PageWords<typeof statementTexts>

/** Who judges complaints, and who supervises. */
const complaints = { name: 'Diskrimineringsnemnda', address: 'https://www.diskrimineringsnemnda.no/' }
const supervision = { name: 'uutilsynet.no', address: 'https://www.uutilsynet.no/' }

export function accessibilityPage(language: Language, results: Results = readResults()): string {
  const t = wordsOf(statementTexts, language)
  const all = verdicts(results)
  const required = all.filter(({ criterion }) => criterion.required)
  const count = (state: Verdict['state']) => required.filter((verdict) => verdict.state === state).length
  const counts = fill(t('status.counts'), { met: count('met'), findings: count('findings'), unchecked: count('not-checked') })
  const complain = `${t('tell.complain')} <a href="${complaints.address}">${complaints.name}</a>.`
  const supervise = `${t('tell.supervision')} <a href="${supervision.address}">${supervision.name}</a>.`
  const head = [t('table.criterion'), t('table.by'), t('table.result')].map((name) => `<th scope="col">${name}</th>`).join('')
  return page({
    language,
    title: `${t('title')} – Helsevev`,
    path: '/accessibility',
    content: `<div class="wide text">
<h1>${t('title')}</h1>
<p>${t('lead')}</p>
<h2>${t('status.title')}</h2>
<p>${results.visits.length > 0 ? counts : t('status.untested')}</p>
<p>${t('status.clean')} ${t('status.unchecked')}</p>
${results.visits.length > 0 ? tested(language, t, results) : ''}
<h2>${t('hand.title')}</h2>
<p>${t('hand.text')}</p>
<h2>${t('tell.title')}</h2>
<p>${t('tell.text')}</p>
<p>${complain} ${supervise}</p>
<h2 id="table">${t('table.title')}</h2>
<div class="table"><table>
<caption>${t('table.caption')}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${all.map((verdict) => row(verdict, language, t)).join('\n')}
</tbody>
</table></div>
</div>`,
  })
}

function tested(language: Language, t: StatementWords, results: Results): string {
  const { pages, states, visits, widths } = extent(results)
  const made = [...new Set(results.visits.flatMap(({ checks }) => checks))]
  const text = fill(t('tested.text'), {
    date: formatDate(results.tested, language),
    pages,
    visits,
    states,
    browser: results.browser,
  })
  const found = findingLines(results).map((line) => `<li>${escapeHtml(line)}</li>`)
  const left = results.notVisited.map(({ portal, page }) => `<li lang="${localeOf('en')}">${escapeHtml(`${portal}: ${page}`)}</li>`)
  return `<h2>${t('tested.title')}</h2>
<p>${text} ${fill(t('tested.widths'), { widths: widths.join(', ') })}</p>
<p>${t('tested.checks')}</p>
<ul>${made.map((check) => `<li>${t(`check.${check}`)}</li>`).join('')}</ul>
${left.length > 0 ? `<p>${t('tested.not')}</p><ul>${left.join('')}</ul>` : ''}
<h2>${t('findings.title')}</h2>
${found.length === 0 ? `<p>${t('findings.none')}</p>` : `<p>${t('findings.lead')}</p><ul lang="${localeOf('en')}">${found.join('')}</ul>`}`
}

/** Each fault once, with where it was met. In English, as the tools word them. */
export function findingLines({ visits }: Results): string[] {
  const places = new Map<string, Set<string>>()
  for (const { portal, page, findings } of visits) {
    for (const { rule, criteria } of findings) {
      const what = criteria.length > 0 ? `${rule} (${criteria.join(', ')})` : rule
      places.set(what, (places.get(what) ?? new Set()).add(`${portal} ${page}`))
    }
  }
  return [...places].map(([what, where]) => `${what}: ${[...where].join('; ')}`)
}

function row({ criterion, state, by }: Verdict, language: Language, t: StatementWords): string {
  const name = `${criterion.number} ${criterion.name[language]} (${criterion.level})${criterion.required ? '' : `, ${t('beyond')}`}`
  const ways = [...by.checks.map((check) => t(`check.${check}`)), ...(by.tests.length > 0 ? [t('test')] : [])]
  const reason = state === 'not-checked' ? whyNot[criterion.number]?.[language] : undefined
  const why = reason ? `: ${escapeHtml(reason)}` : ''
  return `<tr><th scope="row">${escapeHtml(name)}</th><td>${ways.join('; ') || '–'}</td><td>${t(`state.${state}`)}${why}</td></tr>`
}

function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => escapeHtml(String(values[name] ?? '')))
}
