/** Whether a health professional may read at all: trust framework v1.1, the register of health personnel, roles and agreements. */

import type { AccessRequest, Agreement, Facts } from '../../access/request.ts'
import type { ProblemCode } from '../../problem/catalogue.ts'

/** The first rule that refuses the request, in the order of the rules; undefined when none does. */
export function mayThePersonAsk(request: AccessRequest, facts: Facts): ProblemCode | undefined {
  const { attestation, caller, area, now, kind } = request
  if (attestation === undefined) return 'attestation-missing'
  const { practitioner, careRelation, patient, toa } = attestation

  // The attestation is complete.
  if (practitioner.identifier === undefined) return 'attestation-incomplete'
  if (practitioner.legalEntity === undefined) return 'attestation-incomplete'
  if (practitioner.pointOfCare === undefined) return 'attestation-incomplete'
  if (practitioner.authorization === undefined && facts.caseOfficer === undefined) return 'attestation-incomplete'
  if (careRelation.purposeOfUse === undefined) return 'attestation-incomplete'
  if (careRelation.healthcareService === undefined && careRelation.purposeOfUseDetails === undefined) return 'attestation-incomplete'
  if (careRelation.decisionRef === undefined) return 'attestation-incomplete'
  if (careRelation.decisionRef.userSelected === undefined) return 'attestation-incomplete'
  if (patient === undefined && kind !== 'list') return 'attestation-incomplete'
  if (toa === undefined) return 'attestation-incomplete'
  if (careRelation.purpose === undefined) return 'purpose-unknown'

  // The attestation is recent.
  if (now.getTime() > toa * 1000 + 60 * 60 * 1000) return 'attestation-has-expired'
  if (now.getTime() < toa * 1000 - 5 * 1000) return 'attestation-from-the-future'

  // The attestation is true.
  const numberOfPerson = [undefined, 'urn:oid:2.16.578.1.12.4.1.4.1', 'urn:oid:2.16.578.1.12.4.1.4.2']
  const numberOfOrganization = [undefined, 'urn:oid:2.16.578.1.12.4.1.4.101']
  if (!numberOfPerson.includes(practitioner.identifier.system)) return 'attestation-practitioner-mismatch'
  if (practitioner.identifier.id !== caller.pid) return 'attestation-practitioner-mismatch'
  if (practitioner.hprNumber !== undefined && practitioner.hprNumber.id !== caller.hprNumber) return 'attestation-practitioner-mismatch'
  if (!numberOfOrganization.includes(practitioner.legalEntity.system)) return 'attestation-legal-entity-mismatch'
  if (practitioner.legalEntity.id !== caller.organization) return 'attestation-legal-entity-mismatch'
  const role = practitioner.authorization?.code ?? ''
  if (practitioner.authorization !== undefined) {
    if (facts.authorizations === undefined || facts.authorizations.length === 0) return 'authorization-not-held'
    if (![undefined, 'urn:oid:2.16.578.1.12.4.1.1.9060'].includes(practitioner.authorization.system)) return 'authorization-not-held'
    if (!facts.authorizations.includes(role)) return 'authorization-not-held'
  }
  const place = practitioner.pointOfCare.id
  if (!numberOfOrganization.includes(practitioner.pointOfCare.system)) return 'point-of-care-unknown'
  if (place !== practitioner.legalEntity.id && !facts.knownUnits.includes(place)) return 'point-of-care-unknown'

  // In an emergency, the practitioner has decided in person and gives a reason.
  if (kind === 'list') {
    if (careRelation.purpose === 'BTG' || request.consentDeclared) return 'override-of-one-patient'
  } else if (careRelation.purpose === 'BTG') {
    if (!isAReason(careRelation.decisionRef.description ?? '')) return 'emergency-reason-required'
    if (careRelation.decisionRef.userSelected !== true) return 'emergency-reason-required'
  }
  if (kind === 'identify') return undefined

  // A case officer coordinates what was opened to case officers, and writes for the own organisation alone.
  if (facts.caseOfficer !== undefined) {
    if (request.consentDeclared) return 'role-not-open'
    const opened = facts.caseOfficer.openings.filter((one) => one.purposes.some((purpose) => purpose === careRelation.purpose))
    if (kind === 'write') return opened.some((one) => one.controller === caller.organization) ? undefined : 'role-not-open'
    if (opened.length === 0) return 'role-not-open'
    return whetherAnythingIsShared(request, facts)
  }

  // The role.
  const purposesOfRole: readonly string[] = area.readers[role] ?? []
  if (!purposesOfRole.includes(careRelation.purpose)) return 'role-not-open'
  if (facts.roleRules.length > 0) {
    const own = facts.roleRules.filter((rule) => rule.role === role).flatMap((rule) => rule.purposes)
    if (!own.includes(careRelation.purpose)) return 'role-not-open'
  }

  return kind === 'write' ? undefined : whetherAnythingIsShared(request, facts)
}

/** The agreement, or the organisation's own records. */
function whetherAnythingIsShared(request: AccessRequest, facts: Facts): ProblemCode | undefined {
  if (facts.produces) return undefined
  return whyOwnAlone(request, facts) === undefined ? undefined : 'no-agreement'
}

/** Ten letters that say something: invisible ones do not count, the third of a row of equal ones neither, and five are different. */
function isAReason(description: string): boolean {
  const counted: string[] = []
  let before = ''
  let row = 0
  for (const sign of description.normalize('NFKC').toLowerCase()) {
    if (!/\p{L}/u.test(sign) || /\p{Default_Ignorable_Code_Point}/u.test(sign)) continue
    row = sign === before ? row + 1 : 1
    before = sign
    if (row <= 2) counted.push(sign)
  }
  return counted.length >= 10 && new Set(counted).size >= 5
}

/** Signed by both, begun and neither run out, ended nor closed, for some purpose and any patient. */
export function stands(agreement: Agreement, now: Date): boolean {
  return whatIsWrong(agreement, now) === undefined && agreement.purposes.length > 0
}

function whatIsWrong(agreement: Agreement, now: Date): string | undefined {
  const time = now.getTime()
  if (agreement.ended !== null && agreement.ended <= time) return 'ended'
  if (agreement.controllerSigned === null || agreement.controllerSigned > time) return 'pending'
  if (agreement.receiverSigned === null || agreement.receiverSigned > time) return 'pending'
  if (agreement.validFrom > time) return 'not-begun'
  if (agreement.validUntil !== null && agreement.validUntil <= time) return 'expired'
  if (agreement.closed) return 'closed'
  return undefined
}

/** Why nothing of others is read, from what is least in the way to what is most; undefined when something may be read. */
export function whyOwnAlone(request: AccessRequest, facts: Facts): string | undefined {
  if (!facts.consumes) return 'not-consuming'
  const purpose = request.attestation?.careRelation.purpose ?? ''
  const openNow = facts.agreements.filter((agreement) => opens(agreement, request, facts))
  for (const { controller } of openNow) {
    if (facts.caseOfficer === undefined) return undefined
    for (const opening of facts.caseOfficer.openings)
      if (opening.controller === controller && opening.purposes.some((one) => one === purpose)) return undefined
  }
  if (openNow.length > 0) return 'not-for-case-officers'
  const { caller, attestation } = request
  const askingUnits = [attestation?.practitioner.pointOfCare?.id, caller.organizationChild].filter(
    (unit) => unit !== undefined && (unit === caller.organization || facts.knownUnits.includes(unit)),
  )
  const obstacles = facts.agreements.map((agreement) => {
    const wrong = whatIsWrong(agreement, request.now)
    if (wrong !== undefined) return wrong
    if (!agreement.purposes.includes(purpose)) return 'other-purpose'
    const ofContract = agreement.units.length === 0 || askingUnits.some((unit) => unit !== undefined && agreement.units.includes(unit))
    return ofContract ? 'not-delivering' : 'other-unit'
  })
  const nearness = ['not-delivering', 'other-unit', 'other-purpose', 'closed', 'ended', 'expired', 'not-begun', 'pending']
  return nearness.find((obstacle) => obstacles.includes(obstacle)) ?? 'none'
}

/** Whether an agreement lets this professional see the controller's records, now and for this purpose. */
export function opens(agreement: Agreement, { attestation, caller, now }: AccessRequest, { knownUnits }: Facts): boolean {
  const time = now.getTime()
  if (agreement.controllerSigned === null || agreement.controllerSigned > time) return false
  if (agreement.receiverSigned === null || agreement.receiverSigned > time) return false
  if (agreement.validFrom > time) return false
  if (agreement.validUntil !== null && agreement.validUntil <= time) return false
  if (agreement.ended !== null && agreement.ended <= time) return false
  if (agreement.closed) return false
  const purpose = attestation?.careRelation.purpose
  if (purpose === undefined || !agreement.purposes.includes(purpose)) return false
  if (agreement.receiverType !== 'private-provider') return true
  for (const unit of [attestation?.practitioner.pointOfCare?.id, caller.organizationChild]) {
    if (unit === undefined) continue
    if (unit !== caller.organization && !knownUnits.some((known) => known === unit)) continue
    const inTheContract = agreement.units.length === 0 || agreement.units.includes(unit)
    const deliversToThePatient = agreement.delivers.includes(unit) || agreement.delivers.includes('')
    if (inTheContract && deliversToThePatient) return true
  }
  return false
}
