import { problem } from '../../problem/problem.ts'
import type { Step } from '../step.ts'

/** One scope per service and direction (architecture decision 8); citizens have a direction of their own. */
export const requireScope: Step = ({ caller, area, kind }) => {
  const direction = kind === 'worklist-write' ? 'write' : kind === 'citizen' || kind === 'write' ? kind : 'read'
  const scope = `helsevev:${area.id}/${direction}`
  if (caller.scopes.includes(scope)) return undefined
  return problem('insufficient-scope', `This needs the scope ${scope}, which the token lacks. Ask HelseID for it.`, {
    headers: { 'WWW-Authenticate': `DPoP error="insufficient_scope", scope="${scope}"` },
  })
}
