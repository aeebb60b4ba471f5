/**
 * The validator: FHIR R4 and the profiles of the services, compiled when a type or a profile is met for the first time. It has no other
 * engine behind it (decision 0056). docs/api/validation.md lists the rules.
 */
import type { Resource } from '@medplum/fhirtypes'
import type { Codes } from '../../codes/codes.ts'
import { type Issue, MOST_ISSUES } from '../../problem/problem.ts'
import { Compiler } from './compile.ts'
import type { Profile } from './profile.ts'
import { type ProfileCheck, profileCheck } from './profile-rules.ts'
import { Walk } from './walk.ts'

export interface Validator {
  /** Every error of the resource by FHIR R4 and, when given, by a profile. Empty when there is none. */
  validate(resource: Resource, profile?: Profile): Issue[]
  /** Every error of a Bundle or of Parameters themselves, without the resources that they hold: these are checked when they are used. */
  envelope(holder: { resourceType: string }): Issue[]
}

/** Makes a validator. It takes what is sent, of any shape, and does not throw. */
export function createValidator(codes: Codes): Validator {
  const compiler = new Compiler(codes)
  const profiles = new Map<Profile, ProfileCheck>()
  return {
    validate(resource, profile) {
      const walk = new Walk(resource)
      compiler.resource(resource, walk)
      // A resource with so many faults of FHIR is not read by the profile as well.
      if (profile && walk.count <= MOST_ISSUES) {
        const check = profiles.get(profile) ?? profileCheck(profile, codes)
        profiles.set(profile, check)
        check(resource, walk.issues)
      }
      return walk.issues
    },
    envelope(holder) {
      const walk = new Walk(holder, true)
      compiler.resource(holder, walk)
      return walk.issues
    },
  }
}
