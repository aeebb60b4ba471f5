/** Words that senders use for air or oxygen and for consciousness, where there is no code. Bokmål, nynorsk and English. */
import type { Breathing, Consciousness } from '@helsevev/clinical/vital-signs'

const consciousnessWords: Record<Consciousness, readonly string[]> = {
  A: ['a', 'alert', 'mentally alert', 'våken', 'vaken', 'helt våken'],
  C: [
    'c',
    'new confusion',
    'acute confusion',
    'nyoppstått forvirring',
    'nyoppstått forvirra',
    'nyoppstått forvirret',
    'ny forvirring',
    'akutt forvirring',
  ],
  V: ['v', 'voice', 'responds to voice', 'tiltale', 'tale', 'reagerer på tiltale', 'reagerer på tale'],
  P: ['p', 'pain', 'responds to pain', 'smerte', 'reagerer på smerte'],
  U: ['u', 'unresponsive', 'reagerer ikke', 'reagerer ikkje', 'ingen reaksjon', 'ikke kontaktbar', 'ikkje kontaktbar'],
}

/** Exact words only: `forvirret` alone may be the patient's usual state, and then it is not the C of ACVPU. */
export function readConsciousness(text: string): Consciousness | undefined {
  const word = text.trim().toLowerCase()
  const found = Object.entries(consciousnessWords).find(([, words]) => words.includes(word))
  return found?.[0] as Consciousness | undefined
}

const AIR = /\b(?:rom)?luft\b|\b(?:room )?air\b|\buten (?:oksygen|o2)|\butan (?:oksygen|o2)/i
const OXYGEN = /oksygen|oxygen|\bo2\b|o₂/i

export function readBreathing(text: string): Breathing | undefined {
  if (AIR.test(text)) return 'air'
  return OXYGEN.test(text) ? 'oxygen' : undefined
}
