/** What a patient may want to hear of outside the portal. Each is some causes of notices. */
import type { Alert } from './alerts.ts'
import type { NoticeCause } from './causes.ts'

export const topics = ['emergency', 'look-ups', 'new-records', 'changes', 'answers'] as const
export type Topic = (typeof topics)[number]

export function topicOf(cause: NoticeCause): Topic {
  if (cause === 'emergency-access' || cause === 'consent-declared') return 'emergency'
  if (cause === 'every-look-up' || cause === 'other-organization') return 'look-ups'
  if (cause === 'write') return 'new-records'
  return cause === 'question-answered' ? 'answers' : 'changes'
}

/** Notices that are made only for those who have asked for them. */
export const alertOf: Partial<Record<Topic, Alert>> = { 'look-ups': 'other-organization', 'new-records': 'write' }
