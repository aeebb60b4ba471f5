/**
 * Reconciliation of medicines (samstemming): what the sources say stands side by side, and each row gets an outcome. Shape of the act: the
 * national format for export of medicines (VibGodkjenning with its type, and the sources of each line). The list is a starting point and
 * never a proof that it is complete, so rows of other sources need an outcome too. Rows are one treatment only when they share a PLL-id or
 * a ReseptId; what only resembles another row is pointed out, and a person joins them.
 */
import type { PrescribedDrug } from '../e-prescription/messages/prescription.ts'
import { lineDifferences } from './content.ts'
import { isSameProduct } from './dose-delta.ts'
import { type Line, productOf } from './list-line.ts'
import type { Entry, ListView } from './list-view.ts'
import { isOpen } from './prescription-state.ts'

export const reconciliationTypes = ['Admission', 'PreliminaryAdmission', 'Discharge', 'AfterChange', 'Other'] as const

export interface ReconciliationAct {
  readonly type: (typeof reconciliationTypes)[number]
  readonly at: Date
  /** Who did it; stands as `S` (ended by) in the lines that it ends. */
  readonly by: NonNullable<Line['roles'][number]['practitioner']>
  /** Who took part, at least one: `nobody` states that it was not possible to ask. */
  readonly with: readonly ('patient' | 'relative' | 'care-staff' | 'prescriber' | 'nobody')[]
  readonly comment?: string
}

/** What another source than those of the list says: a hospital gave it, or the patient says that it is used. */
export interface OtherItem {
  readonly source: 'hospital' | 'patient'
  readonly id: string
  readonly at: Date
  readonly drug?: PrescribedDrug
  /** As it was written down. */
  readonly text: string
}

export interface ReconciliationRow {
  /** `line:`, `prescription:`, `hospital:` or `patient:`, and the id. */
  readonly key: string
  readonly entry?: Entry
  readonly item?: OtherItem
  /** Rows with the same product, or the same substance (ATC). They may be the same treatment, or a double one. */
  readonly resembles: readonly string[]
}

/** A line without what the act itself gives it. */
type NewLine = Omit<Line, 'id' | 'lastChanged'>

export type Outcome =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'changed'; readonly line: NewLine }
  /** `at` may lie ahead: the prescriptions are recalled then. `reason` of 7494. */
  | { readonly kind: 'ended'; readonly at: Date; readonly reason: string; readonly note?: string }
  | { readonly kind: 'added'; readonly line: NewLine }
  /** The same treatment as that row. */
  | { readonly kind: 'joined'; readonly to: string }

interface Recall {
  readonly prescriptionId: string
  /** 7500: 2, discontinued. */
  readonly reason: '2'
  readonly row: string
  /** When it is due: at once, or at the instant of a planned end. */
  readonly due: Date
  readonly discontinuation: NonNullable<Line['discontinuation']>
}

type Problem =
  | 'no-outcome'
  | 'not-on-list'
  | 'already-on-list'
  /** Rule 9 of M25: a line that the pharmacy proposes is added, or ended in the list. */
  | 'proposed-by-pharmacy'
  | 'unknown-row'
  | 'joined-in-a-circle'
  | 'no-reason'
  | 'with-nobody-named'

export type Reconciled =
  | {
      readonly lines: readonly Line[]
      readonly recalls: readonly Recall[]
      readonly record: ReconciliationAct & {
        readonly basedOn?: string
        readonly outcomes: readonly (readonly [string, Outcome])[]
      }
      readonly problems?: never
    }
  | {
      readonly problems: readonly { readonly row?: string; readonly problem: Problem }[]
      readonly lines?: never
      readonly recalls?: never
      readonly record?: never
    }

/** Every row that needs an outcome. Lines that were ended before are kept as they are, and need none. */
export function reconciliationRows({ entries }: ListView, others: readonly OtherItem[] = []): ReconciliationRow[] {
  const rows: Omit<ReconciliationRow, 'resembles'>[] = [
    ...entries.filter(({ state }) => state !== 'stopped').map((entry) => ({ key: keyOf(entry), entry })),
    ...others
      .toSorted((one, other) => one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1))
      .map((item) => ({ key: `${item.source}:${item.id}`, item })),
  ]
  return rows.map((row) => ({ ...row, resembles: rows.filter((other) => other !== row && isAlike(row, other)).map(({ key }) => key) }))
}

/**
 * The new list and the recalls, or what is still missing. `idOf` gives the PLL-id of a line that is added. A line that is confirmed, or was
 * ended before, stands as it was, with its time of last change.
 */
export function reconcile(
  view: ListView,
  rows: readonly ReconciliationRow[],
  outcomes: ReadonlyMap<string, Outcome>,
  act: ReconciliationAct,
  idOf: (row: string) => string,
): Reconciled {
  const problems = problemsOf(rows, outcomes)
  const all = act.with.length === 0 ? [{ problem: 'with-nobody-named' as const }, ...problems] : problems
  if (all.length > 0) return { problems: all }
  const kept = view.entries.flatMap(({ line, state }) => (line && state === 'stopped' ? [line] : []))
  return {
    lines: [...rows.flatMap((row) => lineAfter(row, outcomes.get(row.key), act, idOf) ?? []), ...kept],
    recalls: rows.flatMap((row) => recallsOf(row, outcomes)),
    record: { ...act, ...(view.list && { basedOn: view.list.id }), outcomes: rows.flatMap(({ key }) => pairOf(key, outcomes.get(key))) },
  }
}

function problemsOf(rows: readonly ReconciliationRow[], outcomes: ReadonlyMap<string, Outcome>): { row: string; problem: Problem }[] {
  const keys = new Set(rows.map(({ key }) => key))
  const unknown = [...outcomes.keys()].filter((key) => !keys.has(key)).map((row) => ({ row, problem: 'unknown-row' as const }))
  return [
    ...rows.flatMap((row) => {
      const problem = problemOf(row, outcomes, keys)
      return problem === undefined ? [] : [{ row: row.key, problem }]
    }),
    ...unknown,
  ]
}

function problemOf(row: ReconciliationRow, outcomes: ReadonlyMap<string, Outcome>, keys: ReadonlySet<string>): Problem | undefined {
  const outcome = outcomes.get(row.key)
  if (!outcome) return 'no-outcome'
  if (outcome.kind === 'joined') {
    if (!keys.has(outcome.to)) return 'unknown-row'
    if (row.entry?.line) return isOnList(row) ? 'already-on-list' : 'proposed-by-pharmacy'
    return endOf(row.key, outcomes) === undefined ? 'joined-in-a-circle' : undefined
  }
  if (outcome.kind === 'added') return isOnList(row) ? 'already-on-list' : undefined
  if (outcome.kind === 'ended') return outcome.reason === '' ? 'no-reason' : undefined
  return isOnList(row) ? undefined : 'not-on-list'
}

/** The row that a joined one leads to; undefined in a circle. */
function endOf(key: string, outcomes: ReadonlyMap<string, Outcome>): string | undefined {
  const seen = new Set<string>()
  for (let at = key; ; ) {
    const outcome = outcomes.get(at)
    if (outcome?.kind !== 'joined') return at
    if (seen.has(at)) return undefined
    seen.add(at)
    at = outcome.to
  }
}

/** A line that a pharmacy proposes is not on the list: it is added to it, or ended in it (rule 9 of M25). */
function isOnList({ entry }: ReconciliationRow): boolean {
  return entry?.line !== undefined && !entry.isProposed
}

function lineAfter(
  { key, entry }: ReconciliationRow,
  outcome: Outcome | undefined,
  { at, by }: ReconciliationAct,
  idOf: (row: string) => string,
): Line | undefined {
  const lastChanged = at.toISOString()
  const line = entry?.line
  if (outcome?.kind === 'confirmed') return line
  if (outcome?.kind === 'changed') return line && changed(line, { ...outcome.line, id: line.id, lastChanged })
  if (outcome?.kind === 'added') return { ...outcome.line, id: line?.id ?? idOf(key), lastChanged }
  if (outcome?.kind !== 'ended' || !line) return undefined
  const roles = [...line.roles.filter(({ role }) => role?.code !== 'S'), { role: { code: 'S' }, practitioner: by }]
  return { ...line, roles, lastChanged, discontinuation: discontinuationOf(outcome) }
}

/** Rule 5 of M25: the time of the last change stands when nothing was changed. */
function changed(before: Line, line: Line): Line {
  return lineDifferences(before, line).length === 0 ? before : line
}

function discontinuationOf({ at, reason, note }: Extract<Outcome, { kind: 'ended' }>): NonNullable<Line['discontinuation']> {
  return { time: at.toISOString(), reason: { code: reason }, ...(note !== undefined && { note }) }
}

/**
 * Each prescription of an ended treatment that can still be dispensed, also one that is locked: its ReseptId is known, and its content is
 * not needed. One whose recall is already on its way is not recalled twice. A row that is joined to an ended one ends with it.
 */
function recallsOf({ key, entry }: ReconciliationRow, outcomes: ReadonlyMap<string, Outcome>): Recall[] {
  const outcome = outcomes.get(endOf(key, outcomes) ?? key)
  if (outcome?.kind !== 'ended') return []
  const open = (entry?.chain ?? []).filter(({ isLocked, prescription }) => {
    const isOnItsWay = prescription?.recall?.standing === 'pending' || prescription?.recall?.standing === 'waiting'
    return isLocked || (prescription && !isOnItsWay && (isOpen(prescription) || prescription.state === 'M1Pending'))
  })
  const discontinuation = discontinuationOf(outcome)
  return open.map(({ prescriptionId }) => ({ prescriptionId, reason: '2', row: key, due: outcome.at, discontinuation }))
}

function pairOf(key: string, outcome: Outcome | undefined): (readonly [string, Outcome])[] {
  return outcome ? [[key, outcome]] : []
}

function keyOf({ line, chain }: Entry): string {
  return line ? `line:${line.id}` : `prescription:${chain[0]?.prescriptionId}`
}

function isAlike(one: Pick<ReconciliationRow, 'entry' | 'item'>, other: Pick<ReconciliationRow, 'entry' | 'item'>): boolean {
  const [a, b] = [drugOf(one), drugOf(other)]
  const atc = a && productOf(a)?.atc
  return a !== undefined && b !== undefined && (isSameProduct(a, b) || (atc !== undefined && atc.length === 7 && atc === productOf(b)?.atc))
}

function drugOf({ entry, item }: Pick<ReconciliationRow, 'entry' | 'item'>): PrescribedDrug | undefined {
  const link = entry?.chain.find(({ drug, dispensings }) => drug ?? dispensings.some((one) => one.drug))
  return item?.drug ?? entry?.line?.drug ?? link?.drug ?? link?.dispensings.find((one) => one.drug)?.drug
}
