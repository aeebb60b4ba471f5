/** A choice while it is being filled in. Pure. */
import type { ChoiceKind, NewChoice, Practitioner } from '../contract.ts'
import { type What, whatIsMissing } from './ChoiceWhat.tsx'

export interface ChoiceDraft {
  kind: ChoiceKind | undefined
  what: What
  /** Number of the organisation that the choice keeps out, or lets in. */
  receiver: string | undefined
  practitioner: Practitioner | undefined
  /** The last day; empty when the choice has no end. */
  until: string
}

/** Key of the first field that is not filled in; undefined when all are. */
export function missingIn({ kind, what, receiver, practitioner }: ChoiceDraft) {
  if (!kind) return 'choices.kindLegend'
  if (kind === 'block' && !practitioner) return 'choices.practitioner'
  if (kind === 'consent' && !receiver) return 'choices.receiverConsent'
  return whatIsMissing(kind === 'opt-out' ? { ...what, kind: 'service' } : what)
}

/** The choice to send: only what belongs to its kind, whatever else was filled in on the way. */
export function newChoiceOf(kind: ChoiceKind, { what, receiver, practitioner, until }: ChoiceDraft): NewChoice {
  return {
    kind,
    ...(kind === 'opt-out' || what.kind === 'service' || what.kind === 'record' ? { service: what.service } : {}),
    ...(kind !== 'opt-out' && (what.kind === 'controller' || what.kind === 'record') ? { controller: what.controller } : {}),
    ...(kind !== 'opt-out' && what.kind === 'record' ? { record: what.record } : {}),
    ...((kind === 'restriction' || kind === 'consent') && receiver ? { receiver } : {}),
    ...(kind === 'block' ? { hprNumber: practitioner?.hprNumber } : {}),
    ...(until ? { until } : {}),
  }
}
