/** Makes the request and the facts from the words of a case. What the case leaves out is as in `usual`. */

import { purposes } from '../../identity/purpose.ts'
import type { PatientKey } from '../../store/ids.ts'
import { identityNumberSystems, makeIdentityNumber } from '../../values/identity-number.ts'
import type { Area, RepresentationRow } from '../area.ts'
import type { AccessRequest, CaseOfficer, Facts } from '../request.ts'
import { attestationOf } from './attestation.ts'
import { agreementOf, choiceOf, relationOf } from './registered.ts'
import { birthDate, norwegianInstant } from './times.ts'
import { list, meaning, meanings, members, onlyKnown, text } from './unknown-word.ts'
import { type Given, type Statements, usual } from './usual.ts'
import {
  addresses,
  closeRelations,
  memberships,
  organizations,
  practitioners,
  purposeWords,
  registered,
  requests,
  roles,
  scopes,
  units,
  yesOrNo,
} from './vocabulary.ts'

const PATIENT = '1001' as PatientKey
const FORMER = '1002' as PatientKey
const STRANGER = '1003' as PatientKey
const patientNumber = makeIdentityNumber({ birthDate: '1980-05-17', offset: 65, series: 1 })
const readerNumber = makeIdentityNumber({ birthDate: '1975-03-02', offset: 65, series: 1 })

const keys: Record<string, PatientKey | undefined> = {
  'the patient': PATIENT,
  'the patient under the former number': FORMER,
  'somebody else': STRANGER,
  'not in the register': undefined,
}

/** The request and the facts of a case. Throws UnknownWord for a word that is not in the vocabulary. */
export function situationOf(given: Given): { request: AccessRequest; facts: Facts } {
  onlyKnown(given, Object.keys(usual), 'given')
  const stated: Statements = { ...usual, ...given }
  const now = new Date(norwegianInstant(text(stated.when, 'when')))
  return { request: requestOf(stated, now), facts: factsOf(stated, now.getTime()) }
}

/** The role of `a nurse`; none for a system or a citizen. */
function roleOf(stated: Statements): string | undefined {
  const by = text(stated.by, 'by')
  if (by === 'a system' || by === 'a citizen' || by === 'a case officer') return undefined
  return meaning(roles, by.replace(/^an? /, ''), 'by')
}

function requestOf(stated: Statements, now: Date): AccessRequest {
  const yes = (name: keyof Statements) => meaning(yesOrNo, stated[name], name)
  const kind = meaning(requests, stated.request, 'request')
  const role = roleOf(stated)
  const isPerson = role !== undefined || stated.by === 'a case officer'
  const direction = kind === 'citizen' || kind === 'write' ? kind : 'read'
  return {
    kind,
    caller: {
      kind: isPerson ? 'person' : stated.by === 'a system' ? 'system' : 'citizen',
      pid: stated.by === 'a system' || !yes('signed in') ? undefined : readerNumber,
      name: 'Made-up Person',
      hprNumber: role && yes('HPR number') ? (practitioners['who asks'] ?? undefined) : undefined,
      organization: yes('organisation in the token') ? organizations.own : undefined,
      organizationChild:
        stated['unit in the token'] === 'none' ? undefined : meaning(units, stated['unit in the token'], 'unit in the token'),
      supplier: stated.vendor === 'none' ? undefined : '910000005',
      multiTenant: stated.vendor !== 'none',
      client: 'test',
      scopes: stated.scopes === 'of the request' ? [`helsevev:alpha/${direction}`] : meanings(scopes, stated.scopes, 'scopes'),
      attestation: undefined,
      issuedAt: Math.floor(now.getTime() / 1000),
    },
    area: areaOf(stated),
    attestation: isPerson && stated.attestation === 'sent' ? attestationOf(stated, { now, role, readerNumber, patientNumber }) : undefined,
    consentDeclared: yes('consent declared'),
    patient:
      kind === 'control'
        ? 'nobody'
        : meaning({ number: { identityNumber: patientNumber }, id: { key: PATIENT } }, stated['found by'], 'found by'),
    now,
  }
}

/** `everything`, or a list of purposes, for each role. */
function rolesOf(value: unknown, what: string): Record<string, (typeof purposes)[number][]> {
  const entries = Object.entries(value === 'none' ? {} : members(value, what))
  return Object.fromEntries(
    entries.map(([role, open]) => [meaning(roles, role, what), open === 'everything' ? [...purposes] : meanings(purposeWords, open, what)]),
  )
}

function areaOf(stated: Statements): Area {
  const yes = (name: keyof Statements) => meaning(yesOrNo, stated[name], name)
  const representation: RepresentationRow = {
    area: '3',
    parentsOfUnder12: yes('parents of under 12'),
    parentsOf12To15: yes('parents of 12 to 15'),
    youth: yes('youth with consent') ? 'with-parental-consent' : 'never',
    guardian: yes('guardians'),
    fosterParents: yes('foster parents'),
    source: 'the case',
  }
  const names = { nb: 'Tjenesten', nn: 'Tenesta', en: 'The service' }
  return {
    id: 'alpha',
    names,
    legalBasis: [],
    readers: rolesOf(stated['service is open to'], 'service is open to'),
    representation,
    ...(yes('records state a municipal service')
      ? { contractCodes: { list: 'the list', form: /^[0-9]+$/, tokensOf: (code: string) => [`type=|${code}`] } }
      : {}),
    grounds: ['treatment'],
  }
}

function authorizationsOf(stated: Statements): string[] | undefined {
  if (stated.holds === 'not in the register') return undefined
  if (stated.holds === 'her own') return [roleOf(stated) ?? ''].filter(Boolean)
  return meanings(roles, stated.holds, 'holds')
}

/** A person who is registered as case officer, with something that a controller has opened. */
function caseOfficerOf(stated: Statements): CaseOfficer | undefined {
  const controllers = meanings(organizations, stated['opened to case officers by'], 'opened to case officers by')
  if (!meaning(yesOrNo, stated['registered as case officer'], 'registered as case officer') || controllers.length === 0) return undefined
  return { openings: controllers.map((controller) => ({ controller, purposes: ['COC'] })) }
}

function factsOf(stated: Statements, now: number): Facts {
  const yes = (name: keyof Statements) => meaning(yesOrNo, stated[name], name)
  const member = meaning(memberships, stated.organisation, 'organisation')
  const vendor = stated.vendor === 'none' ? undefined : meaning(memberships, stated.vendor, 'vendor')
  const takesPart = meanings({ producing: 'producing', consuming: 'consuming' }, stated['takes part'], 'takes part')
  const rules = rolesOf(stated['own rules about roles'], 'own rules about roles')
  const former = yes('has a former number')
  const relation = (one: Given) => relationOf(one, now)
  const citizen = meaning(keys, stated['the citizen is'], 'the citizen is')
  const close = meaning(closeRelations, stated['the reader is'], 'the reader is')
  const openedBy = meanings(organizations, stated['opened to close relations by'], 'opened to close relations by')
  return {
    organization: member === undefined ? undefined : { name: 'Own', member },
    supplier: vendor === undefined ? undefined : { name: 'Vendor', member: vendor },
    delegationWithdrawn: yes('delegation withdrawn'),
    produces: takesPart.includes('producing'),
    consumes: takesPart.includes('consuming'),
    roleRules: Object.entries(rules).map(([role, open]) => ({ role, purposes: open })),
    knownUnits: [units['home care'], units['the emergency clinic']],
    hprNumbers: yes('has another HPR number')
      ? [practitioners['who asks'] ?? '', practitioners['who asks, by another number'] ?? '']
      : [practitioners['who asks'] ?? ''],
    caseOfficer: caseOfficerOf(stated),
    authorizations: authorizationsOf(stated),
    patient: meaning(registered, stated.patient, 'patient')
      ? {
          key: PATIENT,
          linked: former ? [FORMER] : [],
          birthDate: birthDate(text(stated.born, 'born')),
          identifier: { system: identityNumberSystems.FNR, value: patientNumber },
        }
      : undefined,
    onUnitsList: yes("on the unit's list"),
    attestedPatient: meaning(keys, stated['attests patient'], 'attests patient'),
    agreements: list(stated.agreements, 'agreements').map((one) => agreementOf(one, now)),
    contributors: meanings(organizations, stated['reported by'], 'reported by'),
    choices: list(stated.choices, 'choices').map((one, index) => choiceOf(one, index, now)),
    blockedAgainstStaff: yes('blocked by the source'),
    choiceChanges: 0,
    alerts: [],
    ...(close ? { closeRelation: { kind: close, openedBy } } : {}),
    citizen: {
      key: citizen,
      birthDate: birthDate(text(citizen === STRANGER ? stated['citizen born'] : stated.born, 'citizen born')),
      addressConfidentiality: meaning(addresses, stated.address, 'address'),
      patientAddressConfidentiality: meaning(addresses, stated["patient's address"], "patient's address"),
      patientDied: yes('patient has died'),
      relations: list(stated.relations, 'relations').map(relation),
      parentalConsents: list(stated['parental consents'], 'parental consents').map((one) => ({
        ...relation({ ...one, as: 'parent' }),
        kind: 'parental-consent',
      })),
      parentAtSameAddress: yes('a parent lives with the child'),
      fosterGrant: yes('in a foster home'),
    },
  }
}
