/**
 * What was done, from the event of a row of the access log and what the row is about. Each kind has a sentence of its own in
 * client/texts/log.ts: a row that is only about notices must not read as if records were seen.
 */
import type { Did } from '../contract.ts'

/** What an AuditEvent states about the act. */
interface Act {
  type?: { code?: string | undefined } | undefined
  subtype?: readonly { code?: string | undefined; display?: string | undefined }[] | undefined
  service: string | undefined
  /** The resource type that was read or written, where the row names one. */
  resource: string | undefined
}

/** The acts on areas of the kernel that would read wrongly as a look at the area: first the area, then the event. */
const didIn: Readonly<Record<string, Readonly<Record<string, Did>>>> = {
  privacy: { '$notice-settings': 'notice-settings-seen', '$set-notice-settings': 'notice-settings-changed' },
  'access-log': { $seen: 'notices-seen', '$last-visit': 'visited' },
}

const didBy: Readonly<Record<string, Did>> = {
  read: 'looked',
  vread: 'looked',
  'history-instance': 'looked',
  'search-type': 'looked',
  create: 'wrote',
  batch: 'wrote',
  transaction: 'wrote',
  bundle: 'wrote',
  update: 'changed',
  delete: 'deleted',
  $validate: 'tried',
  '$has-data': 'checked',
  'choice-made': 'choice-made',
  'choice-ended': 'choice-ended',
  'block-lift-asked': 'lift-asked',
  'block-lifted': 'choice-ended',
  'block-lifts-read': 'reviewed',
  'alerts-set': 'notice-settings-changed',
  'representation-registered': 'representation-registered',
  'representation-ended': 'representation-ended',
  'question-asked': 'question-asked',
  'question-answered': 'question-answered',
  'questions-read': 'questions-seen',
  'follow-ups-read': 'reviewed',
  'follow-up-read': 'reviewed',
  'follow-up-closed': 'reviewed',
  'misuse-cases-read': 'reviewed',
  'misuse-case-read': 'reviewed',
  'misuse-case-closed': 'reviewed',
  'log-read': 'log-read',
  'access-explained': 'access-explained',
  'message-read': 'message-read',
  'message-discarded': 'message-discarded',
  'person-linked': 'number-linked',
  'role-granted': 'role-granted',
  'delivery-begun': 'delivery-begun',
  'delivery-ended': 'delivery-ended',
  'person-read': 'read-register',
  'choices-read': 'read-register',
  'representation-read': 'read-register',
  'roles-read': 'read-register',
}

/** DICOM: data has been imported. A system has sent it, and seen nothing. */
const IMPORT = '110107'

export function didOf({ type, subtype, service, resource }: Act): Did {
  const [first] = subtype ?? []
  const event = (first?.code === 'operation' ? first.display : first?.code) ?? ''
  // The list of the patients that a unit has now: who reads it sees that a person stands on it.
  if (service === 'worklist') return event === 'read' ? 'listed' : 'list-changed'
  if (type?.code === IMPORT && event !== 'update' && event !== 'delete') return 'sent'
  const inArea = didIn[service ?? '']?.[event]
  if (inArea) return inArea
  if (service === 'access-log' && resource === 'Communication' && event === 'search-type') return 'questions-seen'
  const known = didBy[event] ?? (event.startsWith('$') ? 'looked' : 'other')
  return known === 'looked' && service === 'persons' ? 'identified' : known === 'looked' && service === 'has-data' ? 'checked' : known
}
