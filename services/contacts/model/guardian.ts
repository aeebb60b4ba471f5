/** What a guardian decides about, as the National Population Register writes it (vergemål, omfang). */
export const guardianScopes = [
  'personligeInteresser',
  'oekonomiskeInteresser',
  'personligeOgOekonomiskeInteresser',
  'utlendingssakerPersonligeOgOekonomiskeInteresser',
] as const
export type GuardianScope = (typeof guardianScopes)[number]

export function guardianScopeOf(code: string | undefined): GuardianScope | undefined {
  return guardianScopes.find((scope) => scope === code)
}
