/** POST /fhir/contacts/$status: whether any contact is registered, and which organisations have reported, without opening a record. */
import { controllerParameters } from '@helsevev/kernel/fhir/controller-parameters'
import type { Operation } from '@helsevev/kernel/fhir/service'
import { withheldParameters } from '@helsevev/kernel/fhir/withheld-parameters'

export const statusOperation: Operation = {
  name: 'status',
  summary:
    'Whether contacts are registered: some, none, unknown or withheld, how many contacts and teams, and who reported. Opens none of them.',
  async run(records) {
    const [contacts, teams, contributors, noAgreement, byPatient] = await Promise.all([
      records.count('RelatedPerson'),
      records.count('CareTeam'),
      records.contributors(),
      records.somethingWithheld(),
      records.withheldByPatient(),
    ])
    const hidden = noAgreement || byPatient.length > 0
    const isThere = contacts + teams > 0
    const status = isThere ? 'some' : hidden ? 'withheld' : contributors.length > 0 ? 'none' : 'unknown'
    return {
      resourceType: 'Parameters',
      parameter: [
        { name: 'status', valueCode: status },
        { name: 'contacts', valueInteger: contacts },
        { name: 'teams', valueInteger: teams },
        { name: 'partial', valueBoolean: isThere && hidden },
        { name: 'noAgreement', valueBoolean: noAgreement },
        ...withheldParameters(byPatient),
        ...controllerParameters(contributors),
      ],
    }
  },
}
