/** The request that `access explain` is asked about: a case in words, or one against the database. */

import { situationOfRow } from '@helsevev/kernel/access/cases/read-cases'
import { UnknownWord } from '@helsevev/kernel/access/cases/unknown-word'
import { createFactsReader } from '@helsevev/kernel/access/facts'
import { type AccessRequest, type Facts, requestKinds } from '@helsevev/kernel/access/request'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import type { Attestation } from '@helsevev/kernel/identity/attestation'
import { purposes } from '@helsevev/kernel/identity/purpose'
import { shapeRule } from '@helsevev/kernel/problem/shape-faults'
import { classify } from '@helsevev/kernel/values/identity-number'
import type { Sql } from 'postgres'
import { z } from 'zod'
import type { Context } from '../define-command.ts'

export type Situation = { request: AccessRequest; facts: Facts } | { fault: string }

const organization = z.string().regex(/^[0-9]{9}$/, 'nine digits')

const asked = z.strictObject({
  request: z.enum(requestKinds).default('search'),
  service: z.string(),
  caller: z.strictObject({
    kind: z.enum(['person', 'system', 'citizen']),
    organization,
    unit: organization.optional(),
    supplier: organization.optional(),
    hprNumber: z
      .string()
      .regex(/^[0-9]{1,9}$/, 'one to nine digits')
      .optional(),
    scopes: z.array(z.string()).optional(),
  }),
  purpose: z.enum(purposes).default('TREAT'),
  authorization: z.string().optional(),
  pointOfCare: organization.optional(),
  reason: z.string().optional(),
  consentDeclared: z.boolean().default(false),
  at: z.iso.datetime({ offset: true }).optional(),
})

type AccessQuery = z.infer<typeof asked>

/** A request with a caller is looked up in the database; anything else is a case in words. */
export function isAboutDatabase(request: unknown): boolean {
  return typeof request === 'object' && request !== null && 'caller' in request
}

export function situationInRow(row: unknown): Situation {
  try {
    return situationOfRow(row)
  } catch (error) {
    if (error instanceof UnknownWord || error instanceof RangeError) return { fault: `The request cannot be read. ${error.message}` }
    throw error
  }
}

/** Asks for the patient's identity number, and for a citizen's own after it. Reads facts alone. */
export async function situationInDatabase(
  sql: Sql,
  services: readonly InformationService[],
  sent: unknown,
  ask: Context<unknown, 'patient' | 'citizen'>['ask'],
): Promise<Situation> {
  const parsed = asked.safeParse(sent)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => {
      const rule =
        issue.code === 'unrecognized_keys'
          ? `unknown here: ${issue.keys.join(', ')}. Leave it out`
          : shapeRule(issue, sent, 'docs/run/commands.md')
      return `${issue.path.join('.') || 'the request'}: ${rule.replace(/\.$/, '')}`
    })
    return { fault: `The request cannot be read. ${faults.join('; ')}.` }
  }
  const service = services.find(({ id }) => id === parsed.data.service)
  if (!service) {
    const known = services.map(({ id }) => id).join(', ')
    return { fault: `There is no information service ${JSON.stringify(parsed.data.service)}. There are: ${known}.` }
  }
  const numbers = { patient: '', citizen: '' }
  if (parsed.data.request !== 'control') {
    numbers.patient = await ask('patient')
    if (!classify(numbers.patient)) return { fault: 'That is not an identity number. Nothing was looked up.' }
  }
  if (parsed.data.caller.kind === 'citizen') {
    numbers.citizen = await ask('citizen')
    if (numbers.citizen && !classify(numbers.citizen)) return { fault: 'That is not an identity number. Nothing was looked up.' }
  }
  const request = requestOf(parsed.data, service, numbers)
  return { request, facts: await createFactsReader(sql)(request) }
}

/** Stands for the number of the person who is signed in, which no rule but its agreement with the attestation looks at. */
const SIGNED_IN = 'signed in'

function requestOf(data: AccessQuery, area: AccessRequest['area'], numbers: { patient: string; citizen: string }): AccessRequest {
  const { caller, request: kind } = data
  const now = data.at ? new Date(data.at) : new Date()
  const direction = kind === 'citizen' || kind === 'write' ? kind : 'read'
  const pid = { person: SIGNED_IN, system: undefined, citizen: numbers.citizen || numbers.patient }[caller.kind]
  return {
    kind,
    caller: {
      kind: caller.kind,
      pid,
      name: 'access explain',
      hprNumber: caller.hprNumber,
      organization: caller.organization,
      organizationChild: caller.unit,
      supplier: caller.supplier,
      multiTenant: caller.supplier !== undefined,
      client: 'access explain',
      scopes: caller.scopes ?? [`helsevev:${area.id}/${direction}`],
      attestation: undefined,
      issuedAt: Math.floor(now.getTime() / 1000),
    },
    area,
    attestation: caller.kind === 'person' ? attestationOf(data, now, numbers.patient) : undefined,
    consentDeclared: data.consentDeclared,
    patient: kind === 'control' ? 'nobody' : { identityNumber: numbers.patient },
    now,
  }
}

/** Right in everything that the request does not say. */
function attestationOf({ caller, purpose, authorization, pointOfCare, reason }: AccessQuery, now: Date, patient: string): Attestation {
  const identified = (id: string) => ({ id, system: undefined, name: undefined })
  const coded = (code: string) => ({ code, system: undefined, text: undefined })
  return {
    toa: Math.floor(now.getTime() / 1000),
    practitioner: {
      identifier: identified(SIGNED_IN),
      hprNumber: caller.hprNumber === undefined ? undefined : identified(caller.hprNumber),
      authorization: authorization === undefined ? undefined : coded(authorization),
      legalEntity: identified(caller.organization),
      pointOfCare: identified(pointOfCare ?? caller.unit ?? caller.organization),
      department: undefined,
    },
    careRelation: {
      healthcareService: coded('explained'),
      purposeOfUse: coded(purpose),
      purpose,
      purposeOfUseDetails: undefined,
      decisionRef: { id: 'explained', description: reason, userSelected: reason !== undefined },
    },
    patient: { identifier: identified(patient), pointOfCare: undefined, department: undefined },
    unknownMembers: [],
  }
}
