/**
 * What a search shows of each resource: `_elements` and `_summary` (http://hl7.org/fhir/R4/search.html#elements, #summary). Elements that
 * R4 demands or that change what others mean are always shown, and a resource of which a part is shown has the tag SUBSETTED.
 */
import { SUBSETTED } from '../../store/cut.ts'
import { parseJson, writeJson } from '../../values/json.ts'
import type { ResourceDeclaration } from '../service.ts'
import { r4 } from '../validation/r4.ts'
import { summaryPaths } from '../validation/snapshot.ts'

type Members = Record<string, unknown>

/** What is shown of a resource of a type: the same object when that is all of it. */
export type Shape = (content: Members, mode: 'match' | 'include') => Members

const always = ['resourceType', 'id', 'meta', 'implicitRules']

/** The shape that a form asks for; undefined when all is shown. */
export function shapeOf(
  form: URLSearchParams,
  type: string,
  resources: Readonly<Record<string, Pick<ResourceDeclaration, 'patientElement'>>>,
  fault: (text: string) => void,
): Shape | undefined {
  const elements = form.get('_elements')
  const summary = form.get('_summary')
  if (elements !== null && summary !== null && summary !== 'false') fault('_elements and _summary are not given together.')
  if (elements !== null) return ofElements(elements, type, resources[type]?.patientElement, fault)
  if (summary === 'text' && [...form.keys()].some((name) => /^_(rev)?include/.test(name)))
    fault('_summary=text is not given together with _include or _revinclude.')
  if (summary === 'data') return (content) => without(content, (element) => element === 'text')
  if (summary === 'true') return (content) => inSummary(content)
  return summary === 'text' ? (content) => ofNarrative(content, resources) : undefined
}

/** `_elements` is about the resources that were searched for: what is brought along is shown whole. */
function ofElements(elements: string, type: string, patientElement: string | undefined, fault: (text: string) => void): Shape {
  const known = topLevel(type)
  const asked = elements.split(',').map((name) => name.trim().replace(`${type}.`, ''))
  const unknown = asked.filter((name) => !known.some((one) => isOf(name, one.name)))
  if (unknown.length > 0) fault(`_elements takes elements of ${type}: ${known.map(({ name }) => name).join(', ')}.`)
  const shown = known.filter(({ name, needed }) => needed || name === patientElement || asked.some((one) => isOf(one, name)))
  return (content, mode) => (mode === 'include' ? content : only(content, shown))
}

/** `_summary=text`: the narrative, and what R4 demands. Who it is about stays, and so does what changes the meaning of the rest. */
function ofNarrative(content: Members, resources: Readonly<Record<string, Pick<ResourceDeclaration, 'patientElement'>>>): Members {
  const type = String(content['resourceType'])
  const subject = resources[type]?.patientElement
  return only(
    content,
    topLevel(type).filter(({ name, needed }) => needed || name === 'text' || name === subject),
  )
}

/** `_summary=true`: the elements that the definition of the type marks as summary, inside of its own parts too. */
function inSummary(content: Members): Members {
  const marked = summaryElements(String(content['resourceType']))
  return summaryOf(content, marked, '')
}

function summaryOf(content: Members, marked: readonly SummaryElement[], holder: string): Members {
  const shown = marked.filter(({ path }) => path.slice(0, path.lastIndexOf('.') + 1) === holder)
  const entries = Object.entries(content).flatMap(([member, value]): [string, unknown][] => {
    const element = shown.find(({ path }) => isOf(member.replace(/^_/, ''), path.slice(holder.length)))
    if (!element) return holder === '' && always.includes(member) ? [[member, value]] : []
    return [[member, element.hasParts ? partsOf(value, marked, `${element.path}.`) : value]]
  })
  return Object.fromEntries(entries)
}

function partsOf(value: unknown, marked: readonly SummaryElement[], holder: string): unknown {
  if (Array.isArray(value)) return value.map((item) => partsOf(item, marked, holder))
  return typeof value === 'object' && value !== null ? summaryOf(value as Members, marked, holder) : value
}

function only(content: Members, shown: readonly { name: string }[]): Members {
  return without(content, (element) => !always.includes(element) && !shown.some(({ name }) => isOf(element.replace(/^_/, ''), name)))
}

function without(content: Members, isCut: (element: string) => boolean): Members {
  return Object.fromEntries(Object.entries(content).filter(([element]) => !isCut(element)))
}

interface SummaryElement {
  /** As `component.value`. */
  path: string
  /** Whether it has elements of its own, and is no data type. */
  hasParts: boolean
}

const summaries = new Map<string, readonly SummaryElement[]>()

function summaryElements(type: string): readonly SummaryElement[] {
  const made =
    summaries.get(type) ??
    ['Resource', 'DomainResource', type].flatMap((name) =>
      summaryPaths(name).map((path) => ({ path: path.replace('[x]', ''), hasParts: hasParts(type, path) })),
    )
  summaries.set(type, made)
  return made
}

function hasParts(type: string, path: string): boolean {
  return (r4().type(type)?.rows ?? []).some((row) => row.path.startsWith(`${path}.`))
}

function topLevel(type: string): { name: string; needed: boolean }[] {
  const rows = [type, 'DomainResource', 'Resource'].flatMap((name) => r4().type(name)?.rows ?? [])
  return rows
    .filter(({ path }) => /^[a-zA-Z]+(\[x\])?$/.test(path))
    .map(({ path, min, isModifier }) => ({ name: path.replace('[x]', ''), needed: min > 0 || isModifier }))
}

/** Whether a member of a resource, such as `valueQuantity`, is of the element `value`. */
function isOf(member: string, name: string): boolean {
  return member === name || (member.startsWith(name) && /^[A-Z]/.test(member.slice(name.length)) && isChoice(name))
}

const choices = [
  'value',
  'effective',
  'onset',
  'abatement',
  'performed',
  'occurrence',
  'start',
  'timing',
  'identified',
  'asNeeded',
  'quantity',
]
function isChoice(name: string): boolean {
  return choices.includes(name)
}

/** The text of a resource with what is shown of it. Decimals stand as they were sent. */
export function shaped(text: string, shape: Shape, mode: 'match' | 'include'): string {
  const content = parseJson(text)
  if (typeof content !== 'object' || content === null) return text
  const kept = shape(content as Members, mode)
  if (kept === content) return text
  const { tag, ...meta } = (kept['meta'] ?? {}) as { tag?: { code?: string }[] }
  const tags = Array.isArray(tag) ? tag.filter(({ code }) => code !== SUBSETTED.code) : []
  return writeJson({ ...kept, meta: { ...meta, tag: [...tags, SUBSETTED] } })
}
