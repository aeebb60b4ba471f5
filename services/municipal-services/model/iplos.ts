/**
 * List 9151, IPLOS service type (tjenestetype): the names of the health and care services that municipalities decide on. Source: Volven
 * 9151 (urn:oid:2.16.578.1.12.4.1.1.9151). The names stand in the reference tables, not here.
 */
import { volven } from '@helsevev/clinical/systems'
import type { Codes } from '@helsevev/kernel/codes/codes'

export const IPLOS_SYSTEM = volven(9151)

/**
 * Spellings of the system seen in Norwegian payloads; recognised here even when the alias table is not loaded, because hiding codes depends
 * on it.
 */
const SPELLINGS = new Set([
  IPLOS_SYSTEM,
  'urn:uid:2.16.578.1.12.4.1.1.9151',
  'http://ehelse.no/fhir/CodeSystem/no-kodeverk-9151',
  'http://helsedir.no/fhir/CodeSystem/no-kodeverk-9151',
])

/**
 * Categories that are listed only where the sharing agreement opens each of them: decisions on coercion. Law is data: sources
 * disagree on 14 and 23, so both count, with 24.
 */
export const extraSensitiveCodes = [
  {
    code: '14',
    why: 'Helsedirektoratet (Kommunale helse- og omsorgstjenester) reads 14 as coercion in emergencies; the list, as planned measures.',
    source: 'Helsedirektoratet, Kommunale helse- og omsorgstjenester 2021, chapter 1.1; Volven 9151',
    read: '2026-11-22',
  },
  {
    code: '23',
    why: 'Measures to avert harm in emergencies, decided against the will of the person.',
    source: 'Volven 9151; draft guide of HL7 Norway for OKT, 2025',
    read: '2026-11-22',
  },
  {
    code: '24',
    why: 'Health care with coercion, decided against the will of the person.',
    source: 'Volven 9151',
    read: '2026-11-22',
  },
] as const

const sensitive = new Set<string>(extraSensitiveCodes.map(({ code }) => code))

/**
 * The system as it is stored: as sent; but a spelling that only the alias table has becomes canonical, so that hiding works without the
 * table.
 */
export function storedSystem(system: string): string {
  return SPELLINGS.has(system) ? system : IPLOS_SYSTEM
}

export function isIplos(system: string | undefined, codes?: Codes): boolean {
  return system !== undefined && (SPELLINGS.has(system) || codes?.canonical(system) === IPLOS_SYSTEM)
}

/** The search tokens of a service type, in every spelling of the system. */
export function typeTokens(code: string): string[] {
  return [...SPELLINGS].map((system) => `type=${system}|${code}`)
}

/** The code as the list has it: `02` becomes 2. A code of zeros only has no counterpart and stays. */
export function withoutPadding(code: string): string {
  return /^\s*0*([1-9][0-9]*)\s*$/.exec(code)?.[1] ?? code
}

export function isExtraSensitive(code: string): boolean {
  return sensitive.has(withoutPadding(code))
}

/** What the list reports about a code. A list that is not loaded reports nothing. */
export function judgeCode(
  sent: string,
  display: string | undefined,
  codes: Codes,
): { code: string; display: string | undefined; zeroPadded: boolean; unknown: boolean; displayMismatch: boolean } {
  const code = withoutPadding(sent)
  const listed = codes.display(IPLOS_SYSTEM, code)
  return {
    code,
    display: display ?? listed,
    zeroPadded: code !== sent,
    unknown: listed === undefined && codes.known(IPLOS_SYSTEM),
    displayMismatch: listed !== undefined && display !== undefined && words(display) !== words(listed),
  }
}

/** Letters and digits only: dashes, commas and case differ between systems without meaning anything. */
function words(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
