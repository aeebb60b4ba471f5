/** Values of a message as FHIR values. */

import { keepDecimal } from '@helsevev/kernel/values/json'
import type { CodeableConcept, Coding, Quantity } from '@medplum/fhirtypes'
import type { Amount, Coded } from '../e-prescription/types.ts'
import { volven } from '../systems.ts'

/** What FHIR takes as a code. */
const CODE = /^[^\s]+(\s[^\s]+)*$/
const OID = /^[0-2](\.(0|[1-9]\d*))+$/

/** The code with the list that the message names, and `list` (of Volven) where it names none. */
export function codingOf({ code, system, display, text }: Coded, list?: number): Coding | undefined {
  const isCode = code !== undefined && CODE.test(code)
  const words = display ?? (isCode ? undefined : (text ?? code))
  const named = system === undefined ? (list === undefined ? undefined : volven(list)) : systemOf(system)
  if (!isCode && words === undefined) return undefined
  return {
    ...(named === undefined ? {} : { system: named }),
    ...(isCode ? { code } : {}),
    ...(words === undefined ? {} : { display: words }),
  }
}

/** An OID as FHIR writes it. A text that is no OID and no address is no system. */
function systemOf(system: string): string | undefined {
  const bare = system.trim().replace(/^urn:oid:/, '')
  if (OID.test(bare)) return `urn:oid:${bare}`
  return /^(https?:\/\/|urn:)[^\s<>"]+$/.test(bare) ? bare : undefined
}

export function conceptOf(value: Coded | undefined, list?: number): CodeableConcept | undefined {
  const coding = value && codingOf(value, list)
  const text = value?.text ?? value?.display
  if (!coding && text === undefined) return undefined
  return { ...(coding ? { coding: [coding] } : {}), ...(text === undefined ? {} : { text }) }
}

/** A number as the message writes it: `1.000` stays `1.000`. The unit is free text. */
export function quantityOf({ value, unit }: Amount): Quantity | undefined {
  const number = value === undefined ? Number.NaN : Number(value)
  if (!Number.isFinite(number) || value === undefined) return unit === undefined ? undefined : { unit }
  const quantity: Quantity = { value: number, ...(unit === undefined ? {} : { unit }) }
  keepDecimal(quantity, 'value', value)
  return quantity
}
