/**
 * The one judgement of double prescriptions: of lines and of open prescriptions that no line names. The panel, $getMedication and the
 * indicators ask here, so that they find the same.
 */
import { type Chained, newestOfChains, openWithoutLine } from './chain.ts'
import { type DoublePrescription, doublePrescriptions, type HandledWarning, type Medication } from './duplicates.ts'

/** A drug by its codes: of ATC, of FEST, of its form (7448), its Varenr, and what kind of preparation it is (7424). */
export interface DrugCodes {
  readonly atc?: string
  readonly festId?: string
  readonly form?: string
  readonly articleNumber?: string
  readonly preparationType?: string
  /** A pharmacy mixes it. */
  readonly isMixture?: true
}

/** A prescription, however many have reported it. */
export interface ComparedPrescription extends Chained {
  /** As the sender writes it; absent where it is locked or not known here. */
  readonly drug?: string
  readonly codes: DrugCodes
  /** Volven 9101. */
  readonly use?: string
  readonly isOpen: boolean
  readonly isLocked: boolean
}

/** A prescription stands in a pair by its ReseptId alone, a line by its PLL-id. */
export function doubleUse(
  lines: readonly Medication[],
  prescriptions: readonly ComparedPrescription[],
  handled: readonly HandledWarning[],
): DoublePrescription[] {
  const named = lines.flatMap(({ prescriptionIds }) => prescriptionIds)
  const free = openWithoutLine(named, prescriptions).filter(({ isLocked }) => !isLocked)
  const treatments = newestOfChains(free, prescriptions).map(({ number, codes, drug, use }) =>
    treatmentOf(codes, drug, use, { prescriptionIds: [number], state: 'active' }),
  )
  return doublePrescriptions([...lines, ...treatments], { handled })
}

type Known = Pick<Medication, 'state' | 'prescriptionIds'> & Partial<Medication>

/** A drug that is known by its codes, for the search of double prescriptions. `use`: Volven 9101. */
export function treatmentOf(codes: DrugCodes, drug: string | undefined, use: string | undefined, known: Known): Medication {
  const prescribing = { dosings: [], ...productOf(codes, drug), ...(use === undefined ? {} : { use: { code: use } }) }
  return { ...known, drug: { prescribing } }
}

function productOf({ atc, festId, form, articleNumber, preparationType, isMixture }: DrugCodes, name: string | undefined) {
  const named = { ...(name === undefined ? {} : { name }), ...(form === undefined ? {} : { form: { code: form } }) }
  if (isMixture) return { mixture: { ...named, drugs: [], others: [], substances: [] } }
  const drug = {
    ...named,
    ...(atc === undefined ? {} : { atc: { code: atc } }),
    ...(festId === undefined ? {} : { festId }),
    ...(preparationType === undefined ? {} : { preparationType: { code: preparationType } }),
  }
  return articleNumber === undefined ? { brand: drug } : { package: { ...drug, articleNumber, eans: [], packages: [] } }
}
