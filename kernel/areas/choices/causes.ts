/** What notices to a patient are about. */
import type { Alert } from './alerts.ts'

/** Events of the access log that are themselves the cause of a notice. */
export const changes = ['choice-made', 'choice-ended', 'representation-registered', 'representation-ended', 'question-answered'] as const
export type ChangeCause = (typeof changes)[number]

export type NoticeCause = 'emergency-access' | 'consent-declared' | Alert | ChangeCause
