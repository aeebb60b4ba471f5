import { ORGANIZATION_SYSTEM } from '../../codes/systems.ts'
import { problem } from '../../problem/problem.ts'
import { identityNumberSystems } from '../../values/identity-number.ts'
import type { Step } from '../step.ts'

/**
 * The practitioner of the attestation is the person who signed in, for the organisation of the token, at one of its units, under an
 * authorisation that the register of health personnel knows now (ATT-10, 11, 13, 19, 32).
 */
export const checkPractitioner: Step = ({ caller, attestation }, { authorizations, knownUnits, caseOfficer }) => {
  if (caller.kind === 'system' || !attestation) return undefined
  const { identifier, hprNumber, authorization, legalEntity, pointOfCare } = attestation.practitioner
  if (!of(systems.person, identifier?.system) || identifier?.id !== caller.pid)
    return problem('attestation-practitioner-mismatch', undefined, at('identifier'))
  if (hprNumber && hprNumber.id !== caller.hprNumber) return problem('attestation-practitioner-mismatch', undefined, at('hpr_nr'))
  if (!of(systems.organization, legalEntity?.system) || legalEntity?.id !== caller.organization)
    return problem('attestation-legal-entity-mismatch', undefined, at('legal_entity'))
  const actsWithoutOne = caseOfficer !== undefined && authorization === undefined
  const holds = of(systems.authorization, authorization?.system) && authorizations?.includes(authorization?.code ?? '')
  if (!actsWithoutOne && !holds) return problem('authorization-not-held', undefined, at('authorization'))
  const unit = pointOfCare?.id ?? ''
  if (!of(systems.organization, pointOfCare?.system) || (unit !== caller.organization && !knownUnits.includes(unit)))
    return problem('point-of-care-unknown', undefined, at('point_of_care'))
  return undefined
}

/** The same digits in another system mean something else. */
const systems = {
  person: [identityNumberSystems.FNR, identityNumberSystems.DNR],
  organization: [ORGANIZATION_SYSTEM],
  authorization: ['urn:oid:2.16.578.1.12.4.1.1.9060'],
}

function of(expected: readonly string[], system: string | undefined): boolean {
  return system === undefined || expected.includes(system)
}

function at(member: string): { expression: string } {
  return { expression: `attestation.practitioner.${member}` }
}
