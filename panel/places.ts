/**
 * Takes out of a panel what reveals where a person with a protected address lives. Names of municipalities do; those of hospital trusts and
 * laboratories, which serve whole regions, do not. Applied on the portal's server: what may not be shown does not leave it.
 */

/** Replaces the municipality's name, which in the Central Coordinating Register ends in this word. */
export const someMunicipality = 'Kommune'

export function placelessName(name: string): string {
  return /\bkommune\b/iu.test(name) ? someMunicipality : name
}

/** A controller without its telephone number; a municipality also without its name and number. */
export function placeless<C extends { name: string; phone?: string }>(controller: C): C {
  const { phone: _phone, ...rest } = controller
  const name = placelessName(controller.name)
  return { ...rest, ...(name === someMunicipality && 'organization' in rest ? { organization: '' } : {}), name } as C
}

/** The value without these members. */
export function without<T extends object, K extends keyof T>(value: T, ...members: K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !members.includes(name as K))) as Omit<T, K>
}
