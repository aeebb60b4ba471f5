/** Entries of the access log in words, for whoever asks who looked. */
import type { LookUp } from '@helsevev/kernel/audit/look-ups'

const events: Record<string, string> = {
  read: 'read one by its id',
  'search-type': 'searched',
  create: 'stored',
  update: 'changed',
  delete: 'deleted',
  batch: 'sent a batch',
  transaction: 'stored a bundle',
  bundle: 'sent a bundle',
  operation: 'asked for an unknown operation',
  failed: 'asked, and the server failed',
}

/** FHIR interaction and type, as in `searched: Observation`; operations and adapters by their name. */
export function eventWords(event: string, type: string | null): string {
  const words = events[event] ?? (event.startsWith('$') ? `called ${event}` : event)
  return type ? `${words}: ${type}` : words
}

/** HL7 v3 PurposeOfUse. */
const purposes: Record<string, string> = {
  TREAT: 'treatment',
  ETREAT: 'emergency treatment',
  COC: 'coordination of care',
  BTG: 'emergency access',
}

export function purposeWords(purpose: string | null): string {
  return purpose ? (purposes[purpose] ?? purpose) : ''
}

export function outcomeWords({ outcome, problem }: Pick<LookUp, 'outcome' | 'problem'>): string {
  if (outcome === 'ok') return 'done'
  return `${outcome === 'refused' ? 'refused' : 'failed'}${problem ? ` (${problem})` : ''}`
}

/** `2026-11-22 21:56:43`, Norwegian time. */
export function norwegianTime(at: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo', dateStyle: 'short', timeStyle: 'medium' }).format(at)
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
