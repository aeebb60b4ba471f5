/** Agreements, choices of the patient and relations between people, as a case describes them. */
import { purposes } from '../../identity/purpose.ts'
import type { PatientKey, RecordId } from '../../store/ids.ts'
import type { Agreement, Choice, Relation } from '../request.ts'
import { instant, instantOrNever } from './times.ts'
import { meaning, meanings, onlyKnown, text } from './unknown-word.ts'
import type { Given } from './usual.ts'
import {
  areas,
  choiceKinds,
  municipalServices,
  organizations,
  practitioners,
  purposeWords,
  relationKinds,
  services,
  units,
  yesOrNo,
} from './vocabulary.ts'

const LONG_AGO = '2025-01-01'

const agreement = {
  with: 'the hospital',
  received: 'by the organisation',
  for: 'everything',
  from: LONG_AGO,
  until: 'never',
  'signed by the controller': LONG_AGO,
  'signed by the receiver': LONG_AGO,
  ended: 'never',
  closed: 'no',
  units: 'none',
  'delivers from': 'none',
  'municipal services': 'none',
  opens: 'none',
}

const receivers: Record<string, Agreement['receiverType']> = {
  'by the organisation': 'organization',
  'by a group it is in': 'group',
  'as a private provider': 'private-provider',
}

/** The agreement that a case describes; `with` is the data controller. */
export function agreementOf(given: Given, now: number): Agreement {
  onlyKnown(given, Object.keys(agreement), 'agreements')
  const stated: Record<keyof typeof agreement, unknown> = { ...agreement, ...given }
  const time = (name: keyof typeof agreement) => instantOrNever(text(stated[name], name), now)
  return {
    controller: meaning(organizations, stated.with, 'with'),
    receiverType: meaning(receivers, stated.received, 'received'),
    units: meanings(units, stated.units, 'units'),
    serviceCodes: meanings(municipalServices, stated['municipal services'], 'municipal services'),
    purposes: stated.for === 'everything' ? [...purposes] : meanings(purposeWords, stated.for, 'for'),
    sensitiveCodes: meanings({ psychiatry: 'psychiatry', 'substance use': 'substance use' }, stated.opens, 'opens'),
    validFrom: instant(text(stated.from, 'from'), now),
    validUntil: time('until'),
    controllerSigned: time('signed by the controller'),
    receiverSigned: time('signed by the receiver'),
    ended: time('ended'),
    closed: meaning(yesOrNo, stated.closed, 'closed'),
    delivers: meanings(units, stated['delivers from'], 'delivers from'),
  }
}

const choice = {
  choice: 'restriction',
  service: 'this service',
  of: 'everybody',
  record: 'all',
  organisation: 'every organisation',
  practitioner: 'everybody',
  'made by': 'the patient',
  from: LONG_AGO,
  until: 'never',
}

const makers: Record<string, Pick<Choice, 'madeAs' | 'maker'>> = {
  'the patient': { madeAs: 'self', maker: '1001' as PatientKey },
  'one parent': { madeAs: 'representative', maker: '2001' as PatientKey },
  'the other parent': { madeAs: 'representative', maker: '2002' as PatientKey },
  staff: { madeAs: 'staff', maker: '2003' as PatientKey },
}

/**
 * The choice that a case describes; `of` is the controller of the records, `organisation` and `practitioner` are who the choice is about.
 */
export function choiceOf(given: Given, index: number, now: number): Choice {
  onlyKnown(given, Object.keys(choice), 'choices')
  const stated: Record<keyof typeof choice, unknown> = { ...choice, ...given }
  return {
    id: String(index + 1),
    kind: meaning(choiceKinds, stated.choice, 'choice'),
    service: meaning(services, stated.service, 'service'),
    controller: meaning({ ...organizations, everybody: null }, stated.of, 'of'),
    receiver: meaning({ ...organizations, 'every organisation': null }, stated.organisation, 'organisation'),
    practitioner: meaning(practitioners, stated.practitioner, 'practitioner'),
    record: meaning({ all: null, 'record 1': '1' as RecordId, 'record 2': '2' as RecordId }, stated.record, 'record'),
    validFrom: instant(text(stated.from, 'from'), now),
    validUntil: instantOrNever(text(stated.until, 'until'), now),
    ...meaning(makers, stated['made by'], 'made by'),
  }
}

const relation = { as: 'parent', in: 'none', from: LONG_AGO, until: 'never', ended: 'never' }

/** The relation that a case describes; `in` is the service areas of a power of attorney, or the scope of a guardian. */
export function relationOf(given: Given, now: number): Relation {
  onlyKnown(given, Object.keys(relation), 'relations')
  const stated: Record<keyof typeof relation, unknown> = { ...relation, ...given }
  return {
    kind: meaning(relationKinds, stated.as, 'as'),
    areas: meanings(areas, stated.in, 'in'),
    validFrom: instant(text(stated.from, 'from'), now),
    validUntil: instantOrNever(text(stated.until, 'until'), now),
    ended: instantOrNever(text(stated.ended, 'ended'), now),
  }
}
