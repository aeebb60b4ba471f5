/**
 * What a service counts about our records, as sums over patients. Nobody is named, and a number that is small is not stated, since it could
 * point to one person. docs/decisions/0088-what-stands-with-the-medication-list.md
 */
import type { Sql } from 'postgres'
import type { Indicators as Counter, IndicatorCounts, IndicatorVersion, InformationService } from '../fhir/service.ts'
import type { PatientKey } from '../store/ids.ts'
import { consumingOf, receivingOf } from './adoption.ts'
import type { ControlCall } from './call.ts'
import type { IndicatorRow, Indicators } from './contract.ts'

/** Numbers from 1 up to, but not including, this are left out. helsedata.no uses 3; the limit here is on the careful side. */
const SMALLEST = 5
/** As many patients as one answer counts. */
export const MOST_PATIENTS = 20_000
const BATCH = 200

export async function indicators(call: ControlCall): Promise<Indicators> {
  const { sql, organization, now, kernel } = call
  const connected = [...(await consumingOf(sql, organization)), ...(await receivingOf(sql, organization, now))]
  const rows: IndicatorRow[] = []
  for (const service of kernel.services.values()) {
    if (!service.indicators) continue
    const sums = await sumsOf(call, service, service.indicators)
    const organizations = new Set(connected.flatMap((one) => (one.service === service.id ? [one.number] : []))).size
    rows.push({ service: service.id, organizations, ...shown(sums) })
  }
  return { at: now.toISOString(), smallest: SMALLEST, rows }
}

interface Sums extends IndicatorCounts {
  patients: number
  isWhole: boolean
}

/** A rate is stated only where both of its numbers could be. */
function shown({ patients, open, due, settled, isWhole }: Sums): Omit<IndicatorRow, 'service' | 'organizations'> {
  const isSmall = (count: number) => count > 0 && count < SMALLEST
  const rate = (part: number, whole: number, each: number) =>
    whole < SMALLEST || isSmall(part) || isSmall(whole - part) ? null : Math.round((part * each * 10) / whole) / 10
  const settledPercent = rate(settled, due, 100)
  return {
    patients: isSmall(patients) ? null : patients,
    // More candidates than patients is possible, and says nothing of one of them.
    candidatesPer1000: patients < SMALLEST || isSmall(open) ? null : Math.round((open * 10_000) / patients) / 10,
    settledPercent: settledPercent === null ? null : Math.round(settledPercent),
    isWhole,
  }
}

async function sumsOf({ sql, organization, now }: ControlCall, { id }: InformationService, counter: Counter): Promise<Sums> {
  const keys = await patientsOf(sql, organization, id)
  const sums: Sums = { patients: 0, open: 0, due: 0, settled: 0, isWhole: keys.length <= MOST_PATIENTS }
  for (let at = 0; at < Math.min(keys.length, MOST_PATIENTS); at += BATCH) {
    const versions = await versionsOf(sql, { keys: keys.slice(at, at + BATCH), organization, service: id, types: counter.types })
    for (const ofOne of Map.groupBy(versions, ({ patient }) => patient).values()) {
      const counts = counter.of(ofOne, now)
      if (!counts) continue
      sums.patients += 1
      for (const name of ['open', 'due', 'settled'] as const) sums[name] += counts[name]
    }
  }
  return sums
}

/** Those that we have reported on. No index begins with the controller: the table has one row for each patient, service and controller. */
async function patientsOf(sql: Sql, organization: string, service: string): Promise<PatientKey[]> {
  const rows = await sql<{ patient: PatientKey }[]>`
    select patient from patient_controller where service = ${service} and controller = ${organization}
    order by patient limit ${MOST_PATIENTS + 1}`
  return rows.map(({ patient }) => patient)
}

interface Asked {
  keys: readonly PatientKey[]
  organization: string
  service: string
  types: readonly string[]
}

/** Index: record_pkey. */
async function versionsOf(
  sql: Sql,
  { keys, organization, service, types }: Asked,
): Promise<(IndicatorVersion & { patient: PatientKey })[]> {
  const rows = await sql<{ patient: PatientKey; content: string; recorded: Date; superseded: Date | null }[]>`
    select patient, content, recorded, superseded from record
    where patient = any (${[...keys]}::bigint[]) and service = ${service} and controller = ${organization}
      and type = any (${[...types]}::text[]) and content is not null
    order by patient, recorded, id, version`
  return rows.map(({ patient, content, recorded, superseded }) => ({
    patient,
    resource: JSON.parse(content),
    from: recorded,
    until: superseded ?? undefined,
  }))
}
