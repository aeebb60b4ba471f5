import { problem } from '../../problem/problem.ts'
import type { Step } from '../step.ts'

/**
 * A data controller may stop a vendor from acting for it here, whatever HelseID and Altinn say, and from the next call on: a processor acts
 * on the controller's instructions alone (GDPR article 28). Without such a stop the delegation that HelseID checked holds.
 */
export const requireDelegation: Step = ({ caller }, { delegationWithdrawn }) =>
  caller.supplier !== undefined && delegationWithdrawn ? problem('delegation-withdrawn') : undefined
