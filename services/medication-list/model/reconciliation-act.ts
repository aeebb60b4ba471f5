/**
 * Reconciliation of medicines (samstemming), as the page and the server both know it: rows with the sources of each, what the writer has
 * decided of them, what is still missing, what will happen, and what a list that somebody else has changed meanwhile asks for. Plain data
 * and pure functions, without FHIR. Shape of the act: VibGodkjenning of the national format for export of medicines.
 */
import type { Step } from './dosing.ts'

/** TypeGodkjenning of VibGodkjenning. */
export const reconciliationKinds = ['Admission', 'PreliminaryAdmission', 'Discharge', 'AfterChange', 'Other'] as const
export type ReconciliationKind = (typeof reconciliationKinds)[number]

/** Volven 7494. */
export const endReasons = ['A', 'I', 'L', 'M', 'S', 'X'] as const
/** Volven 9101, those that a list may hold (published rule 6 of M25). */
export const uses = ['1', '2', '3'] as const

/** Words of ItemSource. A hospital's own record is `Epj`; what the patient states has no word, and is `Ukjent`. */
export const itemSources = ['M25', 'M25/Rf', 'Rf', 'Utl', 'P/Utl', 'Epj', 'Ukjent'] as const
type ItemSource = (typeof itemSources)[number]

export interface RowSource {
  from: 'list' | 'pharmacy' | 'prescription' | 'dispensed' | 'hospital'
  word: ItemSource
  /** When it was stated or done, ISO 8601 or a FHIR date. */
  time?: string
  by?: string
  /** As this source writes them. */
  drug?: string
  dose?: string
}

export interface RowPrescription {
  /** ReseptId. */
  id: string
  /** `recalling`: a recall is on its way. `unknown`: its state is not known here. */
  standing: 'open' | 'recalling' | 'ended' | 'unknown'
  validUntil?: string
}

/** What a line says that the writer can change. */
export interface Content {
  /** In words. */
  dose?: string
  /** Volven 9101. */
  use?: string
  /** What it is for. */
  area?: string
}

export interface ReconciliationRow extends Content {
  /** `line:`, `proposed:`, `prescription:`, `dispensed:` or `hospital:`, and the id. */
  key: string
  /** PLL-id of a line that is on the list or proposed. */
  lineId?: string
  drug?: string
  /** ATC of seven characters: rows that share it stand beside each other, and are never merged. */
  substance?: string
  start?: string
  end?: string
  /** An end that is planned already. */
  stop?: { time?: string; reason?: string }
  /** SistEndret. */
  changed?: string
  /** Parts of a taper, in order; one part alone is in the dose. */
  steps?: Step[]
  /** What the sources of the dose disagree about, as `text, short-dose: amount`. */
  contradictions?: string[]
  /** Its course has ended, and it is not discontinued. */
  isOver?: true
  sources: RowSource[]
  prescriptions: RowPrescription[]
  /** Keys of other rows with the same substance. */
  alike: string[]
  choices: DecisionKind[]
}

export type DecisionKind = 'confirm' | 'change' | 'end' | 'add' | 'leave'

export interface Decision {
  kind: DecisionKind
  /** With `change` and `add`; what is absent stands as it was. */
  content?: Content
  /** With `end`: Volven 7494. */
  reason?: string
  /** Why it was changed or ended, in the words of the writer. */
  note?: string
}

/** What the patient, or who is with them, states, in free text. */
export interface Stated extends Content {
  id: string
  drug: string
}

/** Two rows with one drug, marked as intended. */
interface Marked {
  /** Keys of the rows. */
  rows: [string, string]
  note: string
}

export interface Act {
  kind?: ReconciliationKind
  /** Who took part in it. */
  with: string
}

/** All that the writer has decided. */
export interface Written {
  act: Act
  decisions: Record<string, Decision>
  stated: Stated[]
  /** Pairs that are to be marked as intended from now on. */
  marked: Marked[]
  /** Pairs whose mark is taken away, by `pairKey`. */
  unmarked: string[]
}

export const nothingWritten: Written = { act: { with: '' }, decisions: {}, stated: [], marked: [], unmarked: [] }

type MissingPart = 'decision' | 'dose' | 'reason' | 'note' | 'drug' | 'kind' | 'with' | 'line'
/** `row`: the key of a row, the id of something stated, or a `pairKey`. */
export interface Missing {
  row?: string
  part: MissingPart
}

export function pairKey(one: string, other: string): string {
  return [one, other].sort().join(' ')
}

const isBlank = (text: string | undefined) => text === undefined || text.trim() === ''

/** What blocks sending, in the order of the page. Nothing is decided for the writer. */
export function missingIn(rows: readonly ReconciliationRow[], written: Written): Missing[] {
  const { act, decisions, stated, marked } = written
  return [
    ...rows.flatMap((row) => missingOf(row, decisions[row.key]).map((part) => ({ row: row.key, part }))),
    ...stated.flatMap(({ id, drug, dose }) => [
      ...(isBlank(drug) ? [{ row: id, part: 'drug' as const }] : []),
      ...(isBlank(dose) ? [{ row: id, part: 'dose' as const }] : []),
    ]),
    ...marked.flatMap((pair): Missing[] => {
      const row = pairKey(...pair.rows)
      const isLine = pair.rows.every((key) => staysOn(rows, decisions, key))
      return [...(isBlank(pair.note) ? [{ row, part: 'note' as const }] : []), ...(isLine ? [] : [{ row, part: 'line' as const }])]
    }),
    ...(act.kind === undefined ? [{ part: 'kind' as const }] : []),
    ...(isBlank(act.with) ? [{ part: 'with' as const }] : []),
  ]
}

function missingOf(row: ReconciliationRow, decision: Decision | undefined): MissingPart[] {
  if (!decision || !row.choices.includes(decision.kind)) return ['decision']
  const { kind, content, reason, note } = decision
  if (kind === 'end') return endReasons.some((one) => one === reason) ? [] : ['reason']
  if (kind === 'add') return isBlank(content?.dose ?? row.dose) ? ['dose'] : []
  if (kind !== 'change') return []
  const isChanged = changedParts(row, decision).length > 0
  return [
    ...(isChanged ? [] : ['decision' as const]),
    ...(content?.dose !== undefined && isBlank(content.dose) ? ['dose' as const] : []),
    ...(isBlank(note) ? ['note' as const] : []),
  ]
}

/** Only a pair of which both stand on the list after the act can be marked. */
function staysOn(rows: readonly ReconciliationRow[], decisions: Written['decisions'], key: string): boolean {
  const kind = rows.find((row) => row.key === key) && decisions[key]?.kind
  return kind === 'confirm' || kind === 'change' || kind === 'add'
}

/** What a decision changes of a row. */
export function changedParts(row: Content, { content = {} }: Decision): (keyof Content)[] {
  const parts = ['dose', 'use', 'area'] as const
  return parts.filter((part) => content[part] !== undefined && content[part].trim() !== (row[part] ?? ''))
}

/**
 * Prescriptions that a decision recalls: those that can still be dispensed, and whose recall is not on its way. One with the earlier dose
 * cannot stand when the dose is another: the drug block of a line equals that of its prescription (published rule 8 of M25).
 */
export function recalledBy(row: ReconciliationRow, decision: Decision | undefined): RowPrescription[] {
  const isNewDose = (decision?.kind === 'change' || decision?.kind === 'add') && changedParts(row, decision).includes('dose')
  if (decision?.kind !== 'end' && !isNewDose) return []
  return row.prescriptions.filter(({ standing }) => standing === 'open' || standing === 'unknown')
}

export interface Outlook {
  kept: number
  changed: number
  ended: number
  added: number
  left: number
  recalls: number
  marked: number
  unmarked: number
}

/** What will happen when this is sent. */
export function outlookOf(rows: readonly ReconciliationRow[], { decisions, stated, marked, unmarked }: Written): Outlook {
  const of = (kind: DecisionKind) => rows.filter(({ key }) => decisions[key]?.kind === kind)
  return {
    kept: of('confirm').length,
    changed: of('change').length,
    ended: of('end').length,
    added: of('add').length + stated.length,
    left: of('leave').length,
    recalls: rows.flatMap((row) => recalledBy(row, decisions[row.key])).length,
    marked: marked.length,
    unmarked: unmarked.length,
  }
}

/**
 * `theirs`: somebody else has changed the row, and the writer only looked at it. `mine`: the writer has decided something, and nobody has
 * changed it. `both`. `added` and `gone`: the row came, or ended, meanwhile. Rows that are the same for both have no item.
 */
type Standing = 'theirs' | 'mine' | 'both' | 'added' | 'gone'

export interface MergeItem {
  key: string
  standing: Standing
  /** As the writer read it, and as it stands now. */
  before?: ReconciliationRow
  now?: ReconciliationRow
  mine?: Decision
}

/** `mine`: the writer's decision holds. `theirs`: the row as it stands now is confirmed. `again`: it is decided once more. */
export type MergeChoice = 'mine' | 'theirs' | 'again'

/** What the writer must look at, when the list has another version than the one that was read. */
export function mergeOf(before: readonly ReconciliationRow[], now: readonly ReconciliationRow[], written: Written): MergeItem[] {
  const [earlier, later] = [byKey(before), byKey(now)]
  const keys = [...new Set([...before.map(({ key }) => key), ...now.map(({ key }) => key)])]
  return keys.flatMap((key): MergeItem[] => {
    const [one, other, mine] = [earlier.get(key), later.get(key), written.decisions[key]]
    const item = { key, ...(one && { before: one }), ...(other && { now: other }), ...(mine && { mine }) }
    if (!other) return [{ ...item, standing: 'gone' }]
    if (!one) return [{ ...item, standing: 'added' }]
    const isTheirs = !isSameRow(one, other)
    const isMine = mine !== undefined && mine.kind !== 'confirm'
    if (!isTheirs && !isMine) return []
    return [{ ...item, standing: isTheirs ? (isMine ? 'both' : 'theirs') : 'mine' }]
  })
}

/** The choices of an item. A row that came meanwhile is decided like any other, and one that is gone is taken note of. */
export function choicesOf({ standing, now, mine }: MergeItem): MergeChoice[] {
  if (standing === 'added') return ['again']
  if (standing === 'gone') return ['theirs']
  const canStand = mine !== undefined && now?.choices.includes(mine.kind) === true
  return standing === 'theirs' ? ['theirs', 'again'] : [...(canStand ? ['mine' as const] : []), 'theirs', 'again']
}

/** The writer's work on the list as it stands now; undefined while an item has no choice. The writer's own text is kept in each `mine`. */
export function merged(items: readonly MergeItem[], choices: Readonly<Record<string, MergeChoice>>, written: Written): Written | undefined {
  const decisions = { ...written.decisions }
  for (const item of items) {
    const choice = choices[item.key]
    if (choice === undefined || !choicesOf(item).includes(choice)) return undefined
    if (choice === 'again' || item.standing === 'gone') delete decisions[item.key]
    if (choice === 'theirs' && item.now) {
      if (item.now.choices.includes('confirm')) decisions[item.key] = { kind: 'confirm' }
      else delete decisions[item.key]
    }
  }
  return { ...written, decisions }
}

/** Whether a row says the same: where it was seen, and when, does not count. */
function isSameRow(one: ReconciliationRow, other: ReconciliationRow): boolean {
  const said = ({ drug, dose, use, area, start, end, stop, steps, contradictions, isOver, prescriptions }: ReconciliationRow) =>
    JSON.stringify([
      drug,
      dose,
      use,
      area,
      start,
      end,
      stop,
      steps,
      contradictions,
      isOver,
      prescriptions.map(({ id, standing }) => [id, standing]),
    ])
  return said(one) === said(other)
}

function byKey(rows: readonly ReconciliationRow[]): Map<string, ReconciliationRow> {
  return new Map(rows.map((row) => [row.key, row]))
}
