/** Who sent a message, from MsgHead. */

import type { Identifier, Organization, PractitionerRole, Reference } from '@medplum/fhirtypes'
import { numberOf } from '../e-prescription/messages/common.ts'
import type { MessageInfo } from '../e-prescription/messages/message-head.ts'
import type { Coded } from '../e-prescription/types.ts'
import { identifierSystems } from '../systems.ts'
import { conceptOf } from './coded.ts'

type Sender = NonNullable<MessageInfo['sender']>
type Unit = NonNullable<Sender['organization']>

const { HPR, HER, ENH, RESH } = identifierSystems
const systems = { ENH, HER, RSH: RESH } as const

function identifierOf(unit: Pick<Unit, 'identifiers'> | undefined): Identifier | undefined {
  for (const [type, system] of Object.entries(systems)) {
    const value = numberOf(unit?.identifiers ?? [], type)
    if (value !== undefined) return { system, value }
  }
  return undefined
}

/** The institution with its department; the number of the institution, which is its legal one where it is stated. */
export function organizationOf(sender: Sender | undefined): Reference<Organization> | undefined {
  const unit = sender?.organization
  const identifier = identifierOf(unit) ?? identifierOf(unit?.department)
  const display = [unit?.name, unit?.department?.name].filter(Boolean).join(', ')
  return identifier || display ? { ...(identifier ? { identifier } : {}), ...(display ? { display } : {}) } : undefined
}

/** The sender as a contained resource; undefined when nothing says who it is. */
export function senderRole(sender: Sender | undefined, specialty?: Coded): PractitionerRole | undefined {
  const organization = organizationOf(sender)
  const professional = sender?.organization?.professional ?? sender?.organization?.department?.professional
  const hpr = numberOf(professional?.identifiers ?? [], 'HPR')
  const display = [professional?.given, professional?.middle, professional?.family].filter(Boolean).join(' ')
  const named = specialty && conceptOf(specialty, 7426)
  const profession = professional?.profession && conceptOf(professional.profession, 9060)
  if (!organization && hpr === undefined && display === '') return undefined
  return {
    resourceType: 'PractitionerRole',
    id: 'sender',
    ...(hpr === undefined && display === ''
      ? {}
      : { practitioner: { ...(hpr === undefined ? {} : { identifier: { system: HPR, value: hpr } }), ...(display ? { display } : {}) } }),
    ...(organization ? { organization } : {}),
    ...(profession ? { code: [profession] } : {}),
    ...(named ? { specialty: [named] } : {}),
  }
}
