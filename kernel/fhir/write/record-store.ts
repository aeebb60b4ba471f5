/** Statements that store what is decided and prepared. The connection they use is not visible outside this module. */
import type { Sql, TransactionSql } from 'postgres'
import { keyOfNumber, staffKey } from '../../identity/persons.ts'
import type { Ids, PatientKey, RecordId } from '../../store/ids.ts'
import { remakeMeasured } from '../../store/measurements.ts'
import type { NewRecord, SetVersion, TakenKey } from '../../store/record.ts'
import { claimSet, headOfSets, lockSet, membersOfSet, personsOfSets, standingSet, standingSets } from '../../store/record-sets.ts'
import { lockPerson, type RelatedRecord, relatedRecords } from '../../store/related-records.ts'
import { senderFacts } from '../../store/sender-facts.ts'
import { addTombstone, addVersion, addVersions, createAll, createRecords, createSet, findByBusinessKey } from '../../store/write-records.ts'
import {
  keepMessage,
  messagesAnswering,
  openMessage,
  type SettledMessage,
  type Settlement,
  settleMessage,
  type UnattachedMessage,
} from '../messages/unattached-messages.ts'

/** The arguments of the statements of the same names in kernel/store/write-records.ts, without the connection. */
export interface RecordStore {
  create(records: readonly NewRecord[]): Promise<TakenKey[]>
  createAll(records: readonly NewRecord[]): Promise<boolean>
  createSet(set: SetVersion, records: readonly NewRecord[]): Promise<boolean>
  addVersion(record: NewRecord): Promise<boolean>
  /** One transaction; a rejection of `work` undoes all of it. */
  begin<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>
  known(
    service: string,
    keys: readonly Pick<NewRecord, 'patient' | 'businessKey'>[],
  ): Promise<{ patient: PatientKey; id: RecordId; businessKey: string }[]>
  /** The person who has an identity number; undefined when nobody in the register has it. */
  keyOf(identityNumber: string): Promise<PatientKey | undefined>
  /** The person key of a member of staff who is named by identity number. */
  staffKey(identityNumber: string): Promise<PatientKey>
  /** What had to follow a row of the access log stands (kernel/areas/after-access.ts). */
  followed(patient: PatientKey, id: RecordId): Promise<void>
  keepMessage(message: UnattachedMessage): Promise<{ id: string; settlement: Settlement | null; isNew: boolean }>
  openMessage(id: string, controller: string): Promise<UnattachedMessage | undefined>
  messagesAnswering(set: Parameters<typeof messagesAnswering>[1]): Promise<UnattachedMessage[]>
  standingSet(set: Parameters<typeof standingSet>[1]): ReturnType<typeof standingSet>
  standingSets(sets: Parameters<typeof standingSets>[1]): ReturnType<typeof standingSets>
  headOfSets(sets: Parameters<typeof headOfSets>[1]): ReturnType<typeof headOfSets>
  personsOfSets(sets: Parameters<typeof personsOfSets>[1]): ReturnType<typeof personsOfSets>
  senderFacts(sender: Parameters<typeof senderFacts>[1]): ReturnType<typeof senderFacts>
}

/** The statements of one transaction, of the same names in kernel/store. */
export interface StoreTransaction {
  create(records: readonly NewRecord[]): Promise<TakenKey[]>
  createSet(set: SetVersion, records: readonly NewRecord[]): Promise<boolean>
  addVersion(record: NewRecord): Promise<boolean>
  addVersions(records: readonly NewRecord[]): Promise<RecordId[]>
  addTombstone(key: { patient: PatientKey; id: RecordId; expected: number; at: Date; writer: string }): Promise<boolean>
  remakeMeasured(changed: readonly { patient: PatientKey; id: RecordId; version: number }[]): Promise<void>
  claimSet(set: SetVersion): Promise<'claimed' | 'same' | 'older'>
  lockSet(set: Pick<SetVersion, 'patient' | 'service' | 'key'>): ReturnType<typeof lockSet>
  membersOfSet(set: Pick<SetVersion, 'patient' | 'service' | 'key'>): Promise<TakenKey[]>
  /** Locks the person within the service first, once in the transaction. */
  related(asked: Omit<Parameters<typeof relatedRecords>[1], 'keys'> & { patient: PatientKey }): Promise<RelatedRecord[]>
  settleMessage(settled: SettledMessage): Promise<boolean>
}

export function recordStore({ sql, ids }: { sql: Sql; ids: Ids }): RecordStore {
  return {
    create: async (records) => await createRecords(sql, records),
    createAll: async (records) => await createAll(sql, records),
    createSet: async (set, records) => await createSet(sql, set, records),
    addVersion: async (record) => await addVersion(sql, record),
    begin: async (work) => (await sql.begin(async (tx) => await work(transactionOn(tx)))) as Awaited<ReturnType<typeof work>>,
    known: async (service, keys) => await findByBusinessKey(sql, service, keys),
    keyOf: async (identityNumber) => await keyOfNumber(sql, identityNumber),
    staffKey: async (identityNumber) => await staffKey(sql, ids, identityNumber),
    followed: async (patient, id) => void (await sql`delete from after_access where patient = ${patient} and id = ${id}`),
    keepMessage: async (message) => await keepMessage(sql, message),
    openMessage: async (id, controller) => await openMessage(sql, id, controller),
    messagesAnswering: async (set) => await messagesAnswering(sql, set),
    standingSet: async (set) => await standingSet(sql, set),
    standingSets: async (sets) => await standingSets(sql, sets),
    headOfSets: async (sets) => await headOfSets(sql, sets),
    personsOfSets: async (sets) => await personsOfSets(sql, sets),
    senderFacts: async (sender) => await senderFacts(sql, sender),
  }
}

function transactionOn(tx: TransactionSql): StoreTransaction {
  const locked = new Map<string, readonly PatientKey[]>()
  return {
    create: async (records) => await createRecords(tx, records),
    createSet: async (set, records) => await createSet(tx, set, records),
    addVersion: async (record) => await addVersion(tx, record),
    addVersions: async (records) => await addVersions(tx, records),
    addTombstone: async (key) => await addTombstone(tx, key),
    remakeMeasured: async (changed) => await remakeMeasured(tx, changed),
    claimSet: async (set) => await claimSet(tx, set),
    lockSet: async (set) => await lockSet(tx, set),
    membersOfSet: async (set) => await membersOfSet(tx, set),
    related: async (asked) => {
      const { patient, service } = asked
      const name = `${service} ${patient}`
      const keys = locked.get(name) ?? (await lockPerson(tx, asked))
      locked.set(name, keys)
      return await relatedRecords(tx, { ...asked, keys })
    },
    settleMessage: async (settled) => await settleMessage(tx, settled),
  }
}
