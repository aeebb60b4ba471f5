/**
 * A planned end that is moved or taken back: the recall that waits in the outbox for the earlier end is withdrawn, and for a moved end
 * another is made. What was sent to Reseptformidleren cannot be called back; the answer then has a flag.
 */
import { identifierValue, MESSAGE_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { uuidOf } from '@helsevev/clinical/kith/remove-identity-numbers'
import type { SetReading } from '@helsevev/kernel/fhir/service'
import type { Resource, Task } from '@medplum/fhirtypes'
import type { PlannedLine, Planning } from './lines.ts'
import { type Discontinuation, discontinuationOf, nameOf, prescriptionOf } from './statement.ts'

const SERVICE = 'e-prescriptions'
const TASK_CODE = 'http://helsevev.no/fhir/CodeSystem/prescription-task'

/** A line whose planned end differs from what it was. */
export interface MovedEnd {
  prescription: string
  /** The new end; undefined where it was taken back. */
  discontinuation: Discontinuation | undefined
  /** MsgId of each recall that waits and that nobody has sent. */
  waiting: readonly string[]
  /** A recall that was sent and is not answered, or waits for a dispensing. */
  isSent: boolean
  expression: string
  name: string | undefined
}

export function recallIdOf({ version }: Planning, prescription: string): string {
  return uuidOf(`${version}|recall|${prescription}`)
}

/** Empty where no recall of the earlier end is on its way. */
export async function movedEnds({ elsewhere }: SetReading, lines: readonly PlannedLine[], planning: Planning): Promise<MovedEnd[]> {
  const moved = lines.flatMap(({ before, after, change, differences, expression }) => {
    const isMoved = change === 'changed' && differences.includes('discontinuation') && before && discontinuationOf(before) !== undefined
    const prescription = isMoved ? prescriptionOf(before) : undefined
    return after && prescription !== undefined
      ? [{ prescription, discontinuation: discontinuationOf(after), expression, name: nameOf(after) }]
      : []
  })
  if (moved.length === 0) return []
  const codes = moved.map(({ prescription }) => ({ system: RESEPT_ID, code: prescription }))
  const found = (await elsewhere({ service: SERVICE, type: 'Task', tokens: { prescription: codes }, count: 1000 })) ?? []
  return moved.flatMap((one): MovedEnd[] => {
    // The recall that this version made is that of the new end.
    const own = found.filter(
      (task): task is Task => isAbout(task, one.prescription) && idOf(task) !== recallIdOf(planning, one.prescription),
    )
    const open = own.filter(({ status }) => status === 'requested' || status === 'accepted')
    const waiting = open.filter((task) => task.status === 'requested' && isUnsent(task)).flatMap((task) => idOf(task) ?? [])
    return open.length > 0 ? [{ ...one, waiting, isSent: waiting.length < open.length }] : []
  })
}

function isAbout(one: Resource, prescription: string): one is Task {
  return one.resourceType === 'Task' && one.focus?.identifier?.value === prescription
}

function idOf({ identifier }: Task): string | undefined {
  return identifierValue(MESSAGE_ID, identifier)
}

function isUnsent({ input = [] }: Task): boolean {
  return input.some(({ type }) => type.coding?.some(({ system, code }) => system === TASK_CODE && code === 'unsent-message'))
}
