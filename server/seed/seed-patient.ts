/** A made-up patient. */
import type { IdentityNumberKind } from '@helsevev/kernel/values/identity-number'

/** Which numbers a person has had. */
export type Numbers = 'FNR' | 'DNR' | 'DNR then FNR' | 'FHN'
export interface Named extends Pick<SeedPatient, 'residence' | 'addressConfidentiality'> {
  id: string
  name: [given: string, family: string]
  gender: SeedPatient['gender']
  birthDate: string
  home: { municipality: string }
  numbers?: Numbers
  offset: 65 | 80
}

export interface SeedPatient {
  /** Word by which the named ones are called; `p001` and on for the others. */
  id: string
  givenName: string
  familyName: string
  gender: 'male' | 'female'
  birthDate: string
  /** Municipality number. */
  municipality: string
  /** Mark of the registered address: the same for those who live together. */
  residence?: string
  addressConfidentiality?: 'StrictlyConfidential'
  /** Oldest first: a D-number before the national number that followed it. */
  identifiers: { system: IdentityNumberKind; value: string }[]
}
