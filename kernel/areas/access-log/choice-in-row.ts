/** What a row of a change of the patient's choices is about, read from what `choiceInLog` wrote (kernel/areas/choices/choice.ts). */
import type { AuditEventEntity } from '@medplum/fhirtypes'
import { parseLogicalId } from '../../store/ids.ts'

/** Events whose rows name a choice. */
export const choiceEvents = ['choice-made', 'choice-confirmed', 'choice-ended']

/** The Consent, with the kind of choice and what it covers as details; undefined where the row does not name it. */
export function choiceEntity(about: string | null): AuditEventEntity | undefined {
  const parts = about?.split(', ') ?? []
  const id = parts.pop() ?? ''
  const [kind, ...covers] = parts
  if (kind === undefined || !parseLogicalId(id)) return undefined
  const details = covers.flatMap((part) => {
    const [, name, value] = /^(service|controller|receiver) ([A-Za-z0-9-]+)$/.exec(part) ?? []
    if (name && value) return [{ type: name, valueString: value }]
    return part === 'one record' ? [{ type: 'record', valueString: 'one' }] : []
  })
  return { what: { reference: `Consent/${id}`, type: 'Consent' }, detail: [{ type: 'kind', valueString: kind }, ...details] }
}
