/** Case officers, who allocate services and hold no authorisation: what a controller opens to them, for coordination alone. */
import * as z from 'zod/mini'
import { get, post } from '../../wire/contract.ts'
import { type ControlDetails, changed, organization, organizationNumber, reason, time, uuid, withReason, word } from './common.ts'

export const caseOfficerOpening = z.strictObject({
  id: z.string(),
  controller: organization,
  service: z.string(),
  /** The organisation whose case officers see, our own or a receiver. */
  receiver: organization,
  purposes: z.array(z.string()),
  from: z.string(),
  until: z.nullable(z.string()),
  openedBy: z.string(),
  reason: z.string(),
})
export type CaseOfficerOpening = z.infer<typeof caseOfficerOpening>

/** `receiver` is our own number for our own case officers. */
export const openToCaseOfficers = z.strictObject({ service: word, receiver: organizationNumber, until: z.optional(time), reason })
export type OpenToCaseOfficers = z.infer<typeof openToCaseOfficers>

export const caseOfficers = {
  caseOfficers: get('/case-officers', {
    about: 'What we have opened to case officers, and others to ours, as far as it holds now.',
    answer: z.array(caseOfficerOpening),
    permission: 'read',
    event: 'case-officers-read',
  }),
  openToCaseOfficers: post('/case-officers', {
    about: 'Opens a service of ours to the case officers of an organisation, for coordination (COC).',
    body: openToCaseOfficers,
    answer: changed,
    permission: 'open-to-case-officers',
    event: 'case-officers-open',
    done: 'case-officers-opened',
  }),
  closeToCaseOfficers: post('/case-officers/:id/close', {
    about: 'Closes it at once.',
    parameters: { id: uuid },
    body: withReason,
    answer: changed,
    permission: 'open-to-case-officers',
    event: 'case-officers-close',
    done: 'case-officers-closed',
  }),
} as const satisfies Record<string, ControlDetails>
