/** Messages of made-up medication lists, for seeds, examples and tests: each line is named by what it says. */

import { type MessageDraft, makeInner, makeMessage } from '@helsevev/clinical/e-prescription/made-up'
import type { Prescribing } from '@helsevev/clinical/e-prescription/messages/drug'

type Head = NonNullable<MessageDraft<'M25.1'>['head']>
type LineDraft = NonNullable<MessageDraft<'M25.1'>['body']['lines']>[number]
type Extended = NonNullable<MessageDraft<'M25.1'>['extension']>

/** A person with HPR number. */
export interface Prescriber {
  hpr: string
  given: string
  family: string
}

const gp: Prescriber = { hpr: '009990001', given: 'Frida', family: 'Fastlege' }
export const hospitalDoctor: Prescriber = { hpr: '009990002', given: 'Stian', family: 'Sykehuslege' }

export interface Sender {
  name: string
  organization: string
  person?: Prescriber
}

export const practice: Sender = { name: 'Fjellveien legesenter', organization: '900000001', person: gp }

export interface MadeLine {
  id: string
  name: string
  atc?: string
  /** Id of FEST. */
  fest?: string
  /** Code of 7448 and its name. */
  form?: [string, string]
  dose: string
  /** 9101: 1 regular, 2 course, 3 as needed. */
  use?: string
  why?: string
  start?: string
  changed: string
  /** Type of 7491; E with a ReseptId, U without. */
  prescription?: string
  validUntil?: string
  dosings?: Prescribing['dosings']
  by?: Prescriber
  stopped?: { at: string; reason?: string; note?: string; by?: Prescriber }
  withChange?: boolean
}

const helseperson = ({ hpr, given, family }: Prescriber) => ({ identifier: { value: hpr, type: { code: 'HPR' } }, given, family })

function lineDraft(made: MadeLine): LineDraft {
  const { id, prescription, stopped, by = gp } = made
  return {
    id,
    type: { code: prescription === undefined ? 'U' : 'E' },
    ...(prescription === undefined ? {} : { prescriptionId: prescription }),
    ...(made.validUntil === undefined ? {} : { prescriptionValidUntil: made.validUntil }),
    lastChanged: made.changed,
    ...(made.start === undefined ? {} : { start: made.start }),
    ...(made.withChange === undefined ? {} : { withChange: made.withChange }),
    roles: [
      { role: { code: 'R' }, practitioner: helseperson(by) },
      ...(stopped ? [{ role: { code: 'S' }, practitioner: helseperson(stopped.by ?? by) }] : []),
    ],
    drug: { base64: drugOf(made) },
    ...(stopped
      ? {
          discontinuation: {
            time: stopped.at,
            ...(stopped.reason === undefined ? {} : { reason: { code: stopped.reason } }),
            ...(stopped.note === undefined ? {} : { note: stopped.note }),
          },
        }
      : {}),
  }
}

function drugOf({ name, atc, fest, form, dose, use = '1', why, dosings = [] }: MadeLine): string {
  return makeInner('ReseptDokLegemiddel', {
    body: {
      itemGroup: { code: 'L' },
      repeats: 3,
      prescribing: {
        ...(why === undefined ? {} : { applicationArea: why }),
        doseText: dose,
        use: { code: use },
        dosings,
        brand: {
          ...(atc === undefined ? {} : { atc: { code: atc } }),
          name,
          prescriptionGroup: { code: 'C' },
          ...(form === undefined ? {} : { form: { code: form[0], display: form[1] } }),
          ...(fest === undefined ? {} : { festId: fest }),
        },
      },
    },
  })
}

export interface MadeList {
  /** Identity number; without one the message names nobody. */
  patient?: string
  id: string
  time: string
  lines: readonly (MadeLine | LineDraft)[]
  from?: Sender
  note?: string
  extension?: Extended
}

export function headOf(
  { patient, id, time, from = practice }: Pick<MadeList, 'patient' | 'id' | 'time' | 'from'>,
  more: Partial<Head> = {},
): Head {
  const { name, organization, person } = from
  return {
    type: { code: 'ERM251' },
    profile: 'v2.4',
    timestamp: time,
    id,
    sender: {
      organization: {
        name,
        identifiers: [{ value: organization, type: { code: 'ENH' } }],
        ...(person
          ? { professional: { family: person.family, given: person.given, identifiers: [{ value: person.hpr, type: { code: 'HPR' } }] } }
          : {}),
      },
    },
    receiver: { organization: { name: 'Reseptformidleren', identifiers: [{ value: '965336796', type: { code: 'ENH' } }] } },
    ...(patient === undefined ? {} : { patient: { identifiers: [{ value: patient, type: { code: 'FNR' } }] } }),
    ...more,
  }
}

function isMade(line: MadeLine | LineDraft): line is MadeLine {
  return 'dose' in line
}

function draftOf({ lines, note, extension, ...head }: MadeList): MessageDraft<'M25.1'> {
  return {
    head: headOf(head),
    body: { lines: lines.map((line) => (isMade(line) ? lineDraft(line) : line)), ...(note === undefined ? {} : { note }) },
    ...(extension ? { extension } : {}),
  }
}

/** M25.1 as XML. */
export function m251(list: MadeList): string {
  return makeMessage('M25.1', draftOf(list))
}

/** M25.1 as it lies in an M9.12. */
export function innerM251(list: MadeList): string {
  return makeInner('M25.1', { ...draftOf(list), isSigned: true })
}

/** What a pharmacy proposes, packs, or lists. */
export function pharmacyList(kind: 'M25.2' | 'M25.3' | 'M25.4', { lines, note, ...head }: MadeList): string {
  const drafts = lines.map((line) => (isMade(line) ? lineDraft(line) : line))
  const bare = drafts.map(({ discontinuation: _stop, questions: _questions, ...line }) => line)
  return makeMessage(kind, { head: headOf(head), body: { lines: bare, ...(note === undefined ? {} : { note }) } } as never)
}

type Answered = NonNullable<MessageDraft<'M9.12'>['body']['patient']>

/** What Reseptformidleren answers about the lists of a person; `lists` is base64 of whole messages. */
export function m912(
  about: Omit<MadeList, 'lines'> & { patient: string },
  said: Pick<Answered, 'doctor' | 'pharmacy'>,
  lists: readonly string[],
): string {
  return makeMessage('M9.12', {
    head: headOf(about),
    body: { patient: { patient: about.patient, otherNumbers: [], ...said, lists: lists.map((base64) => ({ base64 })) } },
  })
}

/** A registration for multidose (`R`), or its end (`A`), from a day. */
export function m271(about: Omit<MadeList, 'lines'>, status: string, from: string): string {
  return makeMessage('M27.1', { head: headOf(about), body: { status: { code: status }, from } })
}
