/** The texts of every portal, service and page, looked over; and whether who looks them over sees what is wrong. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fixture } from './fixture.ts'
import { faultsOf, textsIn, textsOf } from './texts.ts'

const root = join(import.meta.dirname, '..')

/** Texts that are right against a rule, and why. */
const allowed: readonly { path: RegExp; fault: RegExp; because: string }[] = [
  { path: /example\.attestation-incomplete/, fault: /“of”/, because: 'purpose_of_use is a member of the attestation' },
  { path: /news2.*response\.default/, fault: /“of”/, because: 'Royal College of Physicians is a name' },
]

test('every text is there in three languages, plain, short, without exclamation, and in its own language', async () => {
  const texts = await textsOf(root)
  assert.ok(texts.length > 500, `only ${texts.length} texts were found`)
  const faults = texts.flatMap(faultsOf).filter((fault) => !allowed.some(({ path, fault: about }) => path.test(fault) && about.test(fault)))
  assert.deepEqual(faults, [])
})

test('texts of every kind of file are among them', async () => {
  const files = new Set((await textsOf(root)).map(({ path }) => path.split('/').slice(0, 2).join('/')))
  for (const place of [
    'portals/clinician',
    'portals/citizen',
    'portals/controller',
    'portals/shared',
    'server/pages',
    ...readdirSync(join(root, 'services')).map((service) => `services/${service}`),
  ])
    assert.ok(files.has(place), place)
})

test('a table is found by what it holds, whatever its file is called', async () => {
  const files = new Set((await textsOf(root)).map(({ path }) => path.split(' ')[0]))
  for (const file of [
    'panel/texts.ts',
    'portals/citizen/server/summary-words.ts',
    'services/news2/model/response-texts.ts',
    'services/test-results/view/citizen/plain-names.ts',
    'services/critical-information/model/categories.ts',
  ])
    assert.ok(files.has(file), file)
})

test('a table of each language is read side by side, and a list of three strings elsewhere is no text', async () => {
  await using repository = await fixture({
    'package.json': '{ "type": "module" }',
    'portals/some/words.ts':
      "const nb = { page: 'Side', none: { a: 'Ingen' } }\nconst nn = { page: 'Side', none: {} }\n" +
      "const en = { page: 'Page', none: { a: 'None' } }\n" +
      "export const some = { nb, nn, en }\nexport const codes = ['a', 'b', 'c']\n",
    'portals/some/other.ts': "export const codes = ['a', 'b', 'c']\n",
  })
  const texts = await textsOf(repository.root)
  assert.deepEqual(texts, [
    { path: 'portals/some/words.ts some.page', words: { nb: 'Side', nn: 'Side', en: 'Page' } },
    { path: 'portals/some/words.ts some.none.a', words: { nb: 'Ingen', nn: undefined, en: 'None' } },
  ])
  assert.deepEqual(texts.flatMap(faultsOf), ['portals/some/words.ts some.none.a is not there in nn.'])
})

const good = { nb: 'Vi vet ikke.', nn: 'Vi veit ikkje.', en: 'We do not know.' }
const cases: [what: string, words: object, fault: RegExp | undefined][] = [
  ['a text that is right', good, undefined],
  ['a text that is missing', { nb: good.nb, en: good.en }, /not there in nn/],
  ['an empty text', { ...good, en: ' ' }, /not there in en/],
  ['an exclamation mark', { ...good, nb: 'Vi vet ikke!' }, /exclamation/],
  ['bokmål in nynorsk', { ...good, nn: 'Vi veit ikke.' }, /nn\) has “ikke”/],
  ['nynorsk in bokmål', { ...good, nb: 'Vi veit ikkje.' }, /nb\) has “ikkje”/],
  ['English in bokmål', { ...good, nb: 'Loading …' }, /“loading”/],
  ['another name of a value', { nb: '{{a}} og', nn: '{{b}} og', en: '{{a}} and' }, /same values/],
  ['28 words', { ...good, en: 'a '.repeat(28).trim() }, undefined],
  ['29 words', { ...good, en: 'a '.repeat(29).trim() }, /29 words/],
  ['three full stops', { ...good, nb: 'Vi vet ...' }, /three full stops/],
  ['a name inside braces is no word', { nb: '{{hvor}}', nn: '{{hvor}}', en: '{{hvor}}' }, undefined],
]

for (const [what, words, fault] of cases) {
  test(`${what}: ${fault ? 'a fault' : 'no fault'}`, () => {
    const faults = faultsOf({ path: 'x', words })
    if (fault) assert.match(faults.join('\n'), fault)
    else assert.deepEqual(faults, [])
  })
}

test('a row is one text in three languages', () => {
  assert.deepEqual(textsIn({ 'home.text': ['a', 'b', 'c'], codes: ['a', 'b'] }, 'x'), [
    { path: 'x.home.text', words: { nb: 'a', nn: 'b', en: 'c' } },
  ])
})

const nothings = ['none', 'unknown', 'withheld', 'unavailable'] as const

test('the kinds of nothing are told apart in every service and language, with a heading of its own or the general one', async () => {
  const all = await textsOf(root)
  const general = all.filter(({ path }) => path.startsWith('ui/'))
  const tables = [...new Set(all.map(({ path }) => path.split(' ')[0] ?? ''))].filter((file) => /^services\/.*\/texts\.ts$/.test(file))
  const services = readdirSync(join(root, 'services')).filter((name) => existsSync(join(root, 'services', name, 'package.json')))
  // One for personnel and one for citizens.
  assert.equal(tables.length, 2 * services.length)
  for (const file of tables)
    for (const part of ['title', 'text'])
      for (const language of ['nb', 'nn', 'en'] as const) {
        const words = nothings.map((kind) =>
          [
            all.find(({ path }) => path.startsWith(file) && path.endsWith(`.${kind}.${part}`)),
            general.find(({ path }) => path.endsWith(`.state.${kind}.${part}`)),
          ]
            .map((text) => text?.words[language])
            .find((one) => one !== undefined),
        )
        assert.ok(words.every(Boolean), `${file} ${part}`)
        assert.equal(new Set(words).size, nothings.length, `${file} ${part} ${language}`)
      }
})
