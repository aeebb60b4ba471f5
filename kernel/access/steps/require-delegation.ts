import { problem } from '../../problem/problem.ts'
import type { Step } from '../step.ts'

/**
 * A data controller may stop a vendor from acting for it here, from the next call on and whatever HelseID and Altinn have registered: a
 * processor acts only on the controller's instructions (GDPR article 28). Without such a stop, the delegation that HelseID checked holds.
 */
export const requireDelegation: Step = ({ caller }, { delegationWithdrawn }) =>
  caller.supplier !== undefined && delegationWithdrawn ? problem('delegation-withdrawn') : undefined
