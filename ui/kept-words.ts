/**
 * Names of people and organisations, numbers and codes, which a browser that translates the page must leave as they are: they come from
 * the server in the members of `members`, and each stands in an element with `translate="no"`, also within a sentence. So no place that
 * shows one has to remember it.
 */
import { standFor } from './translated.ts'

/** Members of answers that hold a name, a number or a code, or a list of them; never free text, which may be translated. */
const members = new Set(
  `agreement author as by closedBy code controller copies device drug endedBy familyName givenName grantedBy hprNumber identityNumber
  interval laboratory name number openedBy organization patient performer person pharmacy phone place practitioner prescriber problem
  proposedBy publisher receiver recorder requester signedBy signedByController signedByReceiver source unit unitName updater value
  vendor who withdrawnBy written`.split(/\s+/),
)
/** A page that shows so many says nothing to anybody; the rest is not looked for. */
const MOST = 3000
/** Elements that hold nothing but text: these are marked themselves. */
const textOnly = new Set(['option', 'text', 'tspan', 'title', 'desc'])

/** A shorter one would be found in texts that are about something else. */
const SHORTEST = 3

const kept = new Set<string>()
/** The same by how they begin, the longest in front. */
const byBeginning = new Map<string, string[]>()
let markAll: (() => void) | undefined

/** Notes what stands in an answer of the server. */
export function keepWords(answer: unknown): void {
  const before = kept.size
  collect(answer, false)
  if (kept.size > before) markAll?.()
}

function collect(value: unknown, isKept: boolean): void {
  if (typeof value === 'string') {
    if (isKept && kept.size < MOST && isWord(value)) keep(value.trim())
  } else if (Array.isArray(value)) for (const item of value) collect(item, isKept)
  else if (typeof value === 'object' && value !== null)
    for (const [member, held] of Object.entries(value)) collect(held, members.has(member) && typeof held !== 'number')
}

function keep(word: string): void {
  if (kept.has(word)) return
  kept.add(word)
  const beginning = word.slice(0, SHORTEST)
  byBeginning.set(
    beginning,
    [...(byBeginning.get(beginning) ?? []), word].sort((one, other) => other.length - one.length),
  )
}

/** The name of the software stands in texts of ours, and is in no answer. */
keep('Helsevev')

/** With a capital letter or a digit; no code of ours in small letters, no time, no address. */
function isWord(text: string): boolean {
  const { length } = text.trim()
  return length >= SHORTEST && length <= 120 && /[\p{Lu}\p{N}]/u.test(text) && !/^\d{4}-\d{2}(-\d{2})?(T|$)|:\/\//.test(text)
}

const isInWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character)

/** The text in parts: by turns what may be translated and what is kept, where it stands as a word of its own. */
function partsOf(text: string): string[] {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at <= text.length - SHORTEST; at++) {
    if (isInWord(text[at - 1])) continue
    const words = byBeginning.get(text.slice(at, at + SHORTEST)) ?? []
    const word = words.find((one) => text.startsWith(one, at) && !isInWord(text[at + one.length]))
    if (word === undefined) continue
    parts.push(text.slice(from, at), word)
    from = at + word.length
    at = from - 1
  }
  return [...parts, text.slice(from)]
}

/** Called once, before the page is drawn. */
export function markKeptWords(root: Node): void {
  const mark = (node: Node) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
    const texts = node instanceof Text ? [node] : []
    while (walker.nextNode()) texts.push(walker.currentNode as Text)
    for (const text of texts) markText(text)
  }
  markAll = () => mark(root)
  new MutationObserver((changes) => {
    for (const { target, addedNodes, type } of changes)
      if (type === 'characterData') mark(target)
      else for (const added of addedNodes) if (added.isConnected) mark(added)
  }).observe(root, { childList: true, characterData: true, subtree: true })
}

function markText(text: Text): void {
  const { parentElement: parent, data } = text
  if (!parent || data.trim().length < SHORTEST || parent.closest('[translate=no], textarea, script, style')) return
  const parts = partsOf(data)
  if (parts.length === 1) return
  if (textOnly.has(parent.localName)) {
    parent.setAttribute('translate', 'no')
    return
  }
  const whole = document.createElement('span')
  // Each second part is what was found.
  parts.forEach((part, index) => {
    if (index % 2 === 0) return part === '' ? undefined : whole.append(part)
    const word = document.createElement('span')
    word.translate = false
    word.append(part)
    whole.append(word)
  })
  const [only] = whole.childNodes
  const element = whole.childNodes.length === 1 && only instanceof HTMLElement ? only : whole
  text.replaceWith(element)
  standFor(text, element)
}
