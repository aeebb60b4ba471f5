/**
 * The published rules of M25, as rows of one table. They are checked on a list, and on the step from one list to the next; rules 5, 9, 10
 * and 11 are about the step. A breach names the line and the element. Source of every row: the rules of M25 that e-resept publishes
 * (e-resept.atlassian.net, page 2827550723), by their numbers there. The end of rule 11 was not available: it is read as far as it goes.
 */

import { instant } from '@helsevev/kernel/values/dates'
import { classify } from '@helsevev/kernel/values/identity-number'
import type { Identifier } from '../e-prescription/messages/common.ts'
import type { PrescribedDrug } from '../e-prescription/messages/prescription.ts'
import { drugDifferences, isSameInstant, lineDifferences } from './content.ts'
import { lineState } from './line-state.ts'
import { type Line, useOf } from './list-line.ts'

export interface ListStep {
  /** The numbers of the patient, from the head of the message. */
  readonly patient: readonly Identifier[]
  readonly lines: readonly Line[]
  readonly now: Date
  /** The drugs of the M1, by ReseptId, as far as they are known. */
  readonly prescriptions?: ReadonlyMap<string, PrescribedDrug>
  /** The latest list before this one. */
  readonly before?: readonly Line[]
  /** Lines of an M25.2 that is newer than `before`. */
  readonly pharmacy?: readonly Line[]
  /** Lines that the writer removes as registered wrongly. */
  readonly wrong?: ReadonlySet<string>
}

export interface Breach {
  readonly rule: RuleName
  /** Absent when the breach is about the list. */
  readonly line?: string
  /** As the message names it. */
  readonly element: string
  /** The other of the two lines that a rule is about. */
  readonly other?: string
}

interface Rule {
  /** In the published list. */
  readonly number: number
  readonly text: string
  check(step: ListStep): readonly Omit<Breach, 'rule'>[]
}

export const listRules = {
  'patient-number': {
    number: 1,
    text: 'The patient has a national identity number or a D-number.',
    check: ({ patient }) => (patient.some(isNumber) ? [] : [{ element: 'Patient/Ident' }]),
  },
  'unique-id': {
    number: 2,
    text: 'No two lines have the same Id.',
    check: ({ lines }) =>
      lines.flatMap(({ id }, at) => (lines.findIndex((one) => one.id === id) < at ? [{ line: id, element: 'Id' }] : [])),
  },
  'prescription-id': {
    number: 3,
    text: 'A line for a prescription, electronic or on paper, has a ReseptId.',
    check: ({ lines }) =>
      lines.flatMap(({ id, type, prescriptionId }) =>
        (type?.code === 'E' || type?.code === 'P') && prescriptionId === undefined ? [{ line: id, element: 'ReseptId' }] : [],
      ),
  },
  'one-active-line': {
    number: 4,
    text: 'Two active lines do not have the same ReseptId. A discontinued line may share it with an active one.',
    check: ({ lines, now }) => {
      const active = lines.filter((line) => !isDiscontinued(line, now))
      return active.flatMap(({ id, prescriptionId }, at) => {
        const first = active.findIndex((one) => prescriptionId !== undefined && one.prescriptionId === prescriptionId)
        const other = active[first]
        return other && first < at && other.id !== id ? [{ line: id, element: 'ReseptId', other: other.id }] : []
      })
    },
  },
  'last-changed': {
    number: 5,
    text: 'SistEndret changes when the content changes, and only then. A time that is written in another way is no change.',
    check: ({ lines, before = [] }) =>
      lines.flatMap((line) => {
        const earlier = before.find(({ id }) => id === line.id)
        return earlier && !isLastChangedRight(earlier, line) ? [{ line: line.id, element: 'SistEndret' }] : []
      }),
  },
  'drugs-only': {
    number: 6,
    text: 'Vaccines, nutrition and consumables are not in the list.',
    check: ({ lines }) =>
      lines.flatMap((line) => [
        ...(useOf(line) === 'vaccine' ? [{ line: line.id, element: 'Forskrivning/Bruk' }] : []),
        ...(itemGroupOf(line) !== 'L' && useOf(line) !== 'nutrition' && itemGroupOf(line) !== undefined
          ? [{ line: line.id, element: 'Varegruppekode' }]
          : []),
      ]),
  },
  supplements: {
    number: 7,
    text: 'A supplement has Varegruppekode L, and no prescription.',
    check: ({ lines }) =>
      lines.flatMap((line) => {
        if (useOf(line) !== 'nutrition') return []
        return [
          ...(itemGroupOf(line) === 'L' ? [] : [{ line: line.id, element: 'Varegruppekode' }]),
          ...(line.type?.code === 'U' ? [] : [{ line: line.id, element: 'Type' }]),
          ...(line.prescriptionId === undefined ? [] : [{ line: line.id, element: 'ReseptId' }]),
        ]
      }),
  },
  'same-drug': {
    number: 8,
    text: 'The drug of a line is that of its prescription.',
    check: ({ lines, prescriptions }) =>
      lines.flatMap(({ id, prescriptionId, drug }) => {
        const prescribed = prescriptionId === undefined ? undefined : prescriptions?.get(prescriptionId)
        return prescribed && drug ? drugDifferences(prescribed, drug).map(({ element }) => ({ line: id, element })) : []
      }),
  },
  'pharmacy-lines': {
    number: 9,
    text: 'New lines of an M25.2 that is newer than the list are included in the next list, or discontinued in it.',
    check: ({ lines, before = [], pharmacy = [] }) =>
      pharmacy.flatMap(({ id }) => (holds(before, id) || holds(lines, id) ? [] : [{ line: id, element: 'EnkeltoppforingLIB' }])),
  },
  'ninety-days': {
    number: 10,
    text: 'A discontinued line stays in the list 90 days after the date of discontinuation.',
    check: ({ lines, before = [], now, wrong }) =>
      before.flatMap((line) =>
        lineState(line, now) === 'stopped' && !holds(lines, line.id) && !wrong?.has(line.id)
          ? [{ line: line.id, element: 'EnkeltoppforingLIB' }]
          : [],
      ),
  },
  'removed-as-wrong': {
    number: 11,
    text: 'A line that is not discontinued is removed only when it was registered wrongly.',
    check: ({ lines, before = [], now, wrong }) =>
      before.flatMap((line) =>
        !isDiscontinued(line, now) && !holds(lines, line.id) && !wrong?.has(line.id)
          ? [{ line: line.id, element: 'EnkeltoppforingLIB' }]
          : [],
      ),
  },
} as const satisfies Record<string, Rule>

type RuleName = keyof typeof listRules

/** Every breach, in the order of the rules and then of the lines. */
export function breachesOf(step: ListStep): Breach[] {
  return (Object.entries(listRules) as [RuleName, Rule][]).flatMap(([rule, { check }]) =>
    check(step).map((breach) => ({ rule, ...breach })),
  )
}

function isNumber({ value, type }: Identifier): boolean {
  const kind = classify(value ?? '')
  return (type?.code === 'FNR' || type?.code === 'DNR') && kind?.valid === true && (kind.kind === 'FNR' || kind.kind === 'DNR')
}

function isDiscontinued(line: Line, now: Date): boolean {
  const state = lineState(line, now)
  return state === 'stopped' || state === 'gone'
}

/** With a change it is later than before; without one it is the same instant. */
function isLastChangedRight(before: Line, after: Line): boolean {
  if (lineDifferences(before, after).length === 0) return isSameInstant(before.lastChanged, after.lastChanged)
  const [earlier, later] = [before.lastChanged, after.lastChanged].map((text) =>
    text === undefined ? undefined : instant(text)?.getTime(),
  )
  return later !== undefined && (earlier === undefined || earlier < later)
}

function itemGroupOf({ drug }: Line): string | undefined {
  return drug?.itemGroup?.code
}

function holds(lines: readonly Line[], id: string): boolean {
  return lines.some((line) => line.id === id)
}
