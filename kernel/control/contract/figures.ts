/** Figures from the access log: use of our records, refused requests, and adoption with use. */
import * as z from 'zod/mini'
import { get } from '../../wire/contract.ts'
import { type ControlDetails, days, organization } from './common.ts'
import { unseenReasons } from './follow-up.ts'

const steps = ['day', 'week'] as const

export const useRow = z.strictObject({
  /** The first day of the period, in Norwegian time. */
  period: z.string(),
  service: z.string(),
  receiver: z.nullable(organization),
  /** HL7 v3 PurposeOfUse; null for systems, which attest nothing. */
  purpose: z.nullable(z.string()),
  /** Openings of patients, whatever number of requests a screen made. */
  lookUps: z.int(),
  requests: z.int(),
  patients: z.int(),
})
export type UseRow = z.infer<typeof useRow>

/** A day or week. An opening of several services is one look-up of each, and one here. */
export const useTotal = z.strictObject({ period: z.string(), lookUps: z.int(), requests: z.int(), patients: z.int() })
export type UseTotal = z.infer<typeof useTotal>

export const use = z.strictObject({
  from: z.string(),
  until: z.string(),
  by: z.enum(steps),
  totals: z.array(useTotal),
  rows: z.array(useRow),
})
export type Use = z.infer<typeof use>

export const refusalRow = z.strictObject({
  /** A Norwegian day. */
  day: z.string(),
  problem: z.string(),
  client: z.string(),
  vendor: z.nullable(organization),
  service: z.nullable(z.string()),
  /** Why something was not seen, in truth; empty where the request was refused whatever there is. */
  unseen: z.array(z.enum(unseenReasons)),
  /** Openings of patients by persons that were refused; null where it was refused before it was known what was asked. */
  openings: z.nullable(z.int()),
  requests: z.int(),
  last: z.string(),
})
export type RefusalRow = z.infer<typeof refusalRow>

export const refusals = z.strictObject({ from: z.string(), until: z.string(), rows: z.array(refusalRow) })
export type Refusals = z.infer<typeof refusals>

export const adoptionRow = z.strictObject({
  service: z.string(),
  organization,
  /** All our own look-ups, or a receiver's look-ups of our records. */
  counts: z.enum(['own-use', 'of-our-records']),
  connectedSince: z.string(),
  /** Look-ups of each of the last four weeks, oldest first. A look-up is one opening of a patient. */
  weeks: z.tuple([z.int(), z.int(), z.int(), z.int()]),
  /** Connected for four weeks, with less than one look-up a week. */
  hardlyUsed: z.boolean(),
})
export type AdoptionRow = z.infer<typeof adoptionRow>

export const adoption = z.strictObject({ from: z.string(), until: z.string(), rows: z.array(adoptionRow) })
export type Adoption = z.infer<typeof adoption>

export const indicatorRow = z.strictObject({
  service: z.string(),
  /** Patients with a list among our records; null for a number that could point to one of them. */
  patients: z.nullable(z.int()),
  /** Organisations that may read it now: the receivers of our agreements, and we. */
  organizations: z.int(),
  /** Candidates of double prescription now, for each 1,000 of these patients. */
  candidatesPer1000: z.nullable(z.number()),
  /** The percentage that was settled within 14 days, of the candidates that were first seen at least 14 days ago. */
  settledPercent: z.nullable(z.int()),
  /** False where there are more patients than are counted. */
  isWhole: z.boolean(),
})
export type IndicatorRow = z.infer<typeof indicatorRow>

/** `smallest`: a number from 1 up to, but not including, it is not stated. */
export const indicators = z.strictObject({ at: z.string(), smallest: z.int(), rows: z.array(indicatorRow) })
export type Indicators = z.infer<typeof indicators>

export const figures = {
  use: get('/use', {
    about: 'Look-ups that were shown our records, for each day or week, service, receiver and purpose. One opening is one look-up.',
    query: z.strictObject({
      ...days,
      by: z.optional(z.enum(steps, 'by is day or week.')),
      service: z.optional(z.string().check(z.regex(/^[a-z0-9-]{1,63}$/, 'There is no such service.'))),
    }),
    answer: use,
    permission: 'read',
    event: 'use-read',
  }),
  refusals: get('/refusals', {
    about: "What was asked in our organisation's name and refused.",
    query: z.strictObject(days),
    answer: refusals,
    permission: 'read',
    event: 'refusals-read',
  }),
  adoption: get('/adoption', {
    about: 'Who is connected and how much it is used, week by week over the last four.',
    answer: adoption,
    permission: 'read',
    event: 'adoption-read',
  }),
  indicators: get('/indicators', {
    about: 'What a service counts about our records, as sums without persons: small numbers are left out.',
    answer: indicators,
    permission: 'read',
    event: 'indicators-read',
  }),
} as const satisfies Record<string, ControlDetails>
