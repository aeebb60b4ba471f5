/**
 * Codes that mean something at one laboratory only: `HB` of one and `HB` of another are two things. Half of all codes are such. Each gets a
 * second coding whose system names the laboratory, so that it can be searched for, and be told to mean the same as a national one (npx
 * helsevev import equivalences).
 */

/** Volven 8212 and 8219 say "local"; 7230 is an older list whose codes laboratories went on giving out. */
const LOCAL = /\.(8212|8219|7230)$/
const SYSTEM = 'http://helsevev.no/fhir/NamingSystem/laboratory-code/'

export function isLocalList(system: string | undefined): boolean {
  return LOCAL.test(system ?? '')
}

/** Of the laboratory's organisation number, or of another number with its kind before it: `her-88349`. */
export function laboratoryCodeSystem(type: string | undefined, id: string): string {
  const plain = encodeURIComponent(id.trim().toLowerCase())
  return `${SYSTEM}${type === undefined || type === 'ENH' ? plain : `${type.toLowerCase()}-${plain}`}`
}

export function isLaboratoryCode(system: string | undefined): boolean {
  return system?.startsWith(SYSTEM) ?? false
}
