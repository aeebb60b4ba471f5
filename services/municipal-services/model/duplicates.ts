/**
 * Services that may be one service reported twice: same controller, same code, both running now, with different decisions or start dates.
 * Both stay, since only the municipality knows; the reader is notified.
 */
import type { Standing } from './standing.ts'

export interface Reported {
  controller: string | undefined
  code: string | undefined
  standing: Standing
}

/** For each service, whether another one looks like the same. */
export function possibleDuplicates(services: readonly Reported[]): boolean[] {
  const keyOf = ({ controller, code, standing }: Reported) =>
    controller && code && (standing === 'active' || standing === 'onhold') ? `${controller}|${code}` : undefined
  const counts = new Map<string, number>()
  for (const key of services.map(keyOf)) if (key) counts.set(key, (counts.get(key) ?? 0) + 1)
  return services.map((service) => (counts.get(keyOf(service) ?? '') ?? 0) > 1)
}
