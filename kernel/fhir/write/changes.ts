/**
 * The common path of every write. Each requested change (create, update or delete) is decided, checked and prepared, by the file of its
 * method; then all changes of the request are stored together.
 */
import type { Result } from '../../problem/problem.ts'
import type { ChangeRequest, Plan, Planned } from './plan.ts'
import { planConditional } from './plan-conditional-update.ts'
import { planCreate } from './plan-create.ts'
import { planDelete } from './plan-delete.ts'
import { planPatch } from './plan-patch.ts'
import { planUpdate } from './plan-update.ts'

/** Decides, checks and prepares one change, or returns why it cannot be stored. */
export async function planChange(plan: Plan, request: ChangeRequest): Promise<Result<Planned>> {
  switch (request.method) {
    case 'POST':
      return await planCreate(plan, request)
    case 'PUT':
      return request.condition === undefined ? await planUpdate(plan, request) : await planConditional(plan, request, request.condition)
    case 'PATCH':
      return await planPatch(plan, request)
    case 'DELETE':
      return await planDelete(plan, request)
  }
}
