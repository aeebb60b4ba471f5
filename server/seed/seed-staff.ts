/** A made-up member of staff. */
export interface SeedStaff {
  id: string
  name: [given: string, family: string]
  born: string
  gender: 'male' | 'female'
  pid: string
  hprNumber?: string
  authorizations: SeedAuthorization[]
  specialties: SeedAuthorization[]
  /** From when; only those who may prescribe. */
  prescribingFrom?: string
  role: string
  employers: { number: string; name: string }[]
  /** Mark of the registered address. */
  residence?: string
}

/** An authorisation (Volven 9060) or specialty (Volven 7426) with its period; days of Norwegian time. */
interface SeedAuthorization {
  code: string
  from: string
  until?: string
}
