/**
 * Analyses that the person wants first, in this browser: codes of the Norwegian laboratory code system alone, which say nothing about any
 * patient. Each person who uses the browser has their own.
 */
import { ownKey } from '@helsevev/panel/own-key.ts'
import { useState } from 'react'

const storageName = 'helsevev-pinned'

/** A browser without storage forgets them when the panel is drawn again. */
export function usePinned(): { pinned: readonly string[]; turn: (code: string) => void } {
  const [pinned, setPinned] = useState(stored)
  function turn(code: string) {
    const next = pinned.includes(code) ? pinned.filter((one) => one !== code) : [...pinned, code]
    setPinned(next)
    store(next)
  }
  return { pinned, turn }
}

/** Whether the browser keeps it. */
function store(codes: readonly string[]): boolean {
  try {
    window.localStorage.setItem(ownKey(storageName), codes.join(' '))
    return true
  } catch {
    return false
  }
}

function stored(): readonly string[] {
  try {
    return (window.localStorage.getItem(ownKey(storageName)) ?? '').split(' ').filter(Boolean)
  } catch {
    return []
  }
}
