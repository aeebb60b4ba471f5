/**
 * Records that others of the same person complete: a prescription is recalled by one doctor and dispensed by a pharmacy, and each sends its
 * own message. Whenever one of the records that belong together is stored, changed or removed, those that depend on the others are made
 * again, in the same transaction: the result is the same in any order of arrival. A new record is completed before it is stored, so that
 * no version of it says what the others hide.
 */
import type { Resource } from '@medplum/fhirtypes'
import type { Codes } from '../../codes/codes.ts'
import { hidingCodes, labelOf } from '../../codes/release-codes.ts'
import { problem } from '../../problem/problem.ts'
import type { PatientKey, RecordId } from '../../store/ids.ts'
import type { NewRecord } from '../../store/record.ts'
import type { RelatedRecord } from '../../store/related-records.ts'
import { parseJson, sortedJson, writeJson } from '../../values/json.ts'
import type { ServiceExchange } from '../exchange.ts'
import { indexTokens, metaTokens } from '../search/index-tokens.ts'
import type { Derivation, InformationService, ResourceDeclaration } from '../service.ts'
import type { Content } from './content.ts'
import { contentText, type PreparedWrite } from './prepare-write.ts'
import type { StoreTransaction } from './record-store.ts'
import { Conflict, type StoredChange, stored } from './stored-change.ts'

/** The stored records that the sent ones have a token in common with, by parameter and person. */
export type StandingRecords = Map<string, readonly RelatedRecord[]>

/** Whether a write in the service may change other records. */
export function derives(service: InformationService): boolean {
  return parametersOf(service).length > 0
}

function parametersOf({ resources }: InformationService): string[] {
  return [...new Set(Object.values(resources).flatMap(({ derived }) => derived?.by ?? []))]
}

/**
 * The writes as the others make them, those that are stored and those that are sent with them. Locks each person within the service until
 * the transaction ends.
 */
export async function completed<C extends { write: PreparedWrite; id: RecordId }>(
  { kernel, service }: ServiceExchange,
  tx: StoreTransaction,
  changes: readonly C[],
  now: Date,
): Promise<{ changes: C[]; standing: StandingRecords }> {
  let made = [...changes]
  const found: StandingRecords = new Map()
  for (const by of parametersOf(service))
    for (const patient of [...new Set(made.map(({ write }) => write.record.patient))].sort(byKey)) {
      const sent = made.filter(({ write }) => write.record.patient === patient).map((one) => ({ ...one, common: commonOf(one.write, by) }))
      const tokens = [...new Set(sent.flatMap(({ common }) => common))]
      const standing = tokens.length > 0 ? await tx.related({ patient, service: service.id, by, tokens }) : []
      found.set(`${by} ${patient}`, standing)
      const replaced = new Set(sent.flatMap(({ id, write }) => [id, write.record.businessKey ?? id]))
      const others = [
        ...standing.filter(({ id, businessKey }) => !replaced.has(id) && !replaced.has(businessKey ?? id)),
        ...sent.map(({ id, common, write }) => ({ id, common, content: writeJson(write.content) })),
      ]
      made = made.map((one) => {
        const derived = one.write.declaration.derived
        const own = sent.find(({ id }) => id === one.id)
        if (!own || derived?.by !== by) return one
        const parsed = others.filter(({ id, common }) => id !== one.id && common.some((token) => own.common.includes(token))).map(parsedOf)
        const after = derived.make(parseJson(writeJson(one.write.content)) as Resource, parsed, { now, codes: kernel.codes })
        const { content, ...record } = indexed(one.write.declaration, after, kernel.codes)
        return { ...one, write: { ...one.write, content, record: { ...one.write.record, ...record } } }
      })
    }
  return { changes: made, standing: found }
}

function commonOf({ record }: { record: Pick<NewRecord, 'tokens'> }, by: string): string[] {
  return record.tokens.filter((token) => token.startsWith(`${by}=`))
}

function parsedOf({ content }: { content: string }): Resource {
  return parseJson(content) as Resource
}

/** What is stored of a resource that the others have completed. They may hide it: representatives do not see each prescription. */
function indexed(declaration: ResourceDeclaration, resource: Resource, codes: Codes) {
  const content = resource as unknown as Content
  const hiding = hidingCodes((resource.meta?.security ?? []).map(labelOf))
  return {
    content,
    releaseCodes: hiding.length > 0 ? hiding : undefined,
    tokens: [...indexTokens(declaration, resource, codes), ...metaTokens(content, codes)],
  }
}

/**
 * Makes the records again that depend on the changes, and returns the new versions. They keep their data controller: what others state
 * changes what the record says, not who answers for it. Where all changes are new records, they are given with what stood when they were
 * completed, and nothing is read again. Throws a `Conflict` when one of them changed meanwhile.
 */
export async function storeDerived(
  exchange: ServiceExchange,
  tx: StoreTransaction,
  changes: readonly StoredChange[],
  { writer, recorded, fresh }: Pick<NewRecord, 'writer' | 'recorded'> & { fresh?: { records: NewRecord[]; standing: StandingRecords } },
): Promise<StoredChange[]> {
  const { service } = exchange
  const made: StoredChange[] = []
  const changed = changes.filter(({ outcome }) => outcome !== 'unchanged')
  // In one order, so that two that lock several persons do not wait for each other.
  const patients = [...new Set(changed.map(({ patient }) => patient))].sort(byKey)
  for (const by of parametersOf(service))
    for (const patient of patients) {
      const ids = changed.filter((one) => one.patient === patient).map(({ id }) => id)
      const standing = fresh?.standing.get(`${by} ${patient}`)
      const sent = fresh?.records.filter((one) => one.patient === patient).map((one) => ({ ...one, common: commonOf({ record: one }, by) }))
      const direct = standing && sent ? [...standing, ...sent] : await tx.related({ patient, service: service.id, by, ids })
      const related = await withTheirs(tx, { patient, service: service.id, by }, direct)
      const next: NewRecord[] = []
      for (const record of standing ?? direct) {
        const again = madeAgain(exchange, record, related, by, recorded)
        if (again) next.push({ ...again, version: record.version + 1, writer, recorded })
      }
      for (const one of new Set(next.map((record) => record.patient))) {
        const own = next.filter((record) => record.patient === one)
        if ((await tx.addVersions(own)).length < own.length) throw new Conflict(problem('version-conflict'))
      }
      made.push(...next.map((record) => stored(record, 'updated')))
    }
  return made
}

/**
 * With those that depend on the changes, what these have in common with others: a recall that names two prescriptions is made of what is
 * about both, though one of them alone was changed. Where each has one token, all that have it are there.
 */
async function withTheirs(
  tx: StoreTransaction,
  asked: { patient: PatientKey; service: string; by: string },
  direct: readonly RelatedRecord[],
): Promise<readonly RelatedRecord[]> {
  if (direct.every(({ common }) => common.length < 2)) return direct
  return await tx.related({ ...asked, tokens: [...new Set(direct.flatMap(({ common }) => common))] })
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
  const after = derived.make(before, others.map(parsedOf), { now, codes: kernel.codes })
  if (writeJson(sortedJson(after)) === writeJson(sortedJson(before))) return undefined
  const { content, ...made } = indexed(declaration, after, kernel.codes)
  const { patient, id, version } = record
  return { ...record, ...made, content: contentText(content, patient, id, version + 1, now) }
}
