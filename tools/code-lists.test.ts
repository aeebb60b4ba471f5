/**
 * Codes are facts of lists: every list that is named anywhere ships its codes or says why not, and every code that declarations, mappings,
 * seeds, examples and tests state is in its list, or stands below as one that is not.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { releaseCodes } from '@helsevev/kernel/codes/release-codes'
import { world } from '@helsevev/server/seed/world'
import { services } from '@helsevev/server/services'
import { type CodeList, codeLists } from './docs/code-lists-page.ts'
import { filesUnder } from './files.ts'

const root = join(import.meta.dirname, '..')
const VOLVEN = 'urn:oid:2.16.578.1.12.4.1.1.'
const lists = new Map(codeLists().map((list) => [list.system, list]))
const codes = codesFromData()

/** Codes that are stated and that the list, as it was read, does not have: `{list} {code}`, with the reason. */
const outside: Readonly<Record<string, string>> = {
  '9151 02': 'a code with a zero in front, which is flagged and read without it',
  '9151 99': 'a code that no list has, in a case of the flag',
  '9151 015': 'a code with a zero in front, which is flagged and read without it',
}

const isWritten = (name: string) => /\.(ts|tsx|json|xml|yaml)$/.test(name)
const folders = ['kernel', 'clinical', 'services', 'server', 'portals', 'panel', 'vendor-kit', 'bench', 'e2e']
const files = await Promise.all(
  folders.map(async (folder) => (await filesUnder(join(root, folder), isWritten)).map((file) => `${folder}/${file}`)),
)
const written = files
  .flat()
  .filter((file) => !/package(-lock)?\.json$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

/** The canonical name of a list of Volven, however it is written. */
const NAMED = /volven\((\d{4})\)|1\.12\.4\.1\.1\.(\d{4})\b|no-kodeverk-(\d{4})\b|VOLVEN_(\d{4})\b/g

test('every list that is named is known, with where it is from and how much of it ships', () => {
  const unknown = written.flatMap(({ file, text }) =>
    [...text.matchAll(NAMED)].flatMap((match) => {
      const list = match.slice(1).find((part) => part !== undefined)
      return lists.get(`${VOLVEN}${list}`)?.content ? [] : [`${file}: ${list}`]
    }),
  )
  assert.deepEqual([...new Set(unknown)], [])
})

test('a list that ships has its codes, with version and source; one that does not ship says why', () => {
  const faults = [...lists.values()].flatMap((list) => faultOf(list) ?? [])
  assert.deepEqual(faults, [])
})

function faultOf({ system, version, content, source, codes: shipped, remark }: CodeList): string | undefined {
  if (!source) return `${system} has no source`
  if (content === 'not-present') return shipped.length > 0 || !remark ? `${system} ships codes, or does not say why none` : undefined
  if (content === 'fragment' && !remark) return `${system} does not say what is left out`
  return shipped.length > 0 && version ? undefined : `${system} ships no codes, or has no version`
}

/** Whether a code is in a list that ships whole. Others take every code. */
function isIn(list: string, code: string): boolean {
  const system = codes.canonical(list)
  const found = lists.get(system)
  return found?.content !== 'complete' || found.codes.includes(code) || `${system.slice(VOLVEN.length)} ${code}` in outside
}

test('the codes that services and seeds state are codes of their lists', () => {
  const of = (list: number, stated: readonly string[]) =>
    stated.filter((code) => !isIn(`${VOLVEN}${list}`, code)).map((code) => `${list}: ${code}`)
  const { staff, serviceUnits } = world()
  const faults = [
    ...of(
      9060,
      services.flatMap(({ readers }) => Object.keys(readers)),
    ),
    ...of(
      9060,
      staff.flatMap(({ authorizations }) => authorizations.map(({ code }) => code)),
    ),
    ...of(
      7426,
      staff.flatMap(({ specialties }) => specialties.map(({ code }) => code)),
    ),
    ...serviceUnits
      .map(({ healthcareService }) => healthcareService)
      .filter((code) => ![8655, 8663].some((list) => lists.get(`${VOLVEN}${list}`)?.codes.includes(code))),
  ]
  assert.deepEqual(faults, [])
  // Labels are read more widely than the list: what the list has, hides as well.
  const labels = new Set([...Object.keys(releaseCodes), 'N', 'NORS'])
  assert.deepEqual(
    (lists.get(`${VOLVEN}9603`)?.codes ?? []).filter((code) => !labels.has(code)),
    [],
  )
})

/** `{ system, code }` in this order or the other, with the system as an address, a call of volven(), or an OID. */
const LIST = String.raw`(?:volven\((\d{4})\)|['"](?:urn:oid:)?2\.16\.578\.1\.12\.4\.1\.1\.(\d{4})['"])`
const PAIRS = [
  new RegExp(String.raw`["']?system["']?:\s*${LIST},\s*["']?code["']?:\s*['"]([^'"$]+)['"]`, 'g'),
  new RegExp(String.raw`(?:coded|coding|code|concept)\(${LIST},\s*['"]([^'"$]+)['"]\)`, 'g'),
]
const REVERSED = [
  new RegExp(String.raw`["']?code["']?:\s*['"]([^'"$]+)['"],\s*["']?system["']?:\s*${LIST}`, 'g'),
  new RegExp(String.raw`(?:coded|coding|code|concept)\(['"]([^'"$]+)['"],\s*${LIST}\)`, 'g'),
]

test('the codes that are written beside their list are codes of it', () => {
  const stated = written.flatMap(({ file, text }) => [
    ...PAIRS.flatMap((pair) => [...text.matchAll(pair)].map(([, a, b, code = '']) => ({ file, list: a ?? b ?? '', code }))),
    ...REVERSED.flatMap((pair) => [...text.matchAll(pair)].map(([, code = '', a, b]) => ({ file, list: a ?? b ?? '', code }))),
  ])
  assert.ok(stated.length > 100, `${stated.length} found`)
  assert.deepEqual(
    stated.filter(({ list, code }) => !isIn(`${VOLVEN}${list}`, code)).map(({ file, list, code }) => `${file}: ${list} ${code}`),
    [],
  )
})

test('the codes of examples are codes of their lists', () => {
  const faults: string[] = []
  const visit = (value: unknown, file: string): void => {
    if (Array.isArray(value)) for (const one of value) visit(one, file)
    if (typeof value !== 'object' || value === null) return
    const { system, code } = value as { system?: unknown; code?: unknown }
    if (typeof system === 'string' && typeof code === 'string' && !isIn(system, code)) faults.push(`${file}: ${system} ${code}`)
    for (const one of Object.values(value)) visit(one, file)
  }
  for (const { file, text } of written) if (file.endsWith('.json')) visit(JSON.parse(text), file)
  assert.deepEqual(faults, [])
})

test('no code stands as an exception that its list has', () => {
  for (const one of Object.keys(outside)) {
    const [list, code = ''] = one.split(' ')
    assert.equal(lists.get(`${VOLVEN}${list}`)?.codes.includes(code), false, one)
  }
})
