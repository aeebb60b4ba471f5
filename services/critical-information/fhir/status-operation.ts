/** POST /fhir/critical-information/$status: whether there is any entry, without opening one. For an alert symbol next to a name. */
import { controllerParameters } from '@helsevev/kernel/fhir/controller-parameters'
import type { Operation } from '@helsevev/kernel/fhir/service'
import { withheldParameters } from '@helsevev/kernel/fhir/withheld-parameters'
import { categories } from '../model/categories.ts'

const types = [...new Set(categories.map(({ type }) => type))]

export const statusOperation: Operation = {
  name: 'status',
  summary: 'Whether the person has critical information: some, none, unknown or withheld, and how many entries. Opens none of them.',
  async run(records) {
    const [counts, contributors, noAgreement, byPatient] = await Promise.all([
      Promise.all(types.map((type) => records.count(type, { tokens: { standing: [{ code: 'stated' }] } }))),
      records.contributors(),
      records.somethingWithheld(),
      records.withheldByPatient(),
    ])
    const total = counts.reduce((sum, count) => sum + count, 0)
    const hidden = noAgreement || byPatient.length > 0
    const status = total > 0 ? 'some' : hidden ? 'withheld' : contributors.length > 0 ? 'none' : 'unknown'
    return {
      resourceType: 'Parameters',
      parameter: [
        { name: 'status', valueCode: status },
        { name: 'entries', valueInteger: total },
        { name: 'partial', valueBoolean: total > 0 && hidden },
        { name: 'noAgreement', valueBoolean: noAgreement },
        ...withheldParameters(byPatient),
        ...controllerParameters(contributors),
      ],
    }
  },
}
