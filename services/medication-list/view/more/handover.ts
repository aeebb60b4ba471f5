/** What one version of the list changed of another: for the one who takes over the responsibility, as after a stay in hospital. */
import { type DoseDelta, doseDelta, drugInWords } from '@helsevev/clinical/medicines/dose-delta'
import type { Change } from '@helsevev/panel/panel.ts'
import type { MedicationListData, ShownLine } from '../panel-data.ts'

/** A version of the list with its lines, as they stood when it came. */
export type Version = MedicationListData & { list: NonNullable<MedicationListData['list']> }

/** Every version that is known, the newest first. */
export function versionsOf(data: MedicationListData, changes: readonly Change[]): Version[] {
  const seen = [data, ...changes.flatMap(({ before, after }) => [after, before])] as (MedicationListData | undefined)[]
  const byId = new Map<string, Version>()
  for (const one of seen) if (one?.list && !byId.has(one.list.id)) byId.set(one.list.id, one as Version)
  return [...byId.values()].sort((one, other) => Date.parse(other.list.made) - Date.parse(one.list.made))
}

/**
 * The version before the last stay: the latest that another organisation than that of the newest one made. Where all are made in one place,
 * or no place is stated, the one before the newest.
 */
export function versionBefore([newest, ...others]: readonly Version[]): Version | undefined {
  const place = newest?.list.place
  const elsewhere = place === undefined ? undefined : others.find(({ list }) => list.place !== undefined && list.place !== place)
  return elsewhere ?? others[0]
}

type Part = 'drug' | 'dose' | 'use' | 'area'

export interface HandOver {
  /** New, or taken up again after it was discontinued. */
  started: { line: ShownLine; isResumed: boolean }[]
  /** `dose`: of a day, where the drug or its dose is another. */
  changed: { before: ShownLine; after: ShownLine; parts: Part[]; dose?: DoseDelta }[]
  /** Discontinued, or a course that is over. */
  ended: ShownLine[]
  /** No longer in the list, and not discontinued: no reason is stated. */
  removed: ShownLine[]
  same: ShownLine[]
}

export function handOver(before: MedicationListData, after: MedicationListData): HandOver {
  const earlier = new Map(before.lines.map((line) => [line.id, line]))
  const later = new Set(after.lines.map(({ id }) => id))
  const found: HandOver = { started: [], changed: [], ended: [], removed: [], same: [] }
  for (const line of after.lines) place(found, earlier.get(line.id), line)
  found.removed = before.lines.filter((line) => isTaken(line) && !later.has(line.id))
  return found
}

function isTaken({ standing }: ShownLine): boolean {
  return standing === 'in-use' || standing === 'not-started'
}

/** What had ended before and has not been taken up again is no part of it. */
function place(found: HandOver, before: ShownLine | undefined, after: ShownLine): void {
  const wasTaken = before !== undefined && isTaken(before)
  if (!isTaken(after)) {
    if (wasTaken || before === undefined) found.ended.push(after)
    return
  }
  if (!wasTaken) {
    found.started.push({ line: after, isResumed: before !== undefined })
    return
  }
  const parts = partsThatDiffer(before, after)
  const isDose = parts.includes('drug') || parts.includes('dose')
  if (parts.length > 0) found.changed.push({ before, after, parts, ...(isDose ? { dose: doseDelta(drugOf(before), drugOf(after)) } : {}) })
  else found.same.push(after)
}

/** What is taken in steps has no one dose of a day. */
function drugOf({ drug, dose, steps }: ShownLine) {
  const isKnown = dose !== undefined && steps.length === 0
  return drugInWords({ ...(drug === undefined ? {} : { name: drug }), ...(isKnown ? { doseText: dose } : {}) })
}

function partsThatDiffer(before: ShownLine, after: ShownLine): Part[] {
  const dose = ({ dose, steps }: ShownLine) => JSON.stringify([dose?.trim(), steps])
  return [
    ...(before.drug === after.drug ? [] : (['drug'] as const)),
    ...(dose(before) === dose(after) ? [] : (['dose'] as const)),
    ...(before.use === after.use ? [] : (['use'] as const)),
    ...(before.area === after.area ? [] : (['area'] as const)),
  ]
}
