/**
 * What a decision opens of the access log: for a citizen, the lines about one person; for a controller, the lines that it has to control.
 */
import type { Sql } from 'postgres'
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
  type Relative,
  type WholePeriod,
} from './look-ups.ts'
import type { Unreleased } from './not-released.ts'
import { previousVisit } from './previous-visit.ts'

export interface LookUpRows {
  count(period: Period, visitor: Visitor): Promise<number>
  /** Newest first. */
  page(page: Period & { limit: number; skip: number }, visitor: Visitor): Promise<LookUp[]>
  /** When the visitor with this number last visited the person's page, before the present visit. */
  previousVisit(identityNumber: string): Promise<Date | undefined>
}

function unreleasedTo({ at, hiddenReleaseCodes, releasedOnly }: Decision, hiddenWith: Unreleased['hiddenWith']): Unreleased | undefined {
  return releasedOnly ? { at, codes: hiddenReleaseCodes, hiddenWith } : undefined
}

/** Who reads: the number of the signed-in citizen, and the operations that store what they are sent. */
interface Visitor {
  identityNumber: string
  adapters: readonly string[]
  hiddenWith: Unreleased['hiddenWith']
}

/** Lines about the person of the decision: all of them for the person, and for others as `seenByRelative` says. */
export const lookUpRows: Bind<LookUpRows> = ({ sql, clock }, decision) => ({
  count: async (period, visitor) =>
    await countLookUps(sql, decision.patient.key, { ...period, ...(await limitsFor(sql, decision, visitor)) }),
  page: async (page, visitor) => await lookUps(sql, decision.patient.key, { ...page, ...(await limitsFor(sql, decision, visitor)) }),
  async previousVisit(identityNumber) {
    const visitor = await keyOfNumber(sql, identityNumber)
    return visitor && (await previousVisit(sql, { keys: keysOf(decision), visitor, now: clock() }))
  },
})

async function limitsFor(sql: Sql, decision: Decision, visitor: Visitor) {
  return {
    unreleased: unreleasedTo(decision, visitor.hiddenWith),
    relative: await relativeOf(sql, decision, visitor),
    isYouth: decision.basis === 'youth',
  }
}

async function relativeOf(sql: Sql, { basis }: Decision, { identityNumber, adapters }: Visitor): Promise<Relative | undefined> {
  if (basis === 'self' || basis === 'youth') return undefined
  const visitor = await keyOfNumber(sql, identityNumber)
  return { keys: visitor ? [visitor] : [], adapters }
}

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
