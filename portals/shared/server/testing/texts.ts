/** What is asked of the texts of every portal. */
import assert from 'node:assert/strict'
import type { Texts } from '@helsevev/ui/i18n.ts'
import { commonTexts } from '../../client/texts.ts'

/** `patient.close`; forms of a plural are one. */
export function keysOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path.replace(/_(one|other)$/, '')]
  return Object.entries(value).flatMap(([name, inner]) => keysOf(inner, path ? `${path}.${name}` : name))
}

/** Keys that the pages of a portal with these texts have words for, the common ones among them. */
export function wordedBy(texts: Texts): Set<string> {
  return new Set([...keysOf(texts.nb), ...keysOf(commonTexts.nb)])
}

/** Every text is there in bokmål, nynorsk and English, and none is empty. */
export function assertComplete(texts: Texts): void {
  for (const language of ['nn', 'en'] as const) assert.deepEqual([...new Set(keysOf(texts[language]))], [...new Set(keysOf(texts.nb))])
  assert.doesNotMatch(JSON.stringify(texts), /""/)
}

/** What the pages that all portals share leave to each portal to say. */
export function assertOwnWords(texts: Texts): void {
  const own = keysOf(texts.nb)
  for (const key of ['portal', 'signIn.lead', 'signIn.how']) assert.ok(own.includes(key), key)
}
