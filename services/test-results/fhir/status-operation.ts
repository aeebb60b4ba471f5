/** POST /fhir/test-results/$status: whether there are reports and which organisations sent them, without opening one. */
import { controllerParameters } from '@helsevev/kernel/fhir/controller-parameters'
import type { Operation } from '@helsevev/kernel/fhir/service'
import { withheldParameters } from '@helsevev/kernel/fhir/withheld-parameters'

export const statusOperation: Operation = {
  name: 'status',
  summary:
    'Whether the person has test results: some, none, unknown or withheld, how many reports, and who has reported. Opens none of them.',
  async run(records) {
    const [reports, contributors, noAgreement, byPatient] = await Promise.all([
      records.count('DiagnosticReport'),
      records.contributors(),
      records.somethingWithheld(),
      records.withheldByPatient(),
    ])
    const hidden = noAgreement || byPatient.length > 0
    const status = reports > 0 ? 'some' : hidden ? 'withheld' : contributors.length > 0 ? 'none' : 'unknown'
    return {
      resourceType: 'Parameters',
      parameter: [
        { name: 'status', valueCode: status },
        { name: 'reports', valueInteger: reports },
        { name: 'partial', valueBoolean: reports > 0 && hidden },
        { name: 'noAgreement', valueBoolean: noAgreement },
        ...withheldParameters(byPatient),
        ...controllerParameters(contributors),
      ],
    }
  },
}
