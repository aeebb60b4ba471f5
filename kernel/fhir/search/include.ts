/**
 * The resources that a search includes: `_include` and `_revinclude`, and with `:iterate` also those that included resources link to
 * (http://hl7.org/fhir/R4/search.html#revinclude). Every step is its own statement with the predicates of the decision, so that a link
 * leads to nothing that a search would not show.
 */

import type { Decision } from '../../access/decision.ts'
import { parsePlace, placeText, type RecordId } from '../../store/ids.ts'
import { type LinkedRecord, referenceIn, tokenText } from '../../store/read-records.ts'
import type { ServedVersion } from '../../store/record.ts'
import { isSamePerson } from '../../store/visibility.ts'
import type { BoundRecords } from '../records.ts'
import type { Include } from './search-parameters.ts'

/** Bounds on the work of one search: the number of steps along links, and the number of resources. */
const MAX_STEPS = 12
const MAX_INCLUDED = 2000

export interface Included {
  records: ServedVersion[]
  /** Whether there was more to include than a search returns. */
  cut: boolean
}

export async function includedWith(
  opened: { decision: Decision; rows: BoundRecords },
  matches: readonly LinkedRecord[],
  includes: readonly Include[],
): Promise<Included> {
  const seen = new Set(matches.map(({ id }) => id))
  const records: LinkedRecord[] = []
  let frontier: readonly LinkedRecord[] = matches
  for (let step = 0; frontier.length > 0; step += 1) {
    const followed = step === 0 ? includes : includes.filter(({ iterate }) => iterate)
    const room = MAX_INCLUDED - records.length
    const found = new Map<RecordId, LinkedRecord>()
    for (const record of await linked(opened, frontier, followed, room + 1)) if (!seen.has(record.id)) found.set(record.id, record)
    if (found.size > room || (found.size > 0 && step === MAX_STEPS)) return { records, cut: true }
    frontier = [...found.values()]
    for (const { id } of frontier) seen.add(id)
    records.push(...frontier)
  }
  return { records, cut: false }
}

async function linked(
  { decision, rows }: { decision: Decision; rows: BoundRecords },
  from: readonly LinkedRecord[],
  includes: readonly Include[],
  limit: number,
): Promise<LinkedRecord[]> {
  const forward = includes.filter(({ reverse }) => !reverse)
  const reverse = includes.filter((include) => include.reverse)
  const ids = [...new Set(from.flatMap((record) => targetsOf(decision, record, forward)))]
  const pointed = await rows.byId(ids, limit)
  const types = new Map(from.map((record) => [record.id, record.type]))
  const pointing = await Promise.all(
    reverse.map(async ({ source, name, targets }) => {
      const pointedTo = from.filter(({ id }) => targets.includes(types.get(id) ?? ''))
      const tokens = pointedTo.map(({ type, patient, id }) => tokenText(name, '', `${type}/${placeText(patient, id)}`))
      return await rows.withTokens(source, tokens, limit)
    }),
  )
  return [...pointed, ...pointing.flat()]
}

/** The ids that the references of a record lead to, those of the same person only. */
function targetsOf(decision: Decision, { type, tokens }: LinkedRecord, includes: readonly Include[]): RecordId[] {
  const followed = includes.filter(({ source }) => source === type)
  if (followed.length === 0) return []
  return tokens.flatMap((token) => {
    const { name, text = '' } = referenceIn(token)
    const include = followed.find((candidate) => candidate.name === name)
    const [target = '', id = ''] = text.split('/')
    if (!include?.targets.includes(target)) return []
    const key = parsePlace(id)
    return key && isSamePerson(decision.patient, key.patient) ? [key.id] : []
  })
}
