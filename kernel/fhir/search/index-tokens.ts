/**
 * What searches find a record by, extracted when it is written: one text per token, reference, quantity, tag and measured number
 * (docs/decisions/0004-one-record-table.md).
 */
import type { Resource } from '@medplum/fhirtypes'
import type { Codes } from '../../codes/codes.ts'
import { measuredTokens } from '../../store/measurements.ts'
import { quantityText, tokenText } from '../../store/read-records.ts'
import { comparable } from '../../units/units.ts'
import type { ResourceDeclaration } from '../service.ts'
import type { Content } from '../write/content.ts'

/** Tokens of the search parameters that the type declares, and of the numbers kept by day. */
export function indexTokens(declaration: ResourceDeclaration, resource: Resource, codes: Codes): string[] {
  const declared = declaration.searchParameters.flatMap(({ name, values, references, quantities }) => [
    ...(values?.(resource) ?? []).map(({ system, code }) => tokenText(name, system && codes.canonical(system), code)),
    ...(references?.(resource) ?? []).flatMap((reference) => (reference ? [tokenText(name, '', reference)] : [])),
    ...(quantities?.(resource) ?? []).flatMap((quantity) => {
      const number = quantity && comparable(quantity)
      return number ? [quantityText(name, number, quantity?.comparator)] : []
    }),
  ])
  return [...new Set([...declared, ...measuredTokens(declaration.measurements?.(resource, codes) ?? [])])]
}

/** Tokens of `_tag`, which every type has: the sender's tags and our flags. */
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
