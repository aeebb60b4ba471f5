/** Makes the request and the facts from named choices. All persons and numbers are made up. */

import type { Area } from '../../access/area.ts'
import type { AccessRequest, Agreement, Choice, Facts, Relation } from '../../access/request.ts'
import type { Attestation, Identified } from '../../identity/attestation.ts'
import { type Purpose, purposes } from '../../identity/purpose.ts'
import type { PatientKey, RecordId } from '../../store/ids.ts'
import { identityNumberSystems, makeIdentityNumber } from '../../values/identity-number.ts'
import { dayInNorway } from '../../values/norwegian-day.ts'
import type { Drawn } from './combinations.ts'

export interface Combination {
  request: AccessRequest
  facts: Facts
}

const OWN = '910000001'
const organizations: Record<string, string> = { own: OWN, east: '910000002', west: '910000003', another: '910000004' }
const units: Record<string, string> = { '': '', own: OWN, north: '910000011', south: '910000012', elsewhere: '910000099' }
const ORGANISATION_NUMBER = 'urn:oid:2.16.578.1.12.4.1.4.101'
const RESH = 'urn:oid:2.16.578.1.12.4.1.4.102'
const HPR = 'urn:oid:2.16.578.1.12.4.1.4.4'
const READER = '7000001'
const PATIENT = '1001' as PatientKey
const LINKED = '1002' as PatientKey
const STRANGER = '1003' as PatientKey

const someone = makeIdentityNumber({ birthDate: '1980-05-17', offset: 65, series: 1 })
const someoneElse = makeIdentityNumber({ birthDate: '1980-05-17', offset: 65, series: 2 })
const patientNumber = makeIdentityNumber({ birthDate: '1986-01-15', offset: 65, series: 1 })

const times: Record<Drawn['now'], string> = {
  'a winter morning': '2026-01-15T10:00:00.000Z',
  'a winter morning and a millisecond': '2026-01-15T10:00:00.001Z',
  'the millisecond before midnight': '2026-02-27T22:59:59.999Z',
  'midnight on 28 February': '2026-02-27T23:00:00.000Z',
  'midnight on 29 February': '2028-02-28T23:00:00.000Z',
  'midnight in summer': '2026-06-30T22:00:00.000Z',
  'when summer time begins': '2026-03-29T01:00:00.000Z',
}

const all: readonly Purpose[] = purposes
const readers: Record<Drawn['readers'], Area['readers']> = {
  'doctors for all': { LE: all, SP: ['TREAT'] },
  'nurses for all': { SP: all },
  'doctors for treatment alone': { LE: ['TREAT'] },
  nobody: {},
}

export function combine(drawn: Drawn): Combination {
  const now = new Date(times[drawn.now])
  return { request: requestFrom(drawn, now), facts: factsFrom(drawn, now) }
}

function requestFrom(drawn: Drawn, now: Date): AccessRequest {
  const usual = drawn.kind === 'citizen' ? 'citizen' : 'person'
  const direction = drawn.kind === 'citizen' || drawn.kind === 'write' ? drawn.kind : 'read'
  const scopes: Record<Drawn['scope'], string[]> = {
    'of the request': ['helsevev:other/read', `helsevev:alpha/${direction}`],
    'another direction': ['read', 'write', 'citizen'].filter((one) => one !== direction).map((one) => `helsevev:alpha/${one}`),
    'another service': [`helsevev:other/${direction}`],
    none: [],
  }
  const byNumber = drawn.named === 'by number'
  return {
    kind: drawn.kind,
    caller: {
      kind: drawn.caller === 'of its kind' ? usual : drawn.caller,
      pid: drawn.loggedIn === 'without' ? undefined : someone,
      name: 'Made-up Person',
      hprNumber: drawn.hpr === 'none' ? undefined : READER,
      organization: drawn.organization === 'none' ? undefined : OWN,
      organizationChild: drawn.child === 'none' ? undefined : units[drawn.child],
      supplier: drawn.supplier === 'none' ? undefined : organizations['another'],
      multiTenant: drawn.supplier !== 'none',
      client: 'test',
      scopes: scopes[drawn.scope],
      attestation: undefined,
      issuedAt: Math.floor(now.getTime() / 1000),
    },
    area: areaFrom(drawn),
    attestation: drawn.attested === 'no' ? undefined : attestationFrom(drawn, now),
    consentDeclared: drawn.consentDeclared,
    patient: drawn.kind === 'control' ? 'nobody' : byNumber ? { identityNumber: patientNumber } : { key: PATIENT },
    now,
  }
}

/** Records state a municipal service in a token. */
const contractCodes = { list: 'the list', form: /^[0-9]$/, tokensOf: (code: string) => [`type=urn:a|${code}`, `type=urn:b|${code}`] }

function areaFrom(drawn: Drawn): Area {
  return {
    id: 'alpha',
    names: { nb: 'Alfa', nn: 'Alfa', en: 'Alpha' },
    legalBasis: [],
    readers: readers[drawn.readers],
    representation: {
      area: '3',
      parentsOfUnder12: drawn.parentsUnder12,
      parentsOf12To15: drawn.parents12To15,
      youth: drawn.youth,
      guardian: drawn.guardian,
      fosterParents: drawn.fosterParents,
      source: 'drawn',
    },
    ...(drawn.statesServices ? { contractCodes } : {}),
    grounds: [],
  }
}

const roles: Record<Drawn['authorization'], string> = { doctor: 'LE', nurse: 'SP', unknown: 'XX' }
/** Ages in seconds, since the time of an attestation is in whole seconds. */
const ages: Record<Drawn['age'], number> = {
  fresh: 10,
  '59:59': 3599,
  '60:00': 3600,
  '60:01': 3601,
  '5 s ahead': -5,
  '6 s ahead': -6,
  '1 day': 86_400,
}
const places: Record<Drawn['place'], Identified> = {
  'legal entity': identified(OWN, ORGANISATION_NUMBER),
  'legal entity with another system': identified(OWN, RESH),
  north: identified('910000011', ORGANISATION_NUMBER),
  south: identified('910000012', ORGANISATION_NUMBER),
  department: identified('100200', RESH),
  elsewhere: identified('910000099', ORGANISATION_NUMBER),
}

function attestationFrom(drawn: Drawn, now: Date): Attestation {
  const unless = <Value>(part: Drawn['lacking'], value: Value) => (drawn.lacking === part ? undefined : value)
  const coded = (code: string) => ({ code, system: undefined, text: undefined })
  return {
    toa: unless('time', Math.floor(now.getTime() / 1000) - ages[drawn.age]),
    practitioner: {
      identifier: unless('identifier', identified(drawn.attestedPerson === 'another' ? someoneElse : someone, identityNumberSystems.FNR)),
      hprNumber: drawn.attestedHpr === 'absent' ? undefined : identified(drawn.attestedHpr === 'own' ? READER : '7000009', HPR),
      authorization: unless('authorization', coded(roles[drawn.authorization])),
      legalEntity: unless('legal entity', identified(drawn.attestedEntity === 'own' ? OWN : '910000002', ORGANISATION_NUMBER)),
      pointOfCare: unless('point of care', places[drawn.place]),
      department: undefined,
    },
    careRelation: {
      healthcareService: unless('service', drawn.details === 'details' ? undefined : coded('KX17')),
      purposeOfUse: unless('purpose', coded(drawn.purpose === 'unknown' ? 'HRESCH' : drawn.purpose)),
      purpose: drawn.lacking === 'purpose' || drawn.purpose === 'unknown' ? undefined : drawn.purpose,
      purposeOfUseDetails: unless('service', drawn.details === 'service' ? undefined : coded('BEHANDLER')),
      decisionRef: unless('decision', {
        id: 'decision-1',
        description: drawn.reason === 'none' ? undefined : drawn.reason,
        userSelected: drawn.selected,
      }),
    },
    patient:
      drawn.kind === 'list' && !drawn.namesPatient
        ? undefined
        : unless('patient', {
            identifier: identified(drawn.attestedFor === 'the patient' ? patientNumber : someoneElse, identityNumberSystems.FNR),
            pointOfCare: undefined,
            department: undefined,
          }),
    unknownMembers: [],
  }
}

function identified(id: string, system: string): Identified {
  return { id, system, name: undefined }
}

const authorizations: Record<Drawn['holds'], string[] | undefined> = {
  doctor: ['LE'],
  'doctor and nurse': ['LE', 'SP'],
  nurse: ['SP'],
  nothing: [],
  'not in the register': undefined,
}
const roleRules: Record<Drawn['roleRules'], Facts['roleRules']> = {
  none: [],
  'doctors for treatment': [{ role: 'LE', purposes: ['TREAT'] }],
  'doctors for all': [{ role: 'LE', purposes: [...all] }],
  'nurses for all': [{ role: 'SP', purposes: [...all] }],
}
const attestedFor: Record<Drawn['attestedFor'], PatientKey | undefined> = {
  'the patient': PATIENT,
  'the linked number': LINKED,
  another: STRANGER,
  nobody: undefined,
}
const citizens: Record<Drawn['citizen'], PatientKey | undefined> = {
  another: STRANGER,
  'the patient': PATIENT,
  'the linked number': LINKED,
  'not in the register': undefined,
  unread: undefined,
}

const opening = (name: string) => ({ controller: organizations[name] ?? '', purposes: ['COC'] })
const caseOfficers: Record<Drawn['caseOfficer'], Facts['caseOfficer']> = {
  no: undefined,
  'opened by own': { openings: [opening('own')] },
  'opened by east': { openings: [opening('east')] },
  'opened by all': { openings: [opening('own'), opening('east'), opening('west')] },
  'opened in other services': { openings: [] },
}

function factsFrom(drawn: Drawn, now: Date): Facts {
  const at = now.getTime()
  const supplier =
    drawn.supplier === 'none' || drawn.supplier === 'not in the register'
      ? undefined
      : { name: 'Vendor', member: drawn.supplier === 'member' }
  return {
    organization: drawn.membership === 'not in the register' ? undefined : { name: 'Own', member: drawn.membership === 'member' },
    supplier,
    delegationWithdrawn: drawn.delegation === 'withdrawn',
    produces: drawn.produces,
    consumes: drawn.consumes,
    roleRules: roleRules[drawn.roleRules],
    knownUnits: ['910000011', '910000012'],
    hprNumbers: drawn.otherNumbers === 'none' ? [READER] : [READER, '7000009'],
    caseOfficer: drawn.hpr === 'none' ? caseOfficers[drawn.caseOfficer] : undefined,
    authorizations: authorizations[drawn.holds],
    patient:
      drawn.patient === 'not registered'
        ? undefined
        : {
            key: PATIENT,
            linked: drawn.linked ? [LINKED] : [],
            birthDate: bornOn(drawn.bornYearsAgo, drawn.bornDay, now),
            identifier: { system: identityNumberSystems.FNR, value: patientNumber },
          },
    onUnitsList: drawn.listed,
    attestedPatient: attestedFor[drawn.attestedFor],
    agreements: drawn.agreements.map((one) => agreementFrom(one, at)),
    contributors: drawn.contributors.map(numberOf),
    silentContributors: drawn.silent === 'nobody' ? [] : [numberOf(drawn.silent)],
    blockedAgainstStaff: drawn.blockedByTheSource,
    choices: [...drawn.choices.map((one, index) => choiceFrom(one, index, at)), ...(drawn.blocked ? [blockOfAll(at)] : [])],
    choiceChanges: drawn.choices.length,
    alerts: [],
    ...(drawn.closeRelation === 'none'
      ? {}
      : { closeRelation: { kind: drawn.closeRelation, openedBy: drawn.relationOpenedBy.map(numberOf) } }),
    citizen:
      drawn.citizen === 'unread'
        ? undefined
        : {
            key: citizens[drawn.citizen],
            birthDate: bornOn(drawn.citizenYearsAgo, drawn.citizenBornDay, now),
            addressConfidentiality: drawn.address,
            patientAddressConfidentiality: drawn.patientAddress,
            patientDied: drawn.died,
            relations: drawn.relations.map((one) => relationFrom(one, at)),
            parentalConsents: drawn.parentalConsents.map((one) => ({ ...relationFrom(one, at), kind: 'parental-consent' })),
            parentAtSameAddress: drawn.sameAddress,
            fosterGrant: drawn.fosterGrant,
          },
  }
}

function numberOf(name: string): string {
  return organizations[name] ?? name
}

function after(at: number, offset: number | null): number | null {
  return offset === null ? null : at + offset
}

const agreedPurposes: Record<Drawn['agreements'][number]['purposes'], string[]> = {
  all: [...all],
  TREAT: ['TREAT'],
  'all but BTG': ['TREAT', 'ETREAT', 'COC'],
  COC: ['COC'],
  none: [],
}

function agreementFrom(drawn: Drawn['agreements'][number], at: number): Agreement {
  return {
    controller: numberOf(drawn.controller),
    receiverType: drawn.receiverType,
    units: drawn.units.map((unit) => units[unit] ?? unit),
    purposes: agreedPurposes[drawn.purposes],
    sensitiveCodes: drawn.sensitiveCodes,
    validFrom: at + drawn.validFrom,
    validUntil: after(at, drawn.validUntil),
    controllerSigned: after(at, drawn.controllerSigned),
    receiverSigned: after(at, drawn.receiverSigned),
    ended: after(at, drawn.ended),
    closed: drawn.closed,
    serviceCodes: drawn.serviceCodes,
    delivers: drawn.delivers.map((unit) => units[unit] ?? unit),
  }
}

function blockOfAll(at: number): Choice {
  const everything = { service: null, controller: null, receiver: null, record: null }
  return { id: '9', kind: 'block', ...everything, practitioner: READER, validFrom: at - 86_400_000, validUntil: null }
}

/** Parts that a kind of choice cannot have are left out, as the table of choices demands. */
function choiceFrom(drawn: Drawn['choices'][number], index: number, at: number): Choice {
  const isOptOut = drawn.kind === 'opt-out'
  const practitioner = drawn.practitioner === 'reader' ? READER : drawn.practitioner === null ? null : '7000009'
  return {
    id: String(index + 1),
    kind: drawn.kind,
    service: drawn.service === 'all' && !isOptOut ? null : drawn.service === 'another' ? 'other' : 'alpha',
    controller: isOptOut || drawn.controller === null ? null : numberOf(drawn.controller),
    receiver: isOptOut || drawn.receiver === null ? null : numberOf(drawn.receiver),
    practitioner: drawn.kind === 'block' ? (practitioner ?? READER) : drawn.kind === 'consent' ? practitioner : null,
    record: isOptOut ? null : (drawn.record as RecordId | null),
    validFrom: at + drawn.validFrom,
    validUntil: after(at, drawn.validUntil),
    ...makers[drawn.made],
  }
}

const makers: Record<Drawn['choices'][number]['made'], Pick<Choice, 'madeAs' | 'maker'>> = {
  'by the patient': { madeAs: 'self', maker: PATIENT },
  'by a parent': { madeAs: 'representative', maker: '2001' as PatientKey },
  'by the other parent': { madeAs: 'representative', maker: '2002' as PatientKey },
  'by staff': { madeAs: 'staff', maker: '2003' as PatientKey },
}

const areas: Record<Drawn['relations'][number]['areas'], string[]> = {
  covering: ['3', 'PersonalInterests'],
  'not covering': ['4', 'ImmigrationPersonalAndFinancialInterests'],
  none: [],
  'guardian of finances': ['FinancialInterests'],
  'guardian of person': ['PersonalInterests'],
  'guardian of all': ['PersonalAndFinancialInterests'],
}

function relationFrom(drawn: Drawn['relations'][number], at: number): Relation {
  return {
    kind: drawn.kind,
    areas: areas[drawn.areas],
    validFrom: at + drawn.validFrom,
    validUntil: after(at, drawn.validUntil),
    ended: after(at, drawn.ended),
  }
}

const dayShift: Record<string, number> = { today: 0, tomorrow: 86_400_000, yesterday: -86_400_000 }

/** A birth date such that the person turns this many years on that day, on the calendar of Norway. */
function bornOn(years: number | 'unknown', day: Drawn['bornDay'], now: Date): string | undefined {
  if (years === 'unknown') return undefined
  const turns = dayInNorway(new Date(now.getTime() + (dayShift[day] ?? 0)))
  const year = Number(turns.slice(0, 4)) - years
  if (day === 'leap day') return `${year - (year % 4)}-02-29`
  if (day === 'first of March') return `${year}-03-01`
  return `${year}-${turns.slice(5) === '02-29' && year % 4 !== 0 ? '02-28' : turns.slice(5)}`
}
