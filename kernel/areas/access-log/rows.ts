/**
 * What a decision opens of the access log: for a citizen, the lines about one person; for a controller, the lines that it has to control.
 */
import type { Decision } from '../../access/decision.ts'
import { type Bind, keysOf } from '../../fhir/rows.ts'
import { keyOfNumber } from '../../identity/persons.ts'
import {
  type ControlledLookUp,
  controllerLookUps,
  controllerLookUpsPage,
  countLookUps,
  type LookUp,
  lookUps,
  type Period,
  type WholePeriod,
} from './look-ups.ts'
import type { Unreleased } from './not-released.ts'
import { previousVisit } from './previous-visit.ts'

export interface LookUpRows {
  count(period: Period): Promise<number>
  /** Newest first. */
  page(page: Period & { limit: number; skip: number }): Promise<LookUp[]>
  /** When the visitor with this number last visited the person's page, before the present visit. */
  previousVisit(identityNumber: string): Promise<Date | undefined>
}

function unreleasedTo({ at, hiddenReleaseCodes, releasedOnly }: Decision): Unreleased | undefined {
  return releasedOnly ? { at, codes: hiddenReleaseCodes } : undefined
}

/** Lines about the person of the decision. */
export const lookUpRows: Bind<LookUpRows> = ({ sql, clock }, decision) => ({
  count: async (period) => await countLookUps(sql, decision.patient.key, { ...period, unreleased: unreleasedTo(decision) }),
  page: async (page) => await lookUps(sql, decision.patient.key, { ...page, unreleased: unreleasedTo(decision) }),
  async previousVisit(identityNumber) {
    const visitor = await keyOfNumber(sql, identityNumber)
    return visitor && (await previousVisit(sql, { keys: keysOf(decision), visitor, now: clock() }))
  },
})

export interface ControlledRows {
  /** Newest first. */
  page(page: WholePeriod & { limit: number; skip: number }): Promise<ControlledLookUp[]>
  /** Oldest first, page by page. */
  all(period: WholePeriod): AsyncIterable<ControlledLookUp[]>
}

/** Lines that the organisation of the decision has to control. */
export const controlledRows: Bind<ControlledRows> = ({ sql }, { organization }) => ({
  page: async (page) => await controllerLookUpsPage(sql, organization, page),
  all: (period) => controllerLookUps(sql, organization, period),
})
