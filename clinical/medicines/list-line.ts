/** A line of the medication list, with its drug opened: the form in which the list is compared, checked and shown. */
import type { MessageOf } from '../e-prescription/kinds.ts'
import type { PrescribedDrug } from '../e-prescription/messages/prescription.ts'

type ListKind = 'M25.1' | 'M25.2' | 'M25.3' | 'M25.4'
type MessageLine = MessageOf<'M25.1'>['body']['lines'][number]

/** EnkeltoppforingLIB. `id` never changes; `drug` is absent when its content could not be read. */
export type Line = Omit<MessageLine, 'id' | 'drug'> & { readonly id: string; readonly drug?: PrescribedDrug }

/** The lines of a list message; M25.2 to M25.4 have fewer elements. A line without Id cannot be distinguished and is left out. */
export function linesOf({ body }: Pick<MessageOf<ListKind>, 'body'>): Line[] {
  return body.lines.flatMap(({ id, drug, ...line }) => {
    const opened = drug?.message?.body
    return id === undefined ? [] : [{ questions: [], ...line, id, ...(opened && { drug: opened }) }]
  })
}

/** How the drug is used, of Volven 9101; `other` for a code that is not known here. */
export type Use = 'regular' | 'course' | 'as-needed' | 'vaccine' | 'nutrition' | 'other'

const uses: Readonly<Record<string, Use>> = { 1: 'regular', 2: 'course', 3: 'as-needed', 4: 'vaccine', 5: 'nutrition' }

/** Bruk alone decides: real messages send doses at fixed times for what is taken as needed. Undefined when Bruk is not stated. */
export function useOf({ drug }: Pick<Line, 'drug'>): Use | undefined {
  const code = drug?.prescribing?.use?.code
  return code === undefined ? undefined : (uses[code] ?? 'other')
}

/** What is prescribed, whichever of the five forms of Forskrivning states it. */
export interface Product {
  readonly form: 'brand' | 'package' | 'substance' | 'mixture' | 'dose'
  /** NavnFormStyrke, or the name of a mixture. */
  readonly name?: string
  /** Code of ATC. */
  readonly atc?: string
  /** Code of 7448. */
  readonly pharmaceuticalForm?: string
  /** Code of 7424. */
  readonly preparationType?: string
  /** Id of FEST, and Varenr of a package: packages often have no Id. */
  readonly numbers: readonly string[]
}

export function productOf({ prescribing }: PrescribedDrug): Product | undefined {
  const { brand, package: drugPackage, substance, dose, mixture } = prescribing ?? {}
  if (brand) return product('brand', brand, brand.festId)
  if (drugPackage) return product('package', drugPackage, drugPackage.festId, drugPackage.articleNumber)
  if (substance) return product('substance', substance, substance.festId)
  if (dose) return product('dose', dose, dose.festId)
  return mixture && product('mixture', { ...mixture, atc: undefined })
}

function product(
  form: Product['form'],
  stated: { name?: string; atc?: { code?: string } | undefined; form?: { code?: string }; preparationType?: { code?: string } },
  ...numbers: readonly (string | undefined)[]
): Product {
  return {
    form,
    ...(stated.name !== undefined && { name: stated.name }),
    ...(stated.atc?.code !== undefined && { atc: stated.atc.code }),
    ...(stated.form?.code !== undefined && { pharmaceuticalForm: stated.form.code }),
    ...(stated.preparationType?.code !== undefined && { preparationType: stated.preparationType.code }),
    numbers: numbers.flatMap((number) => number ?? []),
  }
}
