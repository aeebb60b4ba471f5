/**
 * The rules of access a second time, for the tests only. They are written from the documents of the domain and not from the pipeline, one
 * plain question after another, and share no code with it. agreement-of-two.test.ts compares the two.
 */

import type { Answer, Seen } from '../../access/cases/answer.ts'
import type { AccessRequest, Facts } from '../../access/request.ts'
import type { ProblemCode } from '../../problem/catalogue.ts'
import { whatTheCitizenSees } from './citizen.ts'
import { asACloseRelation } from './close-relation.ts'
import { mayThePersonAsk, stands } from './person.ts'
import { holds, isThePerson, mayNotOverride, whatThePersonSees } from './reading.ts'

/** The answer of the rules to a request, given the facts. */
export function oracle(request: AccessRequest, facts: Facts): Answer {
  const refused = whoAsks(request, facts) ?? mayTheOrganisationAsk(request, facts) ?? hasTheScope(request)
  if (refused) return { refused }

  if (request.kind === 'control') return ownRecords(request, [], 'control')
  if (request.kind === 'citizen') return isThePatientKnown(request, facts) ?? whatTheCitizenSees(request, facts)
  if (request.kind === 'write') {
    const unproven = request.caller.kind === 'person' ? mayThePersonAsk(request, facts) : undefined
    if (unproven) return { refused: unproven }
    if (!facts.produces) return { refused: 'not-producing' }
    if (request.caller.kind === 'person' && !isTheAttestationForThePatient(request, facts))
      return { refused: 'attestation-for-another-patient' }
    return isThePatientKnown(request, facts) ?? { ...ownRecords(request, facts.contributors, 'own-data'), ...toldOfOptOut(request, facts) }
  }
  if (request.caller.kind === 'system') {
    // A system hears of its own organisation alone; one that neither sends nor shares has nothing to do here.
    if (!facts.produces && !(facts.consumes && facts.agreements.some((one) => stands(one, request.now)))) return { refused: 'no-agreement' }
    const unknown = isThePatientKnown(request, facts)
    if (unknown) return unknown
    const own = { ...ownRecords(request, facts.contributors, 'own-data'), ownOnly: 'system' }
    return facts.produces ? own : { ...own, controllers: new Set(), visibleContributors: new Set() }
  }

  const refusedPerson = mayThePersonAsk(request, facts)
  if (refusedPerson) return { refused: refusedPerson }
  if (!isTheAttestationForThePatient(request, facts)) return { refused: 'attestation-for-another-patient' }
  // A list is of those on the list of the unit, or of the one who is attested.
  if (request.kind === 'list' && facts.onUnitsList !== true && request.attestation?.patient === undefined)
    return { refused: 'not-on-your-list' }
  const unknown = isThePatientKnown(request, facts)
  if (unknown) return unknown
  if (mayNotOverride(request, facts)) return { refused: 'blocked-by-patient' }
  return asACloseRelation(request, facts, whatThePersonSees(request, facts))
}

function whoAsks({ caller, kind }: AccessRequest, { caseOfficer }: Facts): ProblemCode | undefined {
  if (caller.organization === undefined) return 'organisation-missing'
  if (caller.kind === 'citizen') {
    if (kind !== 'citizen') return 'access-denied'
    if (caller.pid === undefined) return 'person-login-required'
    return undefined
  }
  if (kind === 'citizen') return 'access-denied'
  if (caller.kind === 'system') return kind === 'identify' ? 'person-login-required' : undefined
  if (kind === 'control') return 'access-denied'
  if (kind === 'read' || kind === 'search' || kind === 'list' || kind === 'identify' || kind === 'write') {
    if (caller.pid === undefined) return 'person-login-required'
    if (caller.hprNumber === undefined && (caseOfficer === undefined || kind === 'list')) return 'health-personnel-required'
  }
  return undefined
}

function mayTheOrganisationAsk({ caller }: AccessRequest, facts: Facts): ProblemCode | undefined {
  if (facts.organization === undefined || !facts.organization.member) return 'organisation-not-member'
  if (caller.multiTenant && (facts.supplier === undefined || !facts.supplier.member)) return 'supplier-not-member'
  if (caller.supplier !== undefined && facts.delegationWithdrawn === true) return 'delegation-withdrawn'
  return undefined
}

function hasTheScope({ caller, kind, area }: AccessRequest): ProblemCode | undefined {
  let direction = 'read'
  if (kind === 'write') direction = 'write'
  if (kind === 'citizen') direction = 'citizen'
  return caller.scopes.includes(`helsevev:${area.id}/${direction}`) ? undefined : 'insufficient-scope'
}

/** An id that no person has is answered like the id of another patient, so that guessed ids reveal nothing. */
function isTheAttestationForThePatient({ kind, attestation, patient }: AccessRequest, facts: Facts): boolean {
  // A request for a list need not name a patient.
  if (kind === 'list' && attestation?.patient === undefined) return true
  if (facts.patient === undefined) {
    return typeof patient === 'object' && 'identityNumber' in patient && patient.identityNumber === attestation?.patient?.identifier.id
  }
  return facts.attestedPatient === facts.patient.key || facts.patient.linked.some((key) => key === facts.attestedPatient)
}

/**
 * A number that no person has is reported as such, but not to a citizen who asks about another person; an id that leads to no person is not
 * found.
 */
function isThePatientKnown({ caller, patient }: AccessRequest, facts: Facts): { refused: ProblemCode } | undefined {
  if (facts.patient !== undefined) return undefined
  if (typeof patient === 'object' && 'identityNumber' in patient && caller.kind === 'citizen' && patient.identityNumber !== caller.pid)
    return { refused: 'representation-missing' }
  if (typeof patient === 'object' && 'identityNumber' in patient) return { refused: 'person-unknown' }
  return { refused: 'not-found' }
}

/** A person who writes hears what a look-up would state: that nobody is shown the record as long as the patient has opted out. */
function toldOfOptOut(request: AccessRequest, facts: Facts): { shownToNobody?: true } {
  if (request.caller.kind === 'system' || facts.closeRelation !== undefined) return {}
  let told = false
  for (const choice of facts.choices) {
    if (!holds(choice, request)) continue
    if (choice.kind === 'opt-out') told = true
    const forAll = choice.controller === null && choice.record === null
    const here = choice.receiver === null || choice.receiver === request.caller.organization
    if (choice.kind === 'block' && forAll && here && isThePerson(choice.practitioner, request, facts)) return {}
  }
  return told ? { shownToNobody: true } : {}
}

function ownRecords({ caller }: AccessRequest, contributors: string[], basis: 'own-data' | 'control'): Seen {
  const own = caller.organization ?? ''
  return {
    controllers: new Set([own]),
    opened: new Set(),
    withholdings: new Set(),
    hiddenReleaseCodes: new Set(),
    releasedOnly: false,
    visibleContributors: new Set(contributors.includes(own) ? [own] : []),
    withheld: false,
    ownOnly: undefined,
    basis,
    purpose: undefined,
    lifted: undefined,
    overridden: new Set(),
  }
}
