/** What is prescribed or handed out as a contained Medication: ATC, the numbers of FEST, form and ingredients. */

import type { CodeableConcept, Coding, Medication, MedicationIngredient, Ratio } from '@medplum/fhirtypes'
import type { ValueOf } from '../e-prescription/fields.ts'
import type { Prescribing } from '../e-prescription/messages/drug.ts'
import type { PrescribedDrug, prescribedSupply } from '../e-prescription/messages/prescription.ts'
import { ATC } from '../systems.ts'
import { codingOf, conceptOf, quantityOf } from './coded.ts'
import { ARTICLE_NUMBER, FEST, messageExtensions } from './systems.ts'

export type Supply = ValueOf<typeof prescribedSupply>

type Drug = NonNullable<Prescribing['package' | 'brand' | 'substance' | 'dose']>
type Mixture = NonNullable<Prescribing['mixture']>

const FORM = 7448
const PREPARATION_TYPE = 7424
const ID = 'medication'

/** Undefined when the message does not say what it is. */
export function medicationOf(drug: PrescribedDrug | undefined, supply?: Supply): Medication | undefined {
  if (supply) return ofSupply(supply)
  const { mixture, ...others } = drug?.prescribing ?? { dosings: [] }
  // A message that names several has a flag, and the first is shown; its elements are kept.
  const one = others.brand ?? others.package ?? others.substance ?? others.dose
  return one ? ofDrug(one) : mixture && ofMixture(mixture)
}

function ofDrug(drug: Drug): Medication | undefined {
  const code = conceptOfDrug(drug)
  const form = conceptOf(drug.form, FORM)
  const kind = conceptOf(drug.preparationType, PREPARATION_TYPE)
  const extension = kind && [{ url: messageExtensions.preparationType, valueCodeableConcept: kind }]
  return code && { resourceType: 'Medication', id: ID, ...(extension ? { extension } : {}), code, ...(form ? { form } : {}) }
}

function conceptOfDrug(drug: Drug): CodeableConcept | undefined {
  const coding: Coding[] = [
    ...(drug.atc ? [atcOf(drug.atc)].flatMap((one) => one ?? []) : []),
    ...numbered(FEST, drug.festId, drug.name),
    ...('articleNumber' in drug ? numbered(ARTICLE_NUMBER, drug.articleNumber, drug.name) : []),
  ]
  return concept(coding, drug.name)
}

/** ATC is list 7180, in whatever spelling the sender names it. */
function atcOf(atc: NonNullable<Drug['atc']>): Coding | undefined {
  const coding = codingOf(atc, 7180)
  return coding && (coding.system === undefined ? { ...coding, system: ATC } : coding)
}

function numbered(system: string, code: string | undefined, display: string | undefined): Coding[] {
  const bare = code?.trim().replaceAll(/\s+/g, ' ') ?? ''
  return bare === '' ? [] : [{ system, code: bare, ...(display === undefined ? {} : { display }) }]
}

function concept(coding: Coding[], text: string | undefined): CodeableConcept | undefined {
  if (coding.length === 0 && text === undefined) return undefined
  return { ...(coding.length > 0 ? { coding } : {}), ...(text === undefined ? {} : { text }) }
}

function ofMixture(mixture: Mixture): Medication {
  const form = conceptOf(mixture.form, FORM)
  const ingredient = [
    ...mixture.drugs.flatMap((each) => ingredientOf(conceptOfDrug(each.brand ?? each.package ?? each.substance ?? {}))),
    ...mixture.substances.flatMap(({ substance, strength }) =>
      ingredientOf(concept(numbered(FEST, substance?.festId, substance?.name), substance?.name), strength),
    ),
    ...mixture.others.flatMap(({ name, strength }) => ingredientOf(concept([], name), strength)),
  ]
  return {
    resourceType: 'Medication',
    id: ID,
    code: { text: mixture.name ?? 'Legemiddelblanding' },
    ...(form ? { form } : {}),
    ...(ingredient.length > 0 ? { ingredient } : {}),
  }
}

function ingredientOf(item: CodeableConcept | undefined, strength?: Mixture['substances'][number]['strength']): MedicationIngredient[] {
  if (!item) return []
  const ratio = strength && ratioOf(strength)
  return [{ itemCodeableConcept: item, ...(ratio ? { strength: ratio } : {}) }]
}

/** Both parts stand, or none (rat-1): a strength without denominator is of one. */
function ratioOf({ numerator, denominator }: NonNullable<Mixture['substances'][number]['strength']>): Ratio | undefined {
  const above = numerator && quantityOf(numerator)
  if (!above) return undefined
  return { numerator: above, denominator: (denominator && quantityOf(denominator)) ?? { value: 1 } }
}

function ofSupply({ breastProsthesis, nutrition, consumable, productGroup }: Supply): Medication | undefined {
  const one = consumable ?? nutrition ?? breastProsthesis
  const code = one ? concept(numbered(ARTICLE_NUMBER, one.number, one.name), one.name) : conceptOf(productGroup, 7403)
  return code && { resourceType: 'Medication', id: ID, code }
}
