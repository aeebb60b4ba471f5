/**
 * What is counted about lists: patients with one, candidates of double prescription among its lines, and whether they are settled in time.
 * A candidate is settled when it is none 14 days after it was first seen: one of the two ended, or a prescriber marked both as intended.
 */
import { doubleUse } from '@helsevev/clinical/medicines/double-use'
import type { Indicators, IndicatorVersion } from '@helsevev/kernel/fhir/service'
import type { List, MedicationStatement } from '@medplum/fhirtypes'
import { LIST_CODE } from '../fhir/systems.ts'
import { standsInOf } from './standing.ts'
import { handledIn, treatmentOfLine } from './treatment.ts'

const SETTLED_WITHIN = 14 * 86_400_000

export const indicators: Indicators = {
  types: ['List', 'MedicationStatement'],
  of(versions, now) {
    if (!listAt(versions, now)) return undefined
    const moments = [...new Set(versions.map(({ from }) => from.getTime()))].filter((at) => at <= now.getTime())
    const first = new Map<string, number>()
    for (const at of moments.sort((one, other) => one - other))
      for (const pair of candidatesAt(versions, new Date(at))) if (!first.has(pair)) first.set(pair, at)
    const due = [...first].filter(([, at]) => at + SETTLED_WITHIN <= now.getTime())
    const settled = due.filter(([pair, at]) => !candidatesAt(versions, new Date(at + SETTLED_WITHIN)).includes(pair))
    return { open: candidatesAt(versions, now).length, due: due.length, settled: settled.length }
  },
}

function at(versions: readonly IndicatorVersion[], moment: Date) {
  return versions.filter(({ from, until }) => from <= moment && (until === undefined || until > moment)).map(({ resource }) => resource)
}

function listAt(versions: readonly IndicatorVersion[], moment: Date): List | undefined {
  return at(versions, moment).find(
    (one): one is List => one.resourceType === 'List' && one.code?.coding?.some(({ code }) => code === LIST_CODE.code) === true,
  )
}

/** The two PLL-ids of each. */
function candidatesAt(versions: readonly IndicatorVersion[], moment: Date): string[] {
  const list = listAt(versions, moment)
  const lines = at(versions, moment).filter(
    (one): one is MedicationStatement => one.resourceType === 'MedicationStatement' && standsInOf(one) === undefined,
  )
  const found = doubleUse(
    lines.map((line) => treatmentOfLine(line, moment)),
    [],
    handledIn(list),
  )
  return found.flatMap(({ standing, medications: [one, other] }) =>
    standing === 'candidate' ? [[one.lineId ?? '', other.lineId ?? ''].sort().join(' ')] : [],
  )
}
