/**
 * Elements of a message that FHIR has no element for are kept under the names that the message has for them: nothing that was read is lost.
 * What FHIR has a place for stands in the table of the service; all else goes here.
 */

import type { Extension } from '@medplum/fhirtypes'
import type { Group, Type } from '../e-prescription/fields.ts'
import type { Amount, Coded } from '../e-prescription/types.ts'
import { codingOf, quantityOf } from './coded.ts'
import type { Places } from './places.ts'
import { messageExtensions } from './systems.ts'

type Values = Readonly<Record<string, unknown>>
type Of = Pick<Type<unknown>, 'kind' | 'group' | 'lists'>

interface Keeping {
  places: Places
  /** A record that has no places of its own for what the message is about, so that all but what is never stored is kept. */
  isWhole?: boolean
}

/** The elements below `value` that the table gives no other place. `path` is that of the element. */
export function keptElements({ group }: Of, value: unknown, path: string, { places, isWhole = false }: Keeping): Extension[] {
  return group && value !== undefined ? ofGroup(group, value as Values, path, { places, isWhole }) : []
}

/** The drugs of a mixture: their ingredient has room for the name and the codes alone, so that all they state is kept. */
const WHOLE = 'BestanddelLegemiddel'

function ofGroup(group: Group, values: Values, path: string, keeping: Keeping): Extension[] {
  const elsewhere: Readonly<Record<string, string>> = keeping.places[group.name] ?? {}
  return Object.entries(group.fields).flatMap(([name, { elements, type, isMany }]) => {
    const value = values[name]
    const place = elsewhere[name]
    const isElsewhere = place !== undefined && (place.startsWith('not stored') || !(keeping.isWhole || path.includes(WHOLE)))
    if (value === undefined || isElsewhere) return []
    const there = `${path}/${elements[0]}`
    if (!isMany) return ofValue(type, value, there, keeping)
    return (value as readonly unknown[]).flatMap((one, index) => ofValue(type, one, `${there}[${index + 1}]`, keeping))
  })
}

function ofValue(type: Of, value: unknown, path: string, keeping: Keeping): Extension[] {
  if (type.group) return ofGroup(type.group, value as Values, path, keeping)
  const parts = partsOf(type, value)
  return parts.length === 0 ? [] : [{ url: messageExtensions.element, extension: [{ url: 'path', valueString: path }, ...parts] }]
}

function partsOf({ kind, lists }: Of, value: unknown): Extension[] {
  if (kind === 'coded') {
    const { text, display, code } = value as Coded
    const valueCoding = codingOf(value as Coded, lists?.[0])
    const isSaid = text === undefined || text === display || (code === undefined && display === undefined)
    return [...(valueCoding ? [{ url: 'value', valueCoding }] : []), ...(isSaid ? [] : [{ url: 'text', valueString: text }])]
  }
  if (kind === 'PQ') {
    const valueQuantity = quantityOf(value as Amount)
    return valueQuantity ? [{ url: 'value', valueQuantity }] : []
  }
  if (kind === 'boolean') return [{ url: 'value', valueBoolean: value === true }]
  return kind === 'opened' ? [] : [{ url: 'value', valueString: String(value) }]
}
