/** The medicine of a record: its Medication, its codes, and what it is called. */
import type {
  CodeableConcept,
  Coding,
  Medication,
  MedicationAdministration,
  MedicationIngredient,
  MedicationRequest,
  Resource,
} from '@medplum/fhirtypes'
import { extensionUrls } from './systems.ts'

export type Given = MedicationAdministration | MedicationRequest

/** What `#id` or a Reference names inside the record. */
export function containedIn(record: { contained?: Resource[] }, reference: string | undefined): Resource | undefined {
  return record.contained?.find(({ id }) => reference === `#${id ?? ''}`)
}

export function medicationOf(record: Given): Medication | undefined {
  const found = containedIn(record, record.medicationReference?.reference)
  return found?.resourceType === 'Medication' ? found : undefined
}

function classOf({ extension = [] }: Medication): Coding[] {
  return extension.flatMap(({ url, valueCodeableConcept }) =>
    url === extensionUrls.classification ? (valueCodeableConcept?.coding ?? []) : [],
  )
}

/** Codes of the medicine itself and its class; and those of each ingredient, so that a mixture is found by what is in it. */
export function codingsOf(record: Given): Coding[] {
  const medication = medicationOf(record)
  const own = [...(record.medicationCodeableConcept?.coding ?? []), ...(medication ? codingsIn(medication) : [])]
  return [...own, ...ingredientsOf(record, medication).flatMap(({ codings }) => codings)]
}

function codingsIn(medication: Medication): Coding[] {
  return [...(medication.code?.coding ?? []), ...classOf(medication)]
}

interface Ingredient {
  name: string
  codings: Coding[]
  strength: MedicationIngredient['strength']
}

/** An ingredient may be a medicine of its own, with ingredients of its own. */
function ingredientsOf(record: Given, medication: Medication | undefined, seen: ReadonlySet<unknown> = new Set()): Ingredient[] {
  return (medication?.ingredient ?? []).flatMap(({ itemCodeableConcept, itemReference, strength }): Ingredient[] => {
    const part = containedIn(record, itemReference?.reference)
    if (part?.resourceType === 'Medication' && !seen.has(part)) {
      const inside = ingredientsOf(record, part, new Set([...seen, part]))
      const name = wordsOf(part.code)
      if (name === undefined) return inside
      return [{ name, codings: [...codingsIn(part), ...inside.flatMap(({ codings }) => codings)], strength }]
    }
    const concept = part?.resourceType === 'Substance' ? part.code : itemCodeableConcept
    return [{ name: wordsOf(concept) ?? itemReference?.display ?? '', codings: concept?.coding ?? [], strength }]
  })
}

/** In the words of the sender; a mixture without a name is called by its ingredients, and has none listed. */
export function namesOf(record: Given): {
  name: string | undefined
  ingredients: { name: string; strength: MedicationIngredient['strength'] }[]
} {
  const medication = medicationOf(record)
  const name = medication ? wordsOf(medication.code) : (wordsOf(record.medicationCodeableConcept) ?? record.medicationReference?.display)
  const ingredients = ingredientsOf(record, medication).filter((one) => one.name !== '')
  if (name !== undefined) return { name, ingredients }
  return { name: ingredients.map((one) => one.name).join(' + ') || undefined, ingredients: [] }
}

export function wordsOf(concept: CodeableConcept | undefined): string | undefined {
  return concept?.text ?? concept?.coding?.find(({ display }) => display !== undefined)?.display ?? concept?.coding?.[0]?.code
}
