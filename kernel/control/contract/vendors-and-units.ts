/** Vendors that act for a data controller, and its units with their telephone numbers. */
import * as z from 'zod/mini'
import { get, post } from '../../wire/contract.ts'
import { type ControlDetails, changed, organizationNumber, pageOf, reason, slice, withReason, word } from './common.ts'

export const vendor = z.strictObject({
  number: z.string(),
  /** Null when no register knows the number. */
  name: z.nullable(z.string()),
  /** Answered and refused requests that it made for us in the last 28 days. */
  answered: z.int(),
  refused: z.int(),
  /** The switch of the data controller here. Whether HelseID has a delegation is not known here. */
  delegation: z.enum(['on', 'off']),
  withdrawn: z.nullable(z.string()),
  withdrawnBy: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  /** The vendor whose client this request came through cannot be switched off from here. */
  carriesThisRequest: z.boolean(),
})
export type Vendor = z.infer<typeof vendor>

export const unit = z.strictObject({
  organization: z.string(),
  system: z.string(),
  value: z.string(),
  name: z.string(),
  phone: z.nullable(z.string()),
})
export type Unit = z.infer<typeof unit>

/** Changes the telephone number; null removes it. */
export const changePhone = z.strictObject({
  organization: organizationNumber,
  system: word,
  value: word,
  phone: z.nullable(z.string().check(z.maxLength(30))),
  reason,
})
export type ChangePhone = z.infer<typeof changePhone>

export const vendors = {
  vendors: get('/vendors', {
    about: 'Who has acted for us, our switch, and answered and refused requests of 28 days, with those that the log has no row of.',
    answer: z.array(vendor),
    permission: 'read',
    event: 'vendors-read',
  }),
  withdrawDelegation: post('/vendors/:number/withdraw', {
    about: 'Its requests for us are refused from the next call on.',
    parameters: { number: organizationNumber },
    body: withReason,
    answer: changed,
    permission: 'steer-vendors',
    event: 'delegation-withdraw',
    done: 'delegation-withdrawn',
  }),
  restoreDelegation: post('/vendors/:number/restore', {
    about: 'It acts for us again.',
    parameters: { number: organizationNumber },
    body: withReason,
    answer: changed,
    permission: 'steer-vendors',
    event: 'delegation-restore',
    done: 'delegation-restored',
  }),
} as const satisfies Record<string, ControlDetails>

export const units = {
  units: get('/units', {
    about: 'The organisation, its sub-units, and their service units.',
    query: z.strictObject(slice),
    answer: pageOf(unit),
    permission: 'read',
    event: 'units-read',
  }),
  changePhone: post('/units/phone', {
    about: 'Sets the telephone of a unit; null takes the number away.',
    body: changePhone,
    answer: changed,
    permission: 'change-units',
    event: 'phone-change',
    done: 'phone-changed',
  }),
} as const satisfies Record<string, ControlDetails>
