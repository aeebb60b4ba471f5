/**
 * Links between the resources of a document: a reference leads to an entry of the document, or states in words what it means
 * (http://hl7.org/fhir/R4/documents.html, http://hl7.org/fhir/R4/bundle.html#references).
 */
import type { Reference, Resource } from '@medplum/fhirtypes'
import { copyJson } from '../../values/json.ts'

/** Not followed: the order and the plan behind a result are not in a summary. */
const ASIDE = new Set(['extension', 'contained', 'basedOn', 'partOf', 'encounter', 'subject', 'patient'])
const RELATIVE = /^([A-Z][A-Za-z]{1,63}\/[^/#?]+)(?:\/_history\/[^/]+)?$/
const OUTSIDE = 'Not in this document'

/** `Type/id` of what the resource refers to in its own service, and of which a document holds a copy. */
export function followedFrom(resource: Resource): string[] {
  const found = new Set<string>()
  visit(resource, (holder) => {
    const [, address] = typeof holder.reference === 'string' ? (RELATIVE.exec(holder.reference) ?? []) : []
    if (address) found.add(address)
  })
  return [...found]
}

function visit(value: unknown, met: (holder: { reference?: unknown }) => void): void {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) met(value)
  for (const [name, member] of Object.entries(value)) if (!ASIDE.has(name)) visit(member, met)
}

/** A copy of which each reference is one to an entry, to a contained resource, or words. */
export function linked(resource: Resource, fullUrl: string, entries: ReadonlyMap<string, Resource>): Resource {
  const copy = copyJson(resource)
  const base = fullUrl.slice(0, -`${resource.resourceType}/${resource.id}`.length)
  relink(copy, base, entries)
  return copy
}

function relink(value: unknown, base: string, entries: ReadonlyMap<string, Resource>): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const member of value) relink(member, base, entries)
    return
  }
  for (const [name, member] of Object.entries(value)) {
    if (name === 'extension' && Array.isArray(member)) keepExtensions(value, member, base, entries)
    relink(member, base, entries)
  }
  if ('reference' in value && typeof value.reference === 'string') lead(value as Reference, base, entries)
}

/** An extension that refers to what is not in the document says nothing there. */
function keepExtensions(holder: object, extensions: unknown[], base: string, entries: ReadonlyMap<string, Resource>): void {
  const kept = extensions.filter((one) => {
    const { valueReference } = one as { valueReference?: Reference }
    const { reference } = valueReference ?? {}
    return reference === undefined || reference.startsWith('#') || entries.has(targetOf(reference, base))
  })
  if (kept.length > 0) (holder as { extension?: unknown[] }).extension = kept
  else delete (holder as { extension?: unknown[] }).extension
}

function targetOf(reference: string, base: string): string {
  const [, relative] = RELATIVE.exec(reference) ?? []
  return relative === undefined ? reference.replace(/\/_history\/[^/]+$/, '') : base + relative
}

function lead(reference: Reference, base: string, entries: ReadonlyMap<string, Resource>): void {
  if (reference.reference?.startsWith('#')) return
  const url = targetOf(reference.reference ?? '', base)
  const target = entries.get(url)
  if (target) {
    reference.reference = url
    const name = nameOf(target)
    if (reference.display === undefined && name) reference.display = name
    return
  }
  delete reference.reference
  if (reference.display === undefined) reference.display = OUTSIDE
}

interface Named {
  practitioner?: Reference
  organization?: Reference
  name?: string | { text?: string; family?: string; given?: string[] }[]
  deviceName?: { name?: string }[]
  type?: { text?: string; coding?: { display?: string }[] }
  code?: { text?: string; coding?: { display?: string }[] } | unknown[]
}

/** What people call it: the practitioner and the laboratory, the kind of specimen, the analysis. */
function nameOf(resource: Resource): string | undefined {
  const { practitioner, organization, name, deviceName, type, code } = resource as Named
  const people = [practitioner?.display, organization?.display].filter(Boolean).join(', ')
  const [human] = Array.isArray(name) ? name : []
  const written = typeof name === 'string' ? name : (human?.text ?? [...(human?.given ?? []), human?.family].filter(Boolean).join(' '))
  const concept = Array.isArray(code) ? type : (code ?? type)
  return (
    people || written || deviceName?.[0]?.name || concept?.text || concept?.coding?.find(({ display }) => display)?.display || undefined
  )
}
