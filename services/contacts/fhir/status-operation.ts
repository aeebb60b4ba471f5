/** POST /fhir/contacts/$status: whether any contact is registered, and which organisations have reported, without opening a record. */
import { countingStatus } from '@helsevev/clinical/status-operation'

export const statusOperation = countingStatus({
  summary:
    'Whether contacts are registered: some, none, unknown or withheld, how many contacts and teams, and who reported. Opens none of them.',
  counts: { contacts: (records) => records.count('RelatedPerson'), teams: (records) => records.count('CareTeam') },
})
