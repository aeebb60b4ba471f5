/**
 * Takes out of a panel what reveals where a person with a protected address lives: names, numbers and telephones of those who reported.
 * A municipality does, and so does a hospital, a laboratory or a health region: each serves one part of the country. The kind of
 * organisation stays. Applied on the portal's server: what may not be shown does not leave it.
 */

/** Replaces the municipality's name, which in the Central Coordinating Register ends in this word. */
const someMunicipality = 'Kommune'
/** Replaces the name of a hospital trust, a regional health authority, or one of their hospitals. */
const someHospital = 'Sykehus'
/** Replaces every other name. */
const somebody = 'Annen virksomhet'

export function placelessName(name: string): string {
  if (name === '') return name
  if (/\bkommune\b/iu.test(name)) return someMunicipality
  return /\b(?:RHF|HF)\b|^helse\s|s[yj]u?ke?hus/iu.test(name) ? someHospital : somebody
}

/** A controller without its number and telephone, and with the kind of organisation in the place of its name. */
export function placeless<C extends { name: string; phone?: string }>(controller: C): C {
  const { phone: _phone, ...rest } = controller
  return { ...rest, ...('organization' in rest ? { organization: '' } : {}), name: placelessName(controller.name) } as C
}

/** The value without these members. */
export function without<T extends object, K extends keyof T>(value: T, ...members: K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !members.includes(name as K))) as Omit<T, K>
}
