/**
 * Turns the reason why a service is closed into a code that the page has words for. The API gives the reason as an English sentence; its
 * sentences are in kernel/access/representation.ts. For a sentence that is not known here, the general reason of its problem code is shown.
 */
import type { ClosedReason } from '../contract.ts'

/** Exported for tests: each is a sentence that the API sends. */
export const sentences: readonly [beginning: string, reason: ClosedReason][] = [
  ['This service is not open to parents', 'not-for-parents'],
  ['Parents do not act in this service after the child has turned 12', 'child-turned-12'],
  ['This service is not open to foster parents', 'not-for-foster-parents'],
  ['This service is not open to guardians', 'not-for-guardians'],
  ['The guardianship does not cover personal interests', 'guardianship-of-money'],
  ['The power of attorney does not cover the area', 'other-area'],
  ['Sign in here from the age of', 'too-young'],
  ['Until the age of 16 a parent must consent', 'no-consent'],
  ['A person who acts for another must have turned', 'acting-too-young'],
  ['The birth date is not in the person register', 'birth-date-unknown'],
  ['Nothing registered lets you act for this person', 'nothing-registered'],
]

const general: Readonly<Record<string, ClosedReason>> = {
  'too-young': 'too-young',
  'representation-missing': 'nothing-registered',
}

export function closedReason(problem: string | undefined, why: string): ClosedReason {
  return sentences.find(([beginning]) => why.startsWith(beginning))?.[1] ?? general[problem ?? ''] ?? 'nothing-registered'
}
