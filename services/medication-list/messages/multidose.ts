/**
 * Who is responsible for multidose. M27.1 of a doctor or a pharmacy, and what Reseptformidleren states in M9.12, are each a CareTeam; which
 * of them holds, all of them say together (fhir/derived.ts). M27.2 and M28 say something about that, and M9.12 what was found.
 */
import type { AnyMessage, MessageOf } from '@helsevev/clinical/e-prescription/kinds'
import { numberOf } from '@helsevev/clinical/e-prescription/messages/common'
import { conceptOf } from '@helsevev/clinical/e-prescription-fhir/coded'
import {
  commonExtensions,
  messageIdentifier,
  noteIssues,
  notesOf,
  type Sent,
  withIssues,
  withoutEmpty,
} from '@helsevev/clinical/e-prescription-fhir/making'
import { organizationOf, senderRole } from '@helsevev/clinical/e-prescription-fhir/parties'
import { MESSAGE_KIND } from '@helsevev/clinical/e-prescription-fhir/systems'
import { identifierSystems } from '@helsevev/clinical/systems'
import type { CareTeam, CareTeamParticipant, Communication } from '@medplum/fhirtypes'
import { CARE_TEAM, extensionUrls, LICENCE } from '../fhir/systems.ts'
import { flag } from '../model/rules.ts'
import { placed } from './placed.ts'

const { HPR, HER } = identifierSystems
/** Roles of 7490. */
const [DOCTOR, PHARMACY] = ['M', 'A']

/** M27.1: a registration or its end, of the sender. */
export function requestOf(sent: Sent<MessageOf<'M27.1'>>): CareTeam {
  const { head, body } = sent.message
  const status = conceptOf(body.status, 7496)
  const professional = head?.sender?.organization?.professional ?? head?.sender?.organization?.department?.professional
  const hpr = numberOf(professional?.identifiers ?? [], 'HPR')
  const organization = organizationOf(head?.sender)
  const name = [professional?.given, professional?.middle, professional?.family].filter(Boolean).join(' ')
  const who: CareTeamParticipant[] =
    hpr === undefined
      ? [participant(PHARMACY, organization)]
      : [
          {
            ...participant(DOCTOR, { identifier: { system: HPR, value: hpr }, ...(name ? { display: name } : {}) }),
            ...(organization ? { onBehalfOf: { type: 'Organization', ...organization } } : {}),
          },
        ]
  const resource = withoutEmpty<CareTeam>({
    resourceType: 'CareTeam',
    extension: [
      ...commonExtensions(sent, placed),
      ...(status ? [{ url: extensionUrls.multidoseRequest, valueCodeableConcept: status }] : []),
    ],
    identifier: [messageIdentifier(sent)],
    // Others complete it (fhir/derived.ts).
    status: 'proposed',
    category: [{ coding: [{ system: CARE_TEAM, code: 'multidose', display: 'Multidose' }] }],
    name: 'Multidose',
    subject: {},
    ...(body.from === undefined ? {} : { period: { start: body.from } }),
    participant: who,
    note: notesOf(sent),
  })
  return withIssues(resource, [...noteIssues(sent), ...(organization ? [] : [flag('multidose-of-nobody', 'MsgHead/MsgInfo/Sender')])])
}

function participant(role: string | undefined, member: CareTeamParticipant['member'] | undefined): CareTeamParticipant {
  const concept = conceptOf({ ...(role === undefined ? {} : { code: role }) }, 7490)
  return {
    ...(concept ? { role: [concept] } : {}),
    ...(member ? { member: { type: role === DOCTOR ? 'Practitioner' : 'Organization', ...member } } : {}),
  }
}

/** What M9.12 states: the doctor and the pharmacy, or that none is registered. */
export function statementOf(sent: Sent<MessageOf<'M9.12'>>): CareTeam {
  const { doctor, pharmacy } = sent.message.body.patient ?? {}
  const name = [doctor?.given, doctor?.family].filter(Boolean).join(' ') || doctor?.name
  const licence = pharmacy?.licence?.value ?? pharmacy?.herId
  const participants: CareTeamParticipant[] = [
    ...(doctor
      ? [
          {
            ...participant(DOCTOR, {
              ...(doctor.hprNumber === undefined
                ? {}
                : { identifier: { system: HPR, value: doctor.hprNumber.trim().replace(/^0+(?=\d)/, '') } }),
              ...(name === undefined ? {} : { display: name }),
            }),
            ...(doctor.organizationName === undefined && doctor.organization?.value === undefined
              ? {}
              : {
                  onBehalfOf: {
                    type: 'Organization' as const,
                    ...(doctor.organization?.value === undefined ? {} : { identifier: { system: HER, value: doctor.organization.value } }),
                    ...(doctor.organizationName === undefined ? {} : { display: doctor.organizationName }),
                  },
                }),
            ...(doctor.activeUntil === undefined ? {} : { period: { end: doctor.activeUntil } }),
          },
        ]
      : []),
    ...(pharmacy
      ? [
          {
            ...participant(PHARMACY, {
              ...(licence === undefined
                ? {}
                : { identifier: { system: pharmacy.licence?.value === undefined ? HER : LICENCE, value: licence } }),
              ...(pharmacy.name === undefined ? {} : { display: pharmacy.name }),
            }),
            ...(pharmacy.activeUntil === undefined ? {} : { period: { end: pharmacy.activeUntil } }),
          },
        ]
      : []),
  ]
  return withoutEmpty<CareTeam>({
    resourceType: 'CareTeam',
    extension: [
      { url: extensionUrls.messageTime, valueDateTime: sent.time },
      { url: extensionUrls.multidoseStatement, valueBoolean: true },
    ],
    identifier: [messageIdentifier(sent)],
    status: 'proposed',
    category: [{ coding: [{ system: CARE_TEAM, code: 'multidose', display: 'Multidose' }] }],
    name: 'Multidose',
    subject: {},
    participant: participants,
  })
}

/** M9.12, M27.2 and M28: a statement. It keeps all that the message states. */
export function sayingOf(sent: Sent<AnyMessage>): Communication {
  const sender = senderRole(sent.message.head?.sender)
  const parent = sent.message.head?.conversation?.parent
  const resource = withoutEmpty<Communication>({
    resourceType: 'Communication',
    contained: sender ? [sender] : [],
    extension: commonExtensions(sent, placed, true),
    identifier: [messageIdentifier(sent)],
    inResponseTo: parent === undefined ? [] : [{ identifier: { value: parent } }],
    status: 'completed',
    category: [{ coding: [{ system: MESSAGE_KIND, code: sent.message.kind }] }],
    subject: {},
    sent: sent.time,
    ...(sender ? { sender: { reference: '#sender' } } : {}),
    note: notesOf(sent),
  })
  return withIssues(resource, noteIssues(sent))
}
