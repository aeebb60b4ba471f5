/**
 * What differs between two versions of a medication list, line by line, and the merge of two versions that were written at once. A line is
 * found by its Id, which never changes. The merge decides nothing: a line that one side changed takes one choice of the writer, and a line
 * that both changed is a conflict that shows both. No line of the three versions is left out.
 */
import { type Difference, lineDifferences } from './content.ts'
import { type DoseDelta, doseDelta } from './dose-delta.ts'
import type { Line } from './list-line.ts'

export interface LineChange {
  readonly id: string
  /** `ended` got a Seponering, `resumed` lost it, `removed` is no longer in the list. */
  readonly kind: 'added' | 'ended' | 'resumed' | 'changed' | 'removed'
  readonly before?: Line
  readonly after?: Line
  /** Element by element, for a line that stands in both. */
  readonly differences: readonly Difference[]
  /** Set when the drug or its dose changed. */
  readonly dose?: DoseDelta
}

/** The changes, in the order of the newer list; removed lines last. */
export function diffLists(before: readonly Line[], after: readonly Line[]): LineChange[] {
  const earlier = byId(before)
  const later = byId(after)
  const changes = [...later.values()].flatMap((line) => changeOf(earlier.get(line.id), line) ?? [])
  const removed = [...earlier.values()].filter(({ id }) => !later.has(id))
  return [...changes, ...removed.map((line): LineChange => ({ id: line.id, kind: 'removed', before: line, differences: [] }))]
}

function changeOf(before: Line | undefined, after: Line): LineChange | undefined {
  if (!before) return { id: after.id, kind: 'added', after, differences: [] }
  const differences = lineDifferences(before, after)
  if (differences.length === 0) return undefined
  const isEnded = !before.discontinuation && after.discontinuation
  const kind = isEnded ? 'ended' : before.discontinuation && !after.discontinuation ? 'resumed' : 'changed'
  const isDrugChanged = differences.some(({ element }) => element.includes('Forskrivning'))
  const dose = isDrugChanged && before.drug && after.drug ? doseDelta(before.drug, after.drug) : undefined
  return { id: after.id, kind, before, after, differences, ...(dose && { dose }) }
}

export interface MergeItem {
  readonly id: string
  /**
   * `unchanged`, and `same` where both sides made the same change, need no choice. `mine` and `theirs`: one side changed it. A side that
   * removed the line has no text of it.
   */
  readonly standing: 'unchanged' | 'same' | 'mine' | 'theirs' | 'conflict'
  readonly base?: Line
  readonly mine?: Line
  readonly theirs?: Line
  readonly changedByMine: readonly Difference[]
  readonly changedByTheirs: readonly Difference[]
}

/** `base` is the version that the writer started from, `theirs` the one that is stored now. */
export function mergeLists(base: readonly Line[], mine: readonly Line[], theirs: readonly Line[]): MergeItem[] {
  const [from, own, other] = [byId(base), byId(mine), byId(theirs)]
  const ids = new Set([...other.keys(), ...own.keys(), ...from.keys()])
  return [...ids].map((id) => itemOf(id, from.get(id), own.get(id), other.get(id)))
}

function itemOf(id: string, base: Line | undefined, mine: Line | undefined, theirs: Line | undefined): MergeItem {
  const isByMine = !isSameLine(base, mine)
  const isByTheirs = !isSameLine(base, theirs)
  const isOne = isSameLine(mine, theirs)
  const standing = isByMine && isByTheirs ? (isOne ? 'same' : 'conflict') : isByMine ? 'mine' : isByTheirs ? 'theirs' : 'unchanged'
  return {
    id,
    standing,
    ...(base && { base }),
    ...(mine && { mine }),
    ...(theirs && { theirs }),
    changedByMine: base && mine ? lineDifferences(base, mine) : [],
    changedByTheirs: base && theirs ? lineDifferences(base, theirs) : [],
  }
}

/** The side whose text stands, or a text that the writer made of both. */
export type Choice = 'mine' | 'theirs' | { readonly written: Line }

export type Merged =
  | { readonly lines: readonly Line[]; readonly undecided?: never }
  /** Ids of the lines that still need a choice. */
  | { readonly undecided: readonly string[]; readonly lines?: never }

/** The list that the choices make. Nothing is chosen by default. */
export function resolveMerge(items: readonly MergeItem[], choices: ReadonlyMap<string, Choice>): Merged {
  const undecided = items.filter(({ id, standing }) => needsChoice(standing) && !isChoiceFor(id, choices.get(id))).map(({ id }) => id)
  if (undecided.length > 0) return { undecided }
  return {
    lines: items.flatMap((item) => {
      // Where both sides have the same content, the stored line stands, with its time.
      const choice = (needsChoice(item.standing) ? choices.get(item.id) : undefined) ?? 'theirs'
      return (typeof choice === 'object' ? choice.written : item[choice]) ?? []
    }),
  }
}

function needsChoice(standing: MergeItem['standing']): boolean {
  return standing === 'mine' || standing === 'theirs' || standing === 'conflict'
}

/** A text of another line is no choice: the Id of a line never changes. */
function isChoiceFor(id: string, choice: Choice | undefined): boolean {
  return typeof choice === 'object' ? choice.written.id === id : choice !== undefined
}

function isSameLine(one: Line | undefined, other: Line | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && lineDifferences(one, other).length === 0)
}

function byId(lines: readonly Line[]): Map<string, Line> {
  return new Map(lines.map((line) => [line.id, line]))
}
