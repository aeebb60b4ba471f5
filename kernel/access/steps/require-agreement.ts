import { problem } from '../../problem/problem.ts'
import type { Step } from '../pipeline.ts'

/**
 * The service is open between two organisations: a sharing agreement in force for this purpose, or the organisation's own
 * records (R3, R4). What each agreement opens is decided in `decideReading`.
 */
export const requireAgreement: Step = ({ caller, service, purpose }, { agreements, produces, consumes }) => {
  if (produces || (consumes && agreements.length > 0)) return undefined
  const forPurpose = caller.kind === 'person' ? ` for the purpose ${purpose}` : ''
  return problem(
    'no-agreement',
    consumes
      ? `No data controller has a sharing agreement in force that opens ${service.names.en} to organisation ${caller.organization}${forPurpose}. Ask the data controller whose records you need.`
      : `Organisation ${caller.organization} is not registered as using ${service.names.en}. Its own administrator registers it.`,
  )
}
