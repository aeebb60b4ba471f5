/** POST /fhir/test-results/$status: whether there are reports and which organisations sent them, without opening one. */
import { countingStatus } from '@helsevev/clinical/status-operation'

export const statusOperation = countingStatus({
  summary:
    'Whether the person has test results: some, none, unknown or withheld, how many reports, and who has reported. Opens none of them.',
  counts: { reports: (records) => records.count('DiagnosticReport') },
})
