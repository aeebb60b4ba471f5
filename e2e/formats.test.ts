/**
 * Dates, numbers, ages and lists in each language, in browsers of other languages: none of them may show its own. Chromium has no nynorsk.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { test } from 'node:test'
import { launchBrowser } from './browser.ts'

type Formats = typeof import('@helsevev/ui/format.ts')

const expected = {
  nb: [
    '5. desember 1947',
    'mai 2026',
    '1947',
    '5. des.',
    '1. sep.',
    'okt',
    '14:05',
    '15. juli 2026 kl. 14:05',
    'tirsdag',
    'for 3 timer siden',
    'for 2 måneder siden',
    'om 1 døgn',
    '78 år',
    '1 måned',
    '−1 234,5',
    '10,50',
    'prøvesvar, kontakter og NEWS2',
  ],
  nn: [
    '5. desember 1947',
    'mai 2026',
    '1947',
    '5. des.',
    '1. sep.',
    'okt',
    '14:05',
    '15. juli 2026 kl. 14:05',
    'tysdag',
    'for 3 timar sidan',
    'for 2 månader sidan',
    'om 1 døgn',
    '78 år',
    '1 månad',
    '−1 234,5',
    '10,50',
    'prøvesvar, kontakter og NEWS2',
  ],
  en: [
    '5 December 1947',
    'May 2026',
    '1947',
    '5 Dec',
    '1 Sept',
    'Oct',
    '14:05',
    '15 Jul 2026, 14:05',
    'Tuesday',
    '3 hours ago',
    '2 months ago',
    'in 1 day',
    '78 years',
    '1 month',
    '-1,234.5',
    '10.50',
    'prøvesvar, kontakter and NEWS2',
  ],
}

test('a browser in German, English or Arabic writes dates, numbers and lists as one in bokmål does', async (t) => {
  const code = stripTypeScriptTypes(await readFile(new URL('../ui/format.ts', import.meta.url), 'utf8'))
  const browser = await launchBrowser()
  t.after(() => browser.close())
  for (const locale of ['nb-NO', 'en-US', 'de-DE', 'ar-EG']) {
    const context = await browser.newContext({ locale, timezoneId: 'America/New_York' })
    const page = await context.newPage()
    const written = await page.evaluate(
      async ([source, languages]) => {
        const formats: Formats = await import(`data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`)
        const now = new Date('2026-01-15T12:00:00Z')
        return languages.map((language) => [
          formats.formatDate('1947-12-05', language),
          formats.formatDate('2026-05', language),
          formats.formatDate('1947', language),
          formats.formatDay('2026-12-05', language),
          formats.formatDay('2026-08-31T22:00:00Z', language),
          formats.formatMonth('2026-10-05', language),
          formats.formatTime('2026-07-15T12:05:00Z'),
          formats.formatDateTime('2026-07-15T12:05:00Z', language),
          formats.formatWeekday(1, language),
          formats.formatAge('2026-01-15T09:00:00Z', now, language),
          formats.formatAge('2025-11-01', now, language),
          formats.formatAge('2026-01-16T12:00:00Z', now, language),
          formats.formatCount(78, 'year', language),
          formats.formatCount(1, 'month', language),
          formats.formatNumber(-1234.5, language).replace('\u00a0', ' '),
          formats.formatDecimal('10.50', language),
          formats.formatList(['prøvesvar', 'kontakter', 'NEWS2'], language),
        ])
      },
      [code, Object.keys(expected)] as const,
    )
    assert.deepEqual(written, Object.values(expected), locale)
    await context.close()
  }
})
