/**
 * A record with what it refers to inside it: medicine with its ingredients, stay with its organisations, diagnoses and personnel. They have
 * no patient of their own and would be found by nobody. A reference to an order stays a reference, since that is a record too.
 */
import { another } from '@helsevev/kernel/fhir/write/persons'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { copyJson } from '@helsevev/kernel/values/json'
import { type Json, visitObjects } from '@helsevev/kernel/values/tree'
import type { Reference, Resource } from '@medplum/fhirtypes'
import type { Entry } from './entry.ts'
import type { Given } from './medicine.ts'

interface Terms {
  entry: Entry
  /** The number of the person that the record is about; undefined where it names nobody, and is refused for that. */
  subject: string | undefined
  find(reference: string | undefined, from: Entry): Entry | undefined
  patient(reference: Reference | undefined, from: Entry): { value: string } | undefined
  urlOf(entry: Entry): string
  issues: Issue[]
}

export class Containing {
  readonly #terms: Terms
  readonly #ids = new Map<Entry, string>()
  readonly #held: Resource[] = []

  constructor(terms: Terms) {
    this.#terms = terms
  }

  whole(sent: Given): Given {
    const { subject: _subject, contained, ...rest } = copyJson(sent) as Given
    this.#held.push(...(Array.isArray(contained) ? contained : []))
    for (const held of [...this.#held]) this.#replace(held, this.#terms.entry, false)
    this.#replace(rest, this.#terms.entry, true)
    return { ...rest, ...(this.#held.length > 0 ? { contained: this.#held } : {}) } as Given
  }

  /** `isRecord`: what stands in the record itself, where an order is named and not contained. */
  #replace(within: object, from: Entry, isRecord: boolean): void {
    visitObjects(within as Json, '', (holder: Reference) => {
      if (typeof holder.reference !== 'string' || holder.reference.startsWith('#')) return
      const found = this.#terms.find(holder.reference, from)
      if (!found) return
      const type = found.resource.resourceType
      if (type === 'Patient') this.#person(holder, from)
      else if (type === 'MedicationAdministration' || type === 'MedicationRequest') holder.reference = this.#terms.urlOf(found)
      else holder.reference = `#${this.#idOf(found)}`
    })
    if (!isRecord) this.#ofSubject(within as { subject?: Reference }, from)
  }

  /** A part names the person that the record is about, which needs no number; one that names another is refused. */
  #person(holder: Reference, from: Entry): void {
    const { patient, subject, issues } = this.#terms
    if (subject !== undefined && patient(holder, from)?.value !== subject) issues.push(another(`${from.at}.resource.subject`))
    delete holder.reference
    delete holder.identifier
    holder.type = 'Patient'
  }

  #ofSubject(part: { subject?: Reference }, from: Entry): void {
    const value = part.subject?.identifier && this.#terms.patient(part.subject, from)?.value
    if (value === undefined || !part.subject) return
    this.#person(part.subject, from)
  }

  #idOf(entry: Entry): string {
    const known = this.#ids.get(entry)
    if (known !== undefined) return known
    const type = entry.resource.resourceType.toLowerCase()
    const taken = new Set(this.#held.map((one) => one?.id))
    const id = [type, ...this.#held.keys().map((at) => `${type}-${at + 2}`)].find((one) => !taken.has(one)) ?? `${type}-${taken.size + 2}`
    this.#ids.set(entry, id)
    const { meta: _meta, text: _text, ...content } = copyJson(entry.resource) as Resource & { text?: unknown }
    const held = { ...content, id } as Resource
    this.#held.push(held)
    this.#replace(held, entry, false)
    return id
  }
}
