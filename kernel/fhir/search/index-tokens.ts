/**
 * The texts by which searches find a record, extracted when it is written: one for each token, reference, quantity, tag and measured number
 * (docs/decisions/0004-one-record-table.md).
 */
import type { Period, Resource } from '@medplum/fhirtypes'
import type { Codes } from '../../codes/codes.ts'
import { measuredTokens } from '../../store/measurements.ts'
import { presenceTokens } from '../../store/present.ts'
import { quantityText, tokenText } from '../../store/read-records.ts'
import { dateTokens, type Span } from '../../store/record-dates.ts'
import { comparable } from '../../units/units.ts'
import { period } from '../../values/dates.ts'
import type { ResourceDeclaration } from '../service.ts'
import type { Content } from '../write/content.ts'

/** The tokens of the search parameters that the type declares, of when the record is present, and of the numbers that are kept by day. */
export function indexTokens(declaration: ResourceDeclaration, resource: Resource, codes: Codes): string[] {
  const declared = declaration.searchParameters.flatMap(({ name, type, values, system: implicit, references, quantities, dates }) => [
    ...(values?.(resource) ?? []).flatMap(({ system = implicit, code }) =>
      system || code ? [tokenText(name, system && codes.canonical(system), code)] : [],
    ),
    ...(type === 'date' ? dateTokens(name, spansOf(dates ? dates(resource) : [declaration.time(resource)])) : []),
    ...(references?.(resource) ?? []).flatMap((reference) => (reference ? [tokenText(name, '', reference)] : [])),
    ...(quantities?.(resource) ?? []).flatMap((quantity) => {
      const number = quantity && comparable(quantity)
      return number ? [quantityText(name, number, quantity?.comparator)] : []
    }),
  ])
  const measured = measuredTokens(declaration.measurements?.(resource, codes) ?? [])
  return [...new Set([...declared, ...presenceTokens(declaration.presence?.(resource)), ...measured])]
}

/** Dates and periods as spans; what is no date is none. */
function spansOf(dates: readonly (string | Period | undefined)[]): Span[] {
  return dates.flatMap((date) => {
    if (date === undefined) return []
    if (typeof date === 'string') return period(date) ?? []
    const start = date.start === undefined ? undefined : period(date.start)?.start
    const end = date.end === undefined ? undefined : period(date.end)?.end
    return start || end ? [{ start, end }] : []
  })
}

/** The tokens of `_tag` and `_security`, which every type has: what the sender has put in meta, and the flags of the server. */
export function metaTokens(content: Content, codes: Codes): string[] {
  return [...new Set([...codingTokens('_tag', content.meta?.tag, codes), ...codingTokens('_security', content.meta?.security, codes)])]
}

function codingTokens(name: string, list: unknown, codes: Codes): string[] {
  const codings = Array.isArray(list) ? (list as ({ system?: unknown; code?: unknown } | null)[]) : []
  return codings.flatMap((coding) =>
    typeof coding?.code === 'string'
      ? [tokenText(name, typeof coding.system === 'string' ? codes.canonical(coding.system) : undefined, coding.code)]
      : [],
  )
}
