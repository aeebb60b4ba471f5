/**
 * A code of a system, and whether a concept has one of several codes, in any spelling of the system and through the kernel's equivalences.
 */
import type { Codes } from '@helsevev/kernel/codes/codes'
import type { CodeableConcept, Coding } from '@medplum/fhirtypes'
import { LOINC, SNOMED_CT } from './systems.ts'

export interface Code {
  system: string
  code: string
}

/** Codes of LOINC, which have a hyphen before their check digit, and of SNOMED CT, which have none. */
export function codesOf(...codes: string[]): readonly Code[] {
  return codes.map((code) => ({ system: code.includes('-') ? LOINC : SNOMED_CT, code }))
}

export function hasCode(concept: CodeableConcept | undefined, wanted: readonly Code[], codes: Codes): boolean {
  return (concept?.coding ?? []).some((coding) => isOneOf(coding, wanted, codes))
}

function isOneOf(coding: Coding, wanted: readonly Code[], codes: Codes): boolean {
  if (!coding.system || !coding.code) return false
  const meanings = codes.equivalents(codes.canonical(coding.system), coding.code)
  return wanted.some(({ system, code }) => meanings.some((meaning) => meaning.system === codes.canonical(system) && meaning.code === code))
}

/** For places without reference tables: every spelling stands for itself. */
export const codesAsWritten: Codes = {
  canonical: (system) => system,
  display: () => undefined,
  known: () => false,
  equivalents: (system, code) => [{ system, code }],
}
