/** The session as this portal knows it. */
import { useSession as useSessionOf } from '@helsevev/portal/client/session'
import type { SignedIn, Workday } from '../contract.ts'

export const useSession = () => useSessionOf<Workday>()

/** Whether there is another place of work than the chosen one. */
export function hasChoice({ organizations }: SignedIn): boolean {
  return organizations.length > 1 || (organizations[0]?.units.length ?? 0) > 0
}
