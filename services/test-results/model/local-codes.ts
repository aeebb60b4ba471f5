/**
 * Codes that have a meaning at one laboratory only: `HB` of one laboratory and `HB` of another are different. Half of all codes are such.
 * Each gets a second coding whose system names the laboratory, so that it can be searched for, and can be declared equivalent to a national
 * code (npx helsevev import equivalences).
 */

/** Volven 8212 and 8219 are marked as local; 7230 is an older list to which laboratories kept adding codes. */
const LOCAL = /\.(8212|8219|7230)$/
const SYSTEM = 'http://helsevev.no/fhir/NamingSystem/laboratory-code/'

export function isLocalList(system: string | undefined): boolean {
  return LOCAL.test(system ?? '')
}

/** The code system of a laboratory, by its organisation number, or by another number with its kind in front: `her-88349`. */
export function laboratoryCodeSystem(type: string | undefined, id: string): string {
  const plain = encodeURIComponent(id.trim().toLowerCase())
  return `${SYSTEM}${type === undefined || type === 'ENH' ? plain : `${type.toLowerCase()}-${plain}`}`
}

export function isLaboratoryCode(system: string | undefined): boolean {
  return system?.startsWith(SYSTEM) ?? false
}
