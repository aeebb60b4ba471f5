/**
 * The place of work that was chosen last in this browser, so that one press takes it again. Numbers of organisations alone: nothing about
 * any person. It is offered to somebody who works there, and to nobody else.
 */
import type { SignedIn } from '../contract.ts'

const storageKey = 'helsevev-place'

interface UsualPlace {
  number: string
  place: string
  /** In words: the unit and the organisation. */
  name: string
}

/** Undefined where none is known, or where the browser does not allow storage. */
export function usualPlace({ organizations }: Pick<SignedIn, 'organizations'>): UsualPlace | undefined {
  const [number, place] = stored()?.split(' ') ?? []
  const found = organizations.find((organization) => organization.number === number)
  if (!found || !place) return undefined
  if (place === found.number) return { number: found.number, place, name: found.name }
  const unit = found.units.find((one) => one.number === place)
  return unit && { number: found.number, place, name: `${unit.name}, ${found.name}` }
}

function stored(): string | undefined {
  try {
    return window.localStorage.getItem(storageKey) ?? undefined
  } catch {
    return undefined
  }
}

/** Returns whether it could be stored: a browser without storage asks each time. */
export function rememberPlace(number: string, place: string): boolean {
  try {
    window.localStorage.setItem(storageKey, `${number} ${place}`)
    return true
  } catch {
    return false
  }
}
