/**
 * What is served about a relative of the patient to anybody but the patient and staff. A contact may live at a protected address, and
 * nobody here knows which contacts do: the sender states neither number nor address. A telephone number, an employer and the sender's own
 * words lead to a place. So a person who acts for the patient, a youth, and staff in a close relation get of each contact who it is and
 * what relation it has, by elements that are listed here; all else goes, for every contact alike, so that what is missing shows nothing.
 * Folkeregisterloven § 10-4; Normen fact sheet 55; docs/decisions/0052-what-relatives-read-of-each-other.md
 */
import { parseJson, writeJson } from '../values/json.ts'
import type { ServedVersion } from './record.ts'
import type { Visibility } from './visibility.ts'

/** The types of FHIR that are about a person with a relation to the patient. http://hl7.org/fhir/R4/relatedperson.html */
const aboutRelatives = ['RelatedPerson']

const kept = ['resourceType', 'id', 'active', 'period'] as const
/** The only searches of such types that find anything: those by elements that are served whole. */
const searchable = ['active', 'relationship']

type Members = Record<string, unknown>

/** Whether this reader is served relatives without what leads to a place. */
function isLimited({ relativesWithoutPlaces }: Visibility): boolean {
  return relativesWithoutPlaces === true
}

/** The records as this reader is served them. Decimals stand as they were sent. */
export function withoutPlacesOfRelatives<Found extends ServedVersion>(decision: Visibility, found: readonly Found[]): Found[] {
  if (!isLimited(decision)) return [...found]
  return found.map((record) =>
    record.content !== null && aboutRelatives.includes(record.type) ? { ...record, content: limitedText(record.content) } : record,
  )
}

/** The tokens of a search. One by what is not served finds nothing: it would show that it is there. */
export function tokensOfRelatives<Asked extends { name: string; anyOf: unknown[] }>(
  decision: Visibility,
  type: string,
  asked: Asked[],
): Asked[] {
  if (!isLimited(decision) || !aboutRelatives.includes(type)) return asked
  return asked.map((token) => (searchable.includes(token.name) ? token : { ...token, anyOf: [] }))
}

/** Whether a search by this parameter may show what a record has: otherwise the record has nothing of it to this reader. */
export function isServedOfRelatives(decision: Visibility, type: string, name: string): boolean {
  return !isLimited(decision) || !aboutRelatives.includes(type) || [...searchable, 'date'].includes(name)
}

function limitedText(text: string): string {
  const content = parseJson(text)
  if (!isObject(content)) return text
  const extension = listOf(content['extension']).filter(isPlain)
  const relationship = listOf(content['relationship']).map(codesOf)
  const name = listOf(content['name']).map(namesOf)
  const { versionId, lastUpdated, profile } = isObject(content['meta']) ? content['meta'] : {}
  const limited: Members = {
    ...members(content, kept),
    meta: defined({ versionId, lastUpdated, profile }),
    extension: some(extension),
    relationship: some(relationship.filter(({ coding }) => coding !== undefined)),
    name: some(name.filter((one) => Object.keys(one).length > 0)),
  }
  return writeJson(defined(limited))
}

/** The codes of a relation, without the words of the sender. */
function codesOf({ coding }: Members): Members {
  return defined({ coding: some(listOf(coding).map((one) => members(one, ['system', 'code']))) })
}

/** The parts of a name. The text of a name may hold anything, such as a place of work. */
function namesOf({ family, given, extension, use }: Members): Members {
  const middle = listOf(extension).filter(({ url }) => typeof url === 'string' && url.endsWith('/no-basis-middlename'))
  return family === undefined && given === undefined ? {} : defined({ extension: some(middle), use, family, given })
}

/** An extension with a code, a number or the data controller. */
function isPlain(extension: Members): boolean {
  return Object.keys(extension).every((key) => ['url', 'valueCode', 'valuePositiveInt', 'valueIdentifier'].includes(key))
}

function members(content: Members, names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(content).filter(([key]) => names.includes(key)))
}

function defined(content: Members): Members {
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined))
}

function some<Item>(items: Item[]): Item[] | undefined {
  return items.length > 0 ? items : undefined
}

function listOf(value: unknown): Members[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
