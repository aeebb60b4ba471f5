/** KITH's coded values as FHIR Coding and CodeableConcept. */
import type { CodeableConcept, Coding } from '@medplum/fhirtypes'
import type { Coded } from './svarrapport.ts'

/** Adds `urn:oid:` to an OID; anything else is no system. */
function systemOf(oid: string | undefined): string | undefined {
  return oid !== undefined && /^[0-2](\.\d+)+$/.test(oid) ? `urn:oid:${oid}` : undefined
}

/** The coding of a code, with its list: the one that the message names, or the one that the element always uses. */
export function codingOf({ code, system, display, original }: Coded, list?: string): Coding | undefined {
  if (code === undefined) return undefined
  const from = systemOf(system) ?? list
  const name = display ?? original
  return { ...(from ? { system: from } : {}), code, ...(name ? { display: name } : {}) }
}

export function conceptOf(coded: readonly Coded[], list?: string, text?: string): CodeableConcept | undefined {
  const coding = coded.flatMap((one) => codingOf(one, list) ?? [])
  const first = text ?? coded.map(({ original, display }) => original ?? display).find((name) => name !== undefined)
  // What has words and no code is no coding, and stands in the text.
  const words = coded.flatMap(({ code, original, display }) => (code === undefined ? (original ?? display ?? []) : []))
  const named = first === undefined ? undefined : [first, ...words.filter((word) => !first.includes(word))].join('\n')
  if (coding.length === 0 && named === undefined) return undefined
  return { ...(coding.length > 0 ? { coding } : {}), ...(named === undefined ? {} : { text: named }) }
}
