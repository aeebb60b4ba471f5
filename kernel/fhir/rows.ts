/**
 * The one way from an interaction to the database. Statements are bound to a decision before an interaction gets them; what it receives holds no
 * connection. docs/decisions/0035-interactions-on-a-decision.md
 */
import type { Sql } from 'postgres'
import type { Decision } from '../access/decision.ts'
import type { Ids, RecordId } from '../store/ids.ts'
import { type RecordStore, recordStore } from './write/record-store.ts'

export interface Disclosure {
  id: RecordId
  version: number
}

/** What the row of the access log will say was shown and held back, filled by the statements as they run. */
export interface Ledger {
  disclosed: Disclosure[]
  withheld: boolean
}

/** What statements are made of, before they are bound. */
export interface Source {
  sql: Sql
  ids: Ids
  clock: () => Date
}

/** Binds the statements of one subject to a decision. A service's are `records`; each area has its own. */
export type Bind<Rows> = (source: Source, decision: Decision, ledger: Ledger) => Rows

export interface RowAccess {
  bound<Rows>(bind: Bind<Rows>, decision: Decision, ledger?: Ledger): Rows
  /** Stores what has been decided and prepared. */
  store: RecordStore
}

export function createRowAccess(source: Source): RowAccess {
  return {
    bound: (bind, decision, ledger = newLedger()) => bind(source, decision, ledger),
    store: recordStore(source),
  }
}

export function newLedger(): Ledger {
  return { disclosed: [], withheld: false }
}
