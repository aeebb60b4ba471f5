/**
 * Names of people and organisations, numbers and codes, which a browser that translates the page must leave as they are: they come from
 * the server in the members of `members`, and each stands in an element with `translate="no"`, also within a sentence. So no place that
 * shows one has to remember it.
 */
import { standFor } from './translated.ts'

/** Members of answers that hold a name, a number or a code, or a list of them; never free text, which may be translated. */
const members = new Set(
  `agreement author as by closedBy code controller copies device endedBy familyName givenName grantedBy hprNumber identityNumber interval
  laboratory name number openedBy organization patient performer person phone place practitioner problem proposedBy publisher receiver
  recorder requester signedBy signedByController signedByReceiver source unit unitName updater value vendor who withdrawnBy written`.split(
    /\s+/,
  ),
)
/** A page that shows so many says nothing to anybody; the rest is not looked for. */
const MOST = 3000
/** Elements that hold nothing but text: these are marked themselves. */
const textOnly = new Set(['option', 'text', 'tspan', 'title', 'desc'])

const kept = new Set<string>()
let pattern: RegExp | undefined
let markAll: (() => void) | undefined

/** Notes what stands in an answer of the server. */
export function keepWords(answer: unknown): void {
  const before = kept.size
  collect(answer, false)
  if (kept.size === before) return
  pattern = undefined
  markAll?.()
}

function collect(value: unknown, isKept: boolean): void {
  if (typeof value === 'string') {
    if (isKept && kept.size < MOST && isWord(value)) kept.add(value.trim())
  } else if (Array.isArray(value)) for (const item of value) collect(item, isKept)
  else if (typeof value === 'object' && value !== null)
    for (const [member, held] of Object.entries(value)) collect(held, members.has(member) && typeof held !== 'number')
}

/** With a capital letter or a digit; no code of ours in small letters, no time, no address. */
function isWord(text: string): boolean {
  const { length } = text.trim()
  return length >= 3 && length <= 120 && /[\p{Lu}\p{N}]/u.test(text) && !/^\d{4}-\d{2}(-\d{2})?(T|$)|:\/\//.test(text)
}

function patternOfKept(): RegExp | undefined {
  if (kept.size === 0) return undefined
  const escaped = [...kept].sort((one, other) => other.length - one.length).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  pattern ??= new RegExp(`(?<![\\p{L}\\p{N}])(${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'gu')
  return pattern
}

/** Called once, before the page is drawn. */
export function markKeptWords(root: Node): void {
  const mark = (node: Node) => {
    if (!patternOfKept()) return
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
  if (!parent || data.trim().length < 3 || parent.closest('[translate=no], textarea, script, style')) return
  const parts = data.split(patternOfKept() ?? /(?!)/)
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
