/** What several parts of the control API share: permissions, organisations, lists, and what every change takes and answers. */
import * as z from 'zod/mini'
import type { Details } from '../../wire/contract.ts'

export const controllerRoles = ['owner', 'privacy-officer', 'reader'] as const
/** Ordered from the role that may most to the role that may least. */
export type ControllerRole = (typeof controllerRoles)[number]

/** A case officer has nothing here: the role lets the person see, as personnel, what controllers have opened to case officers. */
export const grantedRoles = [...controllerRoles, 'case-officer'] as const
export type GrantedRole = (typeof grantedRoles)[number]

/** What a route is about. The roles that have each permission are in permissions.ts. */
export const permissions = [
  'read',
  'name-patients',
  'grant-roles',
  'propose-agreements',
  'sign-agreements',
  'close-services',
  'open-to-case-officers',
  'steer-vendors',
  'change-units',
  'close-follow-ups',
  'close-misuse-cases',
  'answer-questions',
  'lift-blocks',
  'settle-messages',
] as const
export type Permission = (typeof permissions)[number]

/** What a row of the control API has in addition to what every row has. */
export interface ControlDetails extends Details {
  permission: Permission
  /** The name of a look-up, and of a refused change, in the access log. */
  event: string
  /** The name of a change that was made, in the access log. */
  done?: string
}

export const organization = z.strictObject({ number: z.string(), name: z.string() })
export type Organization = z.infer<typeof organization>

/** Name and birth date of a person in the register. */
export const patientName = z.strictObject({ name: z.string(), birthDate: z.nullable(z.string()) })
export type PatientName = z.infer<typeof patientName>

/** The answer to every change: the id of what was made or changed, and its status where there is one to show. */
export const changed = z.strictObject({ id: z.string(), standing: z.optional(z.string()) })
export type Changed = z.infer<typeof changed>

/** A page of a list; `more` is whether there are further items. */
export const pageOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.strictObject({ items: z.array(item), count: z.int(), skip: z.int(), more: z.boolean() })
export interface Page<Item> {
  items: Item[]
  count: number
  skip: number
  more: boolean
}

export const uuid = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'This is no id. Send one that this API has given.'))
export const organizationNumber = z
  .string()
  .check(z.regex(/^\d{9}$/, 'This is no organisation number. Send its nine digits, without blanks.'))
/** A name or code. PostgreSQL stores no NUL, and no name holds a control character. */
export const word = z
  .string()
  .check(z.maxLength(200), z.regex(/^\P{Cc}+$/u, 'A name or code is one line of text. Send it without control characters, and not empty.'))
export const words = z.array(word).check(z.maxLength(100))
/** A time with zone, or a day or a time in Norway. */
export const time = z.string().check(z.maxLength(40))
export const reason = z.string()
/** An identity number is sent in the body and never returned. It may have blanks, as in print. */
export const identityNumber = z.string().check(
  z.maxLength(20),
  z.overwrite((typed) => typed.replaceAll(/\s/gu, '')),
)

/** The body of a change that needs only a reason. */
export const withReason = z.strictObject({ reason })
export type WithReason = z.infer<typeof withReason>

const number = (name: string, least: number, most: number) =>
  z.optional(
    z
      .string()
      .check(
        z.refine((text) => /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most, `${name} is ${least} to ${most}.`),
      ),
  )
/** The part of a list; `count` is 50 when absent. */
export const slice = { count: number('count', 1, 200), skip: number('skip', 0, 100_000) }
export const status = { status: z.optional(z.enum(['open', 'closed'], 'status is open or closed.')) }

const day = z.optional(z.string().check(z.regex(/^20\d{2}-\d{2}-\d{2}$/, 'from and until are days: 2026-01-31.')))
/** The days of a figure, `until` not included; the last 28 days when absent. */
export const days = { from: day, until: day }
