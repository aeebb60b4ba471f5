/** The expectation of a case, and an answer in the same words. */
import { releaseCodes } from '../../codes/release-codes.ts'
import { type ProblemCode, problems } from '../../problem/catalogue.ts'
import type { Answer, Seen } from './answer.ts'
import { meaning, meanings, members, onlyKnown, UnknownWord } from './unknown-word.ts'
import { causes, grounds, municipalServices, organizations, purposeWords, reasonsOfOwnAlone, yesOrNo } from './vocabulary.ts'

export type Expected = Record<string, string>

const purposesInWords: Record<string, string> = {
  ...purposeWords,
  'own insight': 'PATRQT',
  'as family': 'FAMRQT',
  'with authority': 'PWATRNY',
}
const codes: Record<string, string> = Object.fromEntries(['NORS', ...Object.keys(releaseCodes)].map((code) => [code, code]))
const sensitive = { psychiatry: 'psychiatry', 'substance use': 'substance use' }

/** What was opened, and by what. */
const whatOpened = {
  'a restriction by emergency': 'emergency|restriction',
  'a restriction by declared consent': 'declared-consent|restriction',
  'a restriction by registered consent': 'registered-consent|restriction',
  "the source's block by emergency": 'emergency|source',
}

/** How each part of an answer is written; lists are sorted, so that their order does not matter. */
const parts: Record<string, (seen: Seen) => string> = {
  ground: ({ basis }) => wordFor(grounds, basis),
  purpose: ({ purpose }) => (purpose === undefined ? 'none' : wordFor(purposesInWords, purpose)),
  'may see': ({ controllers }) => sentence([...controllers].map((one) => wordFor(organizations, one))),
  sees: ({ visibleContributors }) => sentence([...visibleContributors].map((one) => wordFor(organizations, one))),
  hidden: ({ withholdings }) => sentence([...withholdings].map(withholdingInWords)),
  'something withheld': ({ withheld }) => (withheld ? 'yes' : 'no'),
  'own alone': ({ ownOnly }) => (ownOnly === undefined ? 'no' : wordFor(reasonsOfOwnAlone, ownOnly)),
  'writer is told': ({ shownToNobody }) => (shownToNobody ? 'yes' : 'no'),
  lifted: ({ lifted }) => (lifted ? `by ${lifted}` : 'nothing'),
  opened: ({ overridden }) => sentence([...overridden].map(overriddenInWords)),
  opens: ({ opened }) => (opened === 'all' ? 'everything' : sentence([...opened].map(openedInWords))),
  'of its contract': ({ contracted }) => (contracted ? sentence([...contracted].map(contractedInWords)) : 'no'),
  hides: ({ hiddenReleaseCodes }) => sentence([...hiddenReleaseCodes]),
  'before release': ({ releasedOnly }) => (releasedOnly ? 'hidden' : 'shown'),
}

/** What a case may write for each part; words that no answer has are refused. */
const known: Record<string, (value: unknown) => string> = {
  ground: (value) => wordOf(grounds, value, 'ground'),
  purpose: (value) => wordOf({ ...purposesInWords, none: '' }, value, 'purpose'),
  'may see': (value) => words(organizations, value, 'may see'),
  sees: (value) => words(organizations, value, 'sees'),
  hidden: (value) => hiddenWords(value),
  'something withheld': (value) => wordOf(yesOrNo, value, 'something withheld'),
  'own alone': (value) => wordOf({ ...reasonsOfOwnAlone, no: '' }, value, 'own alone'),
  'writer is told': (value) => wordOf(yesOrNo, value, 'writer is told'),
  lifted: (value) => wordOf({ 'by emergency': 1, 'by consent': 1, nothing: 1 }, value, 'lifted'),
  opened: (value) => (value === 'nothing' ? value : words(whatOpened, value, 'opened')),
  opens: (value) => (value === 'everything' ? value : openWords(value)),
  'of its contract': (value) => (value === 'no' ? value : contractWords(value)),
  hides: (value) => words(codes, value, 'hides'),
  'before release': (value) => wordOf({ hidden: 1, shown: 1 }, value, 'before release'),
}

/** The expectation of a row. `refused` stands alone; `hides among others` and `shows` are about some of the release codes. */
export function expectationOf(value: unknown): Expected {
  const stated = members(value, 'expect')
  onlyKnown(stated, ['refused', ...Object.keys(known), 'hides among others', 'shows'], 'expect')
  if ('refused' in stated) {
    if (Object.keys(stated).length > 1) throw new UnknownWord('expect: what is refused shows nothing')
    return { refused: wordOf(problems, stated['refused'], 'refused') }
  }
  if (Object.keys(stated).length === 0) throw new UnknownWord('expect: state what is expected')
  return Object.fromEntries(
    Object.entries(stated).map(([part, expected]) => [part, known[part]?.(expected) ?? words(codes, expected, part)]),
  )
}

/** The answer in words: every part of it, or the parts that a case is about. */
export function inWords(answer: Answer, about: readonly string[] = Object.keys(parts)): Expected {
  if ('refused' in answer) return { refused: answer.refused satisfies ProblemCode }
  const wanted = about.filter((part) => part !== 'refused')
  return Object.fromEntries((wanted.length > 0 ? wanted : ['ground', 'sees']).map((part) => [part, partInWords(answer, part)]))
}

function partInWords(seen: Seen, part: string): string {
  if (part === 'hides among others') return sentence([...seen.hiddenReleaseCodes])
  if (part === 'shows') return sentence(Object.keys(codes).filter((code) => !seen.hiddenReleaseCodes.has(code)))
  return parts[part]?.(seen) ?? ''
}

/** Whether an answer is what the case expects. */
export function meets(answer: Answer, expected: Expected): boolean {
  const found = inWords(answer, Object.keys(expected))
  return Object.entries(expected).every(([part, value]) => {
    const actual = found[part]
    if (part !== 'hides among others' && part !== 'shows') return actual === value
    const all = actual?.split(', ') ?? []
    return actual !== undefined && value.split(', ').every((code) => all.includes(code))
  })
}

function sentence(list: string[]): string {
  return list.length === 0 ? 'nothing' : [...new Set(list)].sort().join(', ')
}

function wordFor(table: Readonly<Record<string, unknown>>, value: string): string {
  return Object.entries(table).find(([, one]) => one === value)?.[0] ?? value
}

function wordOf(table: Readonly<Record<string, unknown>>, word: unknown, what: string): string {
  meaning(table, word, what)
  return String(word)
}

function words(table: Readonly<Record<string, string>>, list: unknown, what: string): string {
  return sentence(meanings(table, list, what).map((value) => wordFor(table, value)))
}

/** `a restriction: everything`, `a block: the hospital`, `a restriction: record 1, not told`. */
function withholdingInWords(withholding: string): string {
  const [cause = '', controller = '*', record = '*', told] = withholding.split('|')
  const whose = controller === '*' ? [] : [wordFor(organizations, controller)]
  const which = record === '*' ? [] : [`record ${record}`]
  const what = [...whose, ...which].join(' ') || 'everything'
  return `${wordFor(causes, cause)}: ${what}${told === 'true' ? '' : ' (not told)'}`
}

function hiddenWords(value: unknown): string {
  if (value === 'nothing') return value
  const list = Array.isArray(value) ? value.map(String) : [String(value)]
  const whose = ['', ...Object.keys(organizations)].join('|')
  const form = new RegExp(`^(${Object.keys(causes).join('|')}): (everything|(${whose}) ?(record [12])?)( \\(not told\\))?$`)
  const wrong = list.find((one) => !form.test(one))
  if (wrong !== undefined) throw new UnknownWord(`hidden: "${wrong}" is not written as in "a restriction: the hospital"`)
  return sentence(list)
}

function overriddenInWords(overridden: string): string {
  const [by = '', what = ''] = overridden.split('|')
  return wordFor(whatOpened, `${by}|${what === 'source' ? what : 'restriction'}`)
}

function openedInWords(opened: string): string {
  const [controller = '', code = ''] = opened.split('|')
  return `${wordFor(organizations, controller)}: ${code}`
}

/** `the neighbour municipality: home nursing`, or `the neighbour municipality: nothing`. */
function contractedInWords(contracted: string): string {
  const [controller = '', , code] = contracted.split('|')
  return `${wordFor(organizations, controller)}: ${code === undefined ? 'nothing' : wordFor(municipalServices, code)}`
}

function contractWords(value: unknown): string {
  const list = Array.isArray(value) ? value.map(String) : [String(value)]
  for (const one of list) {
    const [controller, service] = one.split(': ')
    meaning(organizations, controller, 'of its contract')
    if (service !== 'nothing') meaning(municipalServices, service, 'of its contract')
  }
  return sentence(list)
}

function openWords(value: unknown): string {
  if (value === 'nothing') return value
  const list = Array.isArray(value) ? value.map(String) : [String(value)]
  for (const one of list) {
    const [controller, code] = one.split(': ')
    meaning(organizations, controller, 'opens')
    meaning(sensitive, code, 'opens')
  }
  return sentence(list)
}
