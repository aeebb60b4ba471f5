/**
 * The texts by which searches find a record, extracted when it is written: one for each token, reference, quantity, tag and measured number
 * (docs/decisions/0004-one-record-table.md).
 */
import type { Resource } from '@medplum/fhirtypes'
import type { Codes } from '../../codes/codes.ts'
import { measuredTokens } from '../../store/measurements.ts'
import { presenceTokens } from '../../store/present.ts'
import { quantityText, tokenText } from '../../store/read-records.ts'
import { comparable } from '../../units/units.ts'
import type { ResourceDeclaration } from '../service.ts'
import type { Content } from '../write/content.ts'

/** The tokens of the search parameters that the type declares, of when the record is present, and of the numbers that are kept by day. */
export function indexTokens(declaration: ResourceDeclaration, resource: Resource, codes: Codes): string[] {
  const declared = declaration.searchParameters.flatMap(({ name, values, references, quantities }) => [
    ...(values?.(resource) ?? []).map(({ system, code }) => tokenText(name, system && codes.canonical(system), code)),
    ...(references?.(resource) ?? []).flatMap((reference) => (reference ? [tokenText(name, '', reference)] : [])),
    ...(quantities?.(resource) ?? []).flatMap((quantity) => {
      const number = quantity && comparable(quantity)
      return number ? [quantityText(name, number, quantity?.comparator)] : []
    }),
  ])
  const measured = measuredTokens(declaration.measurements?.(resource, codes) ?? [])
  return [...new Set([...declared, ...presenceTokens(declaration.presence?.(resource)), ...measured])]
}

/** The tokens of `_tag`, which every type has: the tags of the sender and the flags of the server. */
export function tagTokens(content: Content, codes: Codes): string[] {
  const tags = Array.isArray(content.meta?.tag) ? (content.meta.tag as ({ system?: unknown; code?: unknown } | null)[]) : []
  return [
    ...new Set(
      tags.flatMap((tag) =>
        typeof tag?.code === 'string'
          ? [tokenText('_tag', typeof tag.system === 'string' ? codes.canonical(tag.system) : undefined, tag.code)]
          : [],
      ),
    ),
  ]
}
