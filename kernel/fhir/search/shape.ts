/**
 * What a search shows of each resource: `_elements` and `_summary` (http://hl7.org/fhir/R4/search.html#elements, #summary). Elements that
 * R4 demands or that change what others mean are always shown, and a resource of which a part is shown has the tag SUBSETTED.
 */
import { SUBSETTED } from '../../store/cut.ts'
import { parseJson, writeJson } from '../../values/json.ts'
import type { ResourceDeclaration } from '../service.ts'
import { r4 } from '../validation/r4.ts'

/** Whether an element of the resource is shown; only of the type that was searched for. */
export type Shape = (element: string) => boolean

const always = ['resourceType', 'id', 'meta', 'implicitRules']

/** The shape that a form asks for, of resources of one type; undefined when all is shown. */
export function shapeOf(
  form: URLSearchParams,
  type: string,
  { patientElement }: ResourceDeclaration,
  fault: (text: string) => void,
): Shape | undefined {
  const elements = form.get('_elements')
  const summary = form.get('_summary')
  if (elements !== null && summary !== null && summary !== 'false') fault('_elements and _summary are not given together.')
  if (elements === null) return summary === 'data' ? (element) => element !== 'text' : undefined
  const known = topLevel(type)
  const asked = elements.split(',').map((name) => name.trim().replace(`${type}.`, ''))
  const unknown = asked.filter((name) => !known.some((one) => isOf(name, one.name)))
  if (unknown.length > 0) fault(`_elements takes elements of ${type}: ${known.map(({ name }) => name).join(', ')}.`)
  const shown = known.filter(({ name, needed }) => needed || name === patientElement || asked.some((one) => isOf(one, name)))
  return (element) => always.includes(element) || shown.some(({ name }) => isOf(element.replace(/^_/, ''), name))
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
export function shaped(text: string, shape: Shape): string {
  const content = parseJson(text)
  if (typeof content !== 'object' || content === null) return text
  const kept = Object.fromEntries(Object.entries(content).filter(([element]) => shape(element))) as Record<string, unknown>
  const { tag, ...meta } = (kept['meta'] ?? {}) as { tag?: { code?: string }[] }
  const tags = Array.isArray(tag) ? tag.filter(({ code }) => code !== SUBSETTED.code) : []
  return writeJson({ ...kept, meta: { ...meta, tag: [...tags, SUBSETTED] } })
}
