/** Pages of published cases, decisions, deadlines and costs: for everybody, without sign-in and without script. docs/council.md */
import { reconciles } from '@helsevev/governance/costs/reckon'
import { financingShift, growth, reckonAll, statedTable } from '@helsevev/governance/costs/statements'
import { type CostTable, keyOf } from '@helsevev/governance/pack/pack'
import { type Council, casesWith, costTables, readCouncil, type StoredCase } from '@helsevev/governance/store/read'
import type { RateLimit } from '@helsevev/kernel/http/rate-limit'
import { dayInNorway } from '@helsevev/kernel/values/norwegian-day'
import { formatDate, formatNumber, type Language, languages } from '@helsevev/ui/format.ts'
import { languageCookie, languageIn } from '@helsevev/ui/language.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Sql } from 'postgres'
import { councilTexts } from './council-texts.ts'
import { escapeHtml as html, page } from './layout.ts'
import { protect, sendPage } from './protect.ts'
import { wordsOf } from './words.ts'

interface Parts {
  sql: Sql
  clock: () => Date
  https: () => boolean
  rateLimit: RateLimit
}

type Words = ReturnType<typeof wordsOf<keyof typeof councilTexts>>

interface Written {
  title: string
  content: string
}

export async function councilPages(app: FastifyInstance, { sql, clock, https, rateLimit }: Parts): Promise<void> {
  const write = (path: string, make: (request: FastifyRequest, words: Words, language: Language) => Promise<Written | undefined>) =>
    app.get(path, async (request, reply) => {
      const wait = rateLimit.take(request.ip)
      if (wait !== undefined) return protect(reply).code(429).header('Retry-After', String(wait)).type('text/plain').send('')
      const [address = path] = request.url.split('?')
      const chosen = languages.find((language) => language === queryOf(request, 'language'))
      if (chosen) return protect(reply).header('Set-Cookie', languageCookie(chosen, https())).redirect(address, 303)
      const language = languageIn(request.headers.cookie)
      const written = await make(request, wordsOf(councilTexts, language), language)
      if (!written) return reply.callNotFound()
      return sendPage(reply, page({ language, title: written.title, path: html(address), content: written.content }), { searches: true })
    })
  write('/council', async (request, t, language) => {
    const council = await readCouncil(sql, 'everybody')
    return frontPage(council, { t, language, today: dayInNorway(clock()), search: queryOf(request, 'search').slice(0, 200) })
  })
  write('/council/cost-tables', async (_request, t, language) => costsPage(await costTables(sql, 'everybody'), t, language))
  write('/council/case/:body/:year/:number', async (request, t) => {
    const { body, year, number } = request.params as Record<'body' | 'year' | 'number', string>
    const { cases } = await readCouncil(sql, 'everybody')
    const found = cases.find((one) => one.body === body && String(one.year) === year && String(one.number) === number)
    return found && casePage(found, t)
  })
}

function queryOf(request: FastifyRequest, name: string): string {
  const value = (request.query as Record<string, unknown>)[name]
  return typeof value === 'string' ? value : ''
}

/** Words of a pack are Norwegian, whatever the language of the page. */
function quoted(text: string, tag = 'p'): string {
  const parts = tag === 'p' ? text.split('\n') : [text]
  return parts.map((part) => `<${tag} lang="nb">${html(part)}</${tag}>`).join('\n')
}

function frontPage(
  council: Council,
  { t, language, today, search }: { t: Words; language: Language; today: string; search: string },
): Written {
  const { meetings, followUps } = council
  const found = casesWith(council.cases, search)
  const byMeeting = meetings
    .toSorted((one, other) => (other.held ?? '').localeCompare(one.held ?? ''))
    .map((meeting) => {
      const { body, number, year, held } = meeting
      const own = found.filter((one) => one.body === body && one.meeting === number && one.meetingYear === year)
      const when = held === null ? '' : `, ${html(formatDate(held, language))}`
      return own.length === 0 ? '' : `<h2>${html(body)}: ${t('meeting')} ${number}/${year}${when}</h2>\n${caseList(own, t)}`
    })
  const others = found.filter(({ meeting }) => meeting === null)
  const owed = followUps.map(({ deadline, movedTo, status, owner, content, line, ...one }) => {
    const day = movedTo ?? deadline
    const state = status !== 'met' && day < today ? t('overdue') : t(status)
    return `<li><strong>${html(formatDate(day, language))}: ${state}.</strong> ${quoted(content, 'span')}
<br>${link(one)}, ${owner === null ? t('noOwner') : html(owner)}, ${t('line')} ${line}</li>`
  })
  const content = `<div class="wide text">
<h1>${t('title')}</h1>
<p>${t('lead')}</p>
<form class="search" action="/council" method="get" role="search"><p><label for="search">${t('search')}</label>
<input id="search" name="search" type="search" maxlength="200" value="${html(search)}">
<button class="button">${t('searchButton')}</button></p></form>
${council.cases.length === 0 ? `<p>${t('empty')}</p>` : ''}
${owed.length > 0 && search === '' ? `<h2>${t('due')}</h2>\n<ul>${owed.join('\n')}</ul>` : ''}
${byMeeting.join('\n')}
${others.length > 0 ? `<h2>${t('noMeeting')}</h2>\n${caseList(others, t)}` : ''}
${search !== '' && found.length === 0 ? `<p role="status">${t('none')}</p>` : ''}
<ul><li><a href="/council/cost-tables">${t('costs')}</a></li>
<li><a href="/council/calendar.ics">${t('calendar')}</a></li>
<li><a href="/council/oparl.json">${t('data')}</a></li></ul>
</div>`
  return { title: t('title'), content }
}

type CaseKey = Pick<StoredCase, 'body' | 'year' | 'number'>

function link(one: CaseKey, text = keyOf(one)): string {
  return `<a href="/council/case/${encodeURIComponent(one.body)}/${one.year}/${one.number}">${html(text)}</a>`
}

function caseList(cases: readonly StoredCase[], t: Words): string {
  const items = cases.map((one) => {
    const isOpen = !one.texts.some(({ kind }) => kind === 'decision')
    const isProposed = one.texts.some(({ kind }) => kind === 'proposal')
    const state = isOpen ? (isProposed ? t('proposal') : '') : standingOf(one, t)
    const facts = [one.type === null ? '' : quoted(one.type, 'span'), state].filter(Boolean).join(', ')
    return `<li>${link(one, keyOf(one).slice(one.body.length + 1))} ${quoted(one.title, 'span')}${facts === '' ? '' : `<br>${facts}`}</li>`
  })
  return `<ul>${items.join('\n')}</ul>`
}

function standingOf({ texts }: StoredCase, t: Words): string {
  const state = texts.find(({ kind }) => kind === 'decision')?.state
  const more = state === 'not-final' ? t('notFinal') : state === 'changed' ? t('changed') : undefined
  return more === undefined ? t('decision') : `${t('decision')} (${more})`
}

function casePage(one: StoredCase, t: Words): Written {
  const { title, about, sender, texts, inputs, attachments, line } = one
  const source = (at: number) => `<p>(${t('line')} ${at})</p>`
  const put = texts.filter(({ kind }) => kind === 'proposal')
  const decided = texts.filter(({ kind }) => kind === 'decision')
  const content = `<div class="wide text">
<p><a href="/council">${t('back')}</a></p>
<h1><span lang="nb">${html(`${keyOf(one)} ${title}`)}</span></h1>
<p>${[one.type ?? '', one.note ?? '']
    .filter(Boolean)
    .map((text) => quoted(text, 'span'))
    .join(', ')} (${t('line')} ${line})</p>
${put.map((text) => `<h2>${t('proposal')}</h2>\n${quoted(text.content)}${source(text.line)}`).join('')}
${decided.map((text) => `<h2>${standingOf(one, t)}</h2>\n${quoted(text.content)}${source(text.line)}`).join('')}
${decided.length === 0 ? `<p>${t('undecided')}</p>` : ''}
${about === '' ? '' : `<h2>${t('about')}</h2>\n${quoted(about)}`}
${sender === null ? '' : `<p>${t('from')} ${html(sender)}.</p>`}
${section(
  t('inputs'),
  inputs.map(
    (input) => `<li><strong lang="nb">${html(input.givenBy)}</strong> ${quoted(input.content, 'span')} (${t('line')} ${input.line})</li>`,
  ),
)}
${section(
  t('attachments'),
  attachments.map(({ label, title: name, standing, url, line: at }) => {
    const words = `${html(label)}: ${quoted(name, 'span')}`
    const isAddress = url !== null && (url.startsWith('https://') || url.startsWith('http://'))
    return `<li>${isAddress ? `<a href="${html(url)}">${words}</a>` : words}, ${t(standing)} (${t('line')} ${at})</li>`
  }),
)}
</div>`
  return { title: `${keyOf(one)} ${title}`, content }
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `<h2>${title}</h2>\n<ul>${items.join('\n')}</ul>`
}

function costsPage(tables: readonly CostTable[], t: Words, language: Language): Written {
  const number = (amount: number) => html(formatNumber(amount, language))
  const decimals = (sum: string) =>
    sum
      .split(' ')
      .map((part) => (/^\d/.test(part) ? formatNumber(Number(part), language) : part))
      .join(' ')
  const written = tables.map((table) => {
    const { title, columns, rows } = table
    const faults = reckonAll(table).filter((one) => !reconciles(one))
    const head = columns.map((column) => `<th scope="col" lang="nb">${html(column)}</th>`).join('')
    const lines = rows.map(({ name, amounts, line }) => {
      const cells = amounts.map((amount) => `<td>${number(amount)}</td>`).join('')
      return `<tr><th scope="row"><span lang="nb">${html(name)}</span></th>${cells}<td>${line}</td></tr>`
    })
    const flagged = faults.map(({ name, column, stated, computed, from, line }) => {
      const sums = `${t('stated')} ${number(stated)}, ${t('computed')} ${number(computed)} (${html(decimals(from))})`
      return `<li><span lang="nb">${html(`${name}, ${column}`)}</span>: ${sums}, ${t('line')} ${line}</li>`
    })
    return `<div class="table figures" tabindex="0" role="region" aria-label="${html(title)}"><table>
<caption lang="nb">${html(title)}</caption>
<thead><tr><th scope="col">${t('solution')}</th>${head}<th scope="col">${t('line')}</th></tr></thead>
<tbody>${lines.join('\n')}</tbody></table></div>
${section(t('mismatch'), flagged)}
${title === statedTable ? growthOf(t) : ''}`
  })
  const content = `<div class="wide text">
<p><a href="/council">${t('back')}</a></p>
<h1>${t('costs')}</h1>
${written.length === 0 ? `<p>${t('empty')}</p>` : `<p>${t('unit')}</p>`}
${written.join('\n')}
</div>`
  return { title: t('costs'), content }
}

/** What another purse paid before is no growth, and stands apart. */
function growthOf(t: Words): string {
  const parts = growth.parts.map(({ amount }) => amount).join(' + ')
  return `<h2>${t('growth')}</h2>
<p>${growth.stated.amount} = ${parts} (${t('line')} ${growth.stated.line}).</p>
<p>${t('apart')} ${financingShift.amount} (${t('line')} ${financingShift.line}).</p>`
}
