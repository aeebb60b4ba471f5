/** Messages of one made-up chain, for tests and examples: each is named by what it says. */

import type { KindName } from '@helsevev/clinical/e-prescription/kinds'
import { type MessageDraft, makeInner, makeMessage } from '@helsevev/clinical/e-prescription/made-up'

export interface Chain {
  /** Identity number of the patient; without one the message names nobody. */
  patient?: string
  /** ReseptId. */
  id: string
}

type Head = NonNullable<MessageDraft<'M1'>['head']>

export function headOf(patient: string | undefined, id: string, time: string, more: Partial<Head> = {}): Head {
  return {
    type: { code: 'ERM1' },
    profile: 'v2.4',
    timestamp: time,
    id,
    sender: {
      organization: {
        name: 'Fjellveien legesenter',
        identifiers: [{ value: '900000001', type: { code: 'ENH' } }],
        professional: { family: 'Fastlege', given: 'Frida', identifiers: [{ value: '009990001', type: { code: 'HPR' } }] },
      },
    },
    receiver: { organization: { name: 'Reseptformidleren', identifiers: [{ value: '965336796', type: { code: 'ENH' } }] } },
    ...(patient === undefined ? {} : { patient: { identifiers: [{ value: patient, type: { code: 'FNR' } }] } }),
    ...more,
  }
}

const paracet = {
  atc: { code: 'N02BE01', display: 'Paracetamol' },
  name: 'Paracet Tab 500 mg',
  prescriptionGroup: { code: 'C' },
  form: { code: '53', display: 'Tablett' },
  festId: 'ID_0B1A3C4D-0000-4000-8000-00000000F001',
}

export type M1Body = MessageDraft<'M1'>['body']

function m1Draft({ patient, id }: Chain, time: string, more: Partial<M1Body> = {}, head: Partial<Head> = {}): MessageDraft<'M1'> {
  return {
    head: headOf(patient, id, time, head),
    body: {
      authoredOn: time.slice(0, 10),
      validUntil: '2027-01-10',
      festUpdated: '2026-01-05T12:00:00+01:00',
      drug: {
        itemGroup: { code: 'L' },
        packages: '1',
        repeats: 1,
        prescribing: {
          doseText: '1 tablett morgen og kveld',
          use: { code: '1' },
          applicationArea: 'mot smerter',
          dosings: [],
          package: { ...paracet, articleNumber: '012345', brandName: undefined } as never,
        },
      },
      ...more,
    },
  }
}

export const m1 = (chain: Chain, time: string, more: Partial<M1Body> = {}, head: Partial<Head> = {}) =>
  makeMessage('M1', m1Draft(chain, time, more, head))
export const innerM1 = (chain: Chain, time: string, more: Partial<M1Body> = {}) => makeInner('M1', m1Draft(chain, time, more))

type Dispensed = { packages?: string; concluded?: boolean; cancels?: string }

function dispensingOf(id: string, time: string, { packages = '1', concluded, cancels }: Dispensed) {
  return {
    prescriptionId: id,
    whenHandedOver: time.slice(0, 10),
    isCancellation: cancels !== undefined,
    ...(cancels === undefined ? {} : { cancelledId: cancels }),
    ...(concluded === undefined ? {} : { concluded: { code: concluded ? '1' : '2' } }),
    drug: {
      itemGroup: { code: 'L' },
      packages,
      prescribing: { dosings: [], doseText: '1 tablett morgen og kveld', package: { ...paracet, articleNumber: '012345' } },
    },
    dispenser: { identifier: { value: '8090001', type: { code: 'HER' } }, name: 'Bryggen apotek' },
    interventions: [],
  }
}

export function m10({ patient, id }: Chain, messageId: string, time: string, dispensed: Dispensed = {}): string {
  return makeMessage('M10', {
    head: headOf(patient, messageId, time),
    body: { dispensing: dispensingOf(id, time, dispensed) as never, employee: '42', notToGeneralPractitioner: false, ownShares: [] },
  })
}

/** M6 or M8: the report of an M10 to the prescriber, or to the general practitioner. */
export function report(
  kind: 'M6' | 'M8',
  { patient, id }: Chain,
  messageId: string,
  of: string,
  time: string,
  dispensed: Dispensed = {},
): string {
  return makeMessage<'M6' | 'M8'>(kind, {
    head: headOf(patient, messageId, time),
    body: { dispensing: dispensingOf(id, time, dispensed) as never, reportId: of },
  })
}

export function m5({ patient, id }: Chain, messageId: string, time: string, reason = '2', next?: string): string {
  return makeMessage('M5', {
    head: headOf(patient, messageId, time),
    body: { prescriptionId: id, reason: { code: reason }, ...(next === undefined ? {} : { newPrescriptionId: next }) },
  })
}

export function m52({ patient, id }: Chain, messageId: string, of: string, time: string, status = '1'): string {
  const conversation = { parent: of, conversation: of }
  return makeMessage('M5.2', {
    head: headOf(patient, messageId, time, { conversation }),
    body: { prescriptionId: id, status: { code: status } },
  })
}

export function m96(
  patient: string,
  messageId: string,
  time: string,
  listed: [string, string, string?][],
  attachments: string[] = [],
): string {
  return makeMessage('M9.6', {
    head: headOf(patient, messageId, time),
    body: {
      patient: { patient, otherNumbers: [] },
      hasLocked: true,
      prescriptions: listed.map(([prescriptionId, code, previous]) => ({
        prescriptionId,
        status: { code },
        ...(previous === undefined ? {} : { renewal: { previousPrescriptionId: previous } as never }),
        dispensed: [],
        reportIds: [],
      })),
    },
    attachments,
  })
}

export function bare<K extends KindName>(kind: K, body: MessageDraft<K>['body']): string {
  return makeMessage(kind, { body })
}

/** The receipt of a message, which names no patient: `1` received, `2` rejected (list 8258). */
export function appRec(id: string, of: { id: string; type: string }, time: string, status = '1'): string {
  const party = { institution: { name: 'Reseptformidleren', id: '965336796', idType: { code: 'ENH' }, departments: [], persons: [] } }
  return makeMessage('AppRec', {
    body: {
      type: { code: 'APPREC' },
      timestamp: time,
      id,
      sender: { party },
      receiver: { party },
      status: { code: status },
      original: { type: { code: of.type }, issued: time, id: of.id },
    },
  } as never)
}
