/**
 * Where the patient has one entry for a fact, shared by all writers, a second one is refused with the id of the first: but only to a writer
 * who can read and change that entry, as the refusal advises. To any other writer the refusal would show that the entry is there. Such a
 * writer's entry is stored as its own, and those who may see both see one fact with two sources.
 * docs/decisions/0042-duplicates-of-what-may-not-be-read.md
 */
import type { PatientKey, RecordId } from '../../store/ids.ts'
import type { PreparedWrite } from './prepare-write.ts'
import type { RecordStore } from './record-store.ts'

export interface Holder {
  patient: PatientKey
  id: RecordId
}

/**
 * The write under the key of the shared fact, or under the key of the own one. `self` is the record that is changed. `mayChange` says
 * whether the writer can read and change the record that holds the shared key.
 */
export async function underItsKey(
  write: PreparedWrite,
  store: Pick<RecordStore, 'known'>,
  { self, mayChange }: { self?: RecordId; mayChange: (holder: Holder) => Promise<boolean> },
): Promise<PreparedWrite> {
  const { ownKey, record } = write
  const { patient, service, businessKey: sharedKey } = record
  if (ownKey === undefined || sharedKey === undefined) return write
  const own = { ...write, record: { ...record, businessKey: ownKey } }
  const known = await store.known(service, [
    { patient, businessKey: sharedKey },
    { patient, businessKey: ownKey },
  ])
  if (known.some(({ businessKey }) => businessKey === ownKey)) return own
  const holder = known.find(({ businessKey }) => businessKey === sharedKey)
  if (!holder || holder.id === self) return write
  return (await mayChange(holder)) ? { ...write, mayChangeShared: true } : own
}
