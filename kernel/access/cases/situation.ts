/** From the words of a case to the request and the facts they stand for. Whatever is not stated is as in `usual`. */

import { purposes } from '../../identity/purpose.ts'
import type { PatientKey } from '../../store/ids.ts'
import { identityNumberSystems, makeIdentityNumber } from '../../values/identity-number.ts'
import type { Area, RepresentationRow } from '../area.ts'
import type { AccessRequest, Facts } from '../request.ts'
import { agreementOf, choiceOf, relationOf } from './registered.ts'
import { attestationOf } from './said.ts'
import { birthDate, norwegianInstant } from './times.ts'
import { list, meaning, meanings, members, onlyKnown, text } from './unknown-word.ts'
import { type Given, type Said, usual } from './usual.ts'
import {
  addresses,
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
  const said: Said = { ...usual, ...given }
  const now = new Date(norwegianInstant(text(said.when, 'when')))
  return { request: requestOf(said, now), facts: factsOf(said, now.getTime()) }
}

/** The role of `a nurse`; none for a system or a citizen. */
function roleOf(said: Said): string | undefined {
  const by = text(said.by, 'by')
  if (by === 'a system' || by === 'a citizen') return undefined
  return meaning(roles, by.replace(/^an? /, ''), 'by')
}

function requestOf(said: Said, now: Date): AccessRequest {
  const yes = (name: keyof Said) => meaning(yesOrNo, said[name], name)
  const kind = meaning(requests, said.request, 'request')
  const role = roleOf(said)
  const direction = kind === 'citizen' || kind === 'write' ? kind : 'read'
  return {
    kind,
    caller: {
      kind: role ? 'person' : said.by === 'a system' ? 'system' : 'citizen',
      pid: said.by === 'a system' || !yes('signed in') ? undefined : readerNumber,
      name: 'Made-up Person',
      hprNumber: role && yes('HPR number') ? (practitioners['who asks'] ?? undefined) : undefined,
      organization: yes('organisation in the token') ? organizations.own : undefined,
      organizationChild: said['unit in the token'] === 'none' ? undefined : meaning(units, said['unit in the token'], 'unit in the token'),
      supplier: said.vendor === 'none' ? undefined : '910000005',
      multiTenant: said.vendor !== 'none',
      client: 'test',
      scopes: said.scopes === 'of the request' ? [`helsevev:alpha/${direction}`] : meanings(scopes, said.scopes, 'scopes'),
      attestation: undefined,
      issuedAt: Math.floor(now.getTime() / 1000),
    },
    area: areaOf(said),
    attestation: role && said.attestation === 'sent' ? attestationOf(said, { now, role, readerNumber, patientNumber }) : undefined,
    consentDeclared: yes('consent declared'),
    patient:
      kind === 'control'
        ? 'nobody'
        : meaning({ number: { identityNumber: patientNumber }, id: { key: PATIENT } }, said['found by'], 'found by'),
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

function areaOf(said: Said): Area {
  const yes = (name: keyof Said) => meaning(yesOrNo, said[name], name)
  const representation: RepresentationRow = {
    area: '3',
    parentsOfUnder12: yes('parents of under 12'),
    parentsOf12To15: yes('parents of 12 to 15'),
    youth: yes('youth with consent') ? 'with-parental-consent' : 'never',
    guardian: yes('guardians'),
    fosterParents: yes('foster parents'),
  }
  const names = { nb: 'Tjenesten', nn: 'Tenesta', en: 'The service' }
  return {
    id: 'alpha',
    names,
    legalBasis: [],
    readers: rolesOf(said['service is open to'], 'service is open to'),
    representation,
    grounds: ['treatment'],
  }
}

function authorizationsOf(said: Said): string[] | undefined {
  if (said.holds === 'not in the register') return undefined
  if (said.holds === 'her own') return [roleOf(said) ?? ''].filter(Boolean)
  return meanings(roles, said.holds, 'holds')
}

function factsOf(said: Said, now: number): Facts {
  const yes = (name: keyof Said) => meaning(yesOrNo, said[name], name)
  const member = meaning(memberships, said.organisation, 'organisation')
  const vendor = said.vendor === 'none' ? undefined : meaning(memberships, said.vendor, 'vendor')
  const takesPart = meanings({ producing: 'producing', consuming: 'consuming' }, said['takes part'], 'takes part')
  const rules = rolesOf(said['own rules about roles'], 'own rules about roles')
  const former = yes('has a former number')
  const relation = (one: Given) => relationOf(one, now)
  const citizen = meaning(keys, said['the citizen is'], 'the citizen is')
  return {
    organization: member === undefined ? undefined : { name: 'Own', member },
    supplier: vendor === undefined ? undefined : { name: 'Vendor', member: vendor },
    delegationWithdrawn: yes('delegation withdrawn'),
    produces: takesPart.includes('producing'),
    consumes: takesPart.includes('consuming'),
    roleRules: Object.entries(rules).map(([role, open]) => ({ role, purposes: open })),
    knownUnits: [units['home care'], units['the emergency clinic']],
    authorizations: authorizationsOf(said),
    patient: meaning(registered, said.patient, 'patient')
      ? {
          key: PATIENT,
          linked: former ? [FORMER] : [],
          birthDate: birthDate(text(said.born, 'born')),
          identifier: { system: identityNumberSystems.FNR, value: patientNumber },
        }
      : undefined,
    attestedPatient: meaning(keys, said['attests patient'], 'attests patient'),
    agreements: list(said.agreements, 'agreements').map((one) => agreementOf(one, now)),
    contributors: meanings(organizations, said['reported by'], 'reported by'),
    choices: list(said.choices, 'choices').map((one, index) => choiceOf(one, index, now)),
    choiceChanges: 0,
    alerts: [],
    citizen: {
      key: citizen,
      birthDate: birthDate(text(citizen === STRANGER ? said['citizen born'] : said.born, 'citizen born')),
      addressConfidentiality: meaning(addresses, said.address, 'address'),
      patientAddressConfidentiality: meaning(addresses, said["patient's address"], "patient's address"),
      patientDied: yes('patient has died'),
      relations: list(said.relations, 'relations').map(relation),
      parentalConsents: list(said['parental consents'], 'parental consents').map((one) => ({
        ...relation({ ...one, as: 'parent' }),
        kind: 'parental-consent',
      })),
      parentAtSameAddress: yes('a parent lives with the child'),
      fosterGrant: yes('in a foster home'),
    },
  }
}
