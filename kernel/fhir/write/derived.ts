/**
 * Records that others of the same person complete: a prescription is recalled by one doctor and dispensed by a pharmacy, and each sends its
 * own message. Whenever one of the records that belong together is stored, changed or removed, those that depend on the others are made
 * again, in the same transaction: the result is the same in any order of arrival.
 */
import type { Resource } from '@medplum/fhirtypes'
import { hidingCodes, labelOf } from '../../codes/release-codes.ts'
import { problem } from '../../problem/problem.ts'
import type { PatientKey } from '../../store/ids.ts'
import type { NewRecord } from '../../store/record.ts'
import type { RelatedRecord } from '../../store/related-records.ts'
import { parseJson, sortedJson, writeJson } from '../../values/json.ts'
import type { ServiceExchange } from '../exchange.ts'
import { indexTokens, metaTokens } from '../search/index-tokens.ts'
import type { Derivation, InformationService, ResourceDeclaration } from '../service.ts'
import type { Content } from './content.ts'
import { contentText } from './prepare-write.ts'
import type { StoreTransaction } from './record-store.ts'
import { Conflict, type StoredChange, stored } from './stored-change.ts'

/** Whether a write in the service may change other records. */
export function derives(service: InformationService): boolean {
  return parametersOf(service).length > 0
}

function parametersOf({ resources }: InformationService): string[] {
  return [...new Set(Object.values(resources).flatMap(({ derived }) => derived?.by ?? []))]
}

/**
 * Makes the records again that depend on the changes, and returns the new versions. They keep their data controller: what others state
 * changes what the record says, not who answers for it. Throws a `Conflict` when one of them changed meanwhile.
 */
export async function storeDerived(
  tx: StoreTransaction,
  exchange: ServiceExchange,
  changes: readonly StoredChange[],
  { writer, recorded }: Pick<NewRecord, 'writer' | 'recorded'>,
): Promise<StoredChange[]> {
  const { service } = exchange
  const made: StoredChange[] = []
  const changed = changes.filter(({ outcome }) => outcome !== 'unchanged')
  // In one order, so that two that lock several persons do not wait for each other.
  const patients = [...new Set(changed.map(({ patient }) => patient))].sort(byKey)
  for (const by of parametersOf(service))
    for (const patient of patients) {
      const ids = changed.filter((one) => one.patient === patient).map(({ id }) => id)
      const related = await tx.related({ patient, service: service.id, by, ids })
      for (const record of related) {
        const again = madeAgain(exchange, record, related, by, recorded)
        if (!again) continue
        const next = { ...again, version: record.version + 1, writer, recorded }
        if (!(await tx.addVersion(next, record.version))) throw new Conflict(problem('version-conflict'))
        made.push(stored(next, 'updated'))
      }
    }
  return made
}

function byKey(one: PatientKey, other: PatientKey): number {
  return BigInt(one) < BigInt(other) ? -1 : 1
}

/** The record as the others make it; undefined when it stands as it is. */
function madeAgain(
  { kernel, service }: ServiceExchange,
  { common, ...record }: RelatedRecord,
  related: readonly RelatedRecord[],
  by: string,
  now: Date,
): Omit<NewRecord, 'writer' | 'recorded'> | undefined {
  const declaration: ResourceDeclaration | undefined = service.resources[record.type]
  const derived: Derivation | undefined = declaration?.derived
  if (!declaration || derived?.by !== by) return undefined
  const others = related.filter((other) => other.id !== record.id && other.common.some((token) => common.includes(token)))
  const before = parseJson(record.content) as Resource
  const after = derived.make(
    before,
    others.map(({ content }) => parseJson(content) as Resource),
    { now, codes: kernel.codes },
  )
  if (writeJson(sortedJson(after)) === writeJson(sortedJson(before))) return undefined
  const content = after as unknown as Content
  const { patient, id, version, effective } = record
  // What others make of it may hide it from some, as the record of a prescription that representatives do not see.
  const hiding = hidingCodes((after.meta?.security ?? []).map(labelOf))
  return {
    ...record,
    releaseCodes: hiding.length > 0 ? hiding : undefined,
    effective,
    tokens: [...indexTokens(declaration, after, kernel.codes), ...metaTokens(content, kernel.codes)],
    content: contentText(content, patient, id, version + 1, now),
  }
}
