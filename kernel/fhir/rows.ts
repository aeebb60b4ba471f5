/**
 * The only way from an interaction to the database. Statements are bound to a decision before an interaction gets them, and the interaction
 * receives no connection. docs/decisions/0035-interactions-on-a-decision.md
 */
import type { Sql } from 'postgres'
import type { Decision } from '../access/decision.ts'
import type { Ids, PatientKey, RecordId } from '../store/ids.ts'
import type { Unseen } from '../store/visibility.ts'
import { type RecordStore, recordStore } from './write/record-store.ts'

export interface Disclosure {
  id: RecordId
  version: number
  /** Undefined where it is the organisation of the decision. */
  controller: string | undefined
}

/**
 * What a look-up met. The statements about records note it as they run; whether more is asked of the database depends on it
 * (kernel/fhir/effect.ts).
 */
export interface Met {
  /** Why something was not seen, as far as it is known by now. */
  unseen: Unseen[]
  /** Whether any record was found or counted; undefined when none was looked for. */
  found: boolean | undefined
  /** Why a record that was asked for by its id was not shown. */
  whyMissed?: () => Promise<Unseen>
  /** Whether there are records whose extra-sensitive codes are not opened to the reader. */
  lacksCodes?: () => Promise<boolean>
  /** What was opened of that which stands against the reader: set where anything may have been. */
  whatOpened?: () => Promise<WhatOpened>
}

interface WhatOpened {
  restrictions: Decision['openedRestrictions']
  source: boolean
}

/** What was shown and what was withheld, for the row of the access log. The statements fill it as they run. */
export interface Ledger {
  disclosed: Disclosure[]
  withheld: boolean
  /** Ids of what was stored and is no record, such as a choice, which left an intent with version 0. */
  stored: RecordId[]
  met: Met
}

/** The parts that statements are made of, before they are bound. */
export interface Source {
  sql: Sql
  ids: Ids
  clock: () => Date
}

/** Binds the statements of one subject to a decision. The statements of a service are `records`; each area has its own. */
export type Bind<Rows> = (source: Source, decision: Decision, ledger: Ledger) => Rows

/** Binds statements to many decisions at once, for a request about each patient in a list. */
export type BindAll<Rows> = (source: Source, decisions: readonly Decision[]) => Rows

export interface RowAccess {
  bound<Rows>(bind: Bind<Rows>, decision: Decision, ledger?: Ledger): Rows
  boundAll<Rows>(bind: BindAll<Rows>, decisions: readonly Decision[]): Rows
  /** Stores what is decided and prepared. */
  store: RecordStore
}

export function createRowAccess(source: Source): RowAccess {
  return {
    bound: (bind, decision, ledger = newLedger()) => bind(source, decision, ledger),
    boundAll: (bind, decisions) => bind(source, decisions),
    store: recordStore(source),
  }
}

export function newLedger(): Ledger {
  return { disclosed: [], withheld: false, stored: [], met: { unseen: [], found: undefined } }
}

/** The keys of the person that a decision is about, linked keys included; new rows are stored under the first. */
export function keysOf({ patient }: Pick<Decision, 'patient'>): readonly [PatientKey, ...PatientKey[]] {
  return [patient.key, ...patient.linked]
}
