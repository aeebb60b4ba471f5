/**
 * The organisation that was chosen last in this browser, proposed the next time to those who may act for several. It is a public number;
 * nothing about the person is kept, and it is proposed only to somebody who may act for it.
 */
import type { Organization } from '../contract.ts'

const storageKey = 'helsevev-controller-organization'

export function usualOrganization(organizations: readonly Organization[]): string | undefined {
  try {
    const kept = window.localStorage.getItem(storageKey)
    return organizations.find(({ number }) => number === kept)?.number
  } catch {
    // The browser keeps nothing.
    return undefined
  }
}

/** Returns whether it could be stored: a browser without storage proposes nothing. */
export function rememberOrganization(number: string): boolean {
  try {
    window.localStorage.setItem(storageKey, number)
    return true
  } catch {
    return false
  }
}
