/** Lines of made-up medication lists, in few words. */
import type { Prescribing } from '../../e-prescription/messages/drug.ts'
import type { PrescribedDrug } from '../../e-prescription/messages/prescription.ts'
import type { Line } from '../list-line.ts'

interface Words {
  name?: string
  atc?: string
  festId?: string
  articleNumber?: string
  /** Made from a code of 7448. */
  form?: string
  /** Code of 7424. */
  preparationType?: string
  /** Code of 9101. */
  use?: string
  itemGroup?: string
  doseText?: string
  shortDose?: string
  repeats?: number
  dosings?: Prescribing['dosings']
}

/** A brand, or a package where an article number is given. */
export function drugOf({ name = 'Ibux tab 400 mg', use = '1', itemGroup = 'L', repeats = 0, ...words }: Words = {}): PrescribedDrug {
  const common = {
    name,
    ...(words.atc !== undefined && { atc: { code: words.atc } }),
    ...(words.form !== undefined && { form: { code: words.form } }),
    ...(words.preparationType !== undefined && { preparationType: { code: words.preparationType } }),
    ...(words.festId !== undefined && { festId: words.festId }),
  }
  const isPackage = words.articleNumber !== undefined
  return {
    itemGroup: { code: itemGroup },
    repeats,
    prescribing: {
      use: { code: use },
      ...(words.doseText !== undefined && { doseText: words.doseText }),
      ...(words.shortDose !== undefined && { shortDose: { code: '0', display: words.shortDose } }),
      dosings: words.dosings ?? [],
      ...(isPackage ? { package: { ...common, articleNumber: words.articleNumber ?? '', eans: [], packages: [] } } : { brand: common }),
    },
  }
}

/** A line for an e-prescription whose ReseptId is `r-` and the id. */
export function lineOf(id: string, { words, ...more }: Partial<Line> & { words?: Words } = {}): Line {
  return {
    id,
    type: { code: 'E' },
    prescriptionId: `r-${id}`,
    lastChanged: '2026-01-10T10:00:00+01:00',
    roles: [],
    questions: [],
    drug: drugOf(words),
    ...more,
  }
}
