/** All that a database holds of records, as a text that is the same whenever and in whatever order they came. */
import type { Database } from '@helsevev/kernel/store/database'
import { logicalId, type PatientKey, type RecordId } from '@helsevev/kernel/store/ids'

interface Row {
  patient: PatientKey
  id: RecordId
  service: string
  type: string
  controller: string
  key: string | null
  content: string
}

/** With names that do not change in the place of ids, versions and times of arrival; then the messages that wait. */
export async function storedState(sql: Database['sql']): Promise<{ state: string; waiting: ReadonlySet<string> }> {
  const rows = await sql<Row[]>`
    select r.patient, r.id, r.service, r.type, r.controller, r.business_key as key, r.content
    from record r where r.superseded is null and not r.deleted`
  // Those that are attached show in the records; that they waited depends on the order.
  const waiting = await sql<{ label: string; reason: string }[]>`
    select label, reason from unattached_message where settled is null order by label, reason`
  const numbers = await sql<{ patient: PatientKey; value: string }[]>`select patient, value from person_identifier`
  const persons = new Map(numbers.map(({ patient, value }) => [patient, value]))
  const names = new Map(rows.map((row) => [logicalId(row.patient, row.id), `${row.type}-${row.key}`]))
  const records = rows.map(({ content, patient, service, type, controller, key }) => {
    const { id: _id, meta, ...rest } = JSON.parse(content) as { id: string; meta: Record<string, unknown> }
    const { lastUpdated: _updated, versionId: _version, ...kept } = meta
    const text = JSON.stringify({ ...rest, meta: kept })
      .replaceAll(/\b[a-p]{32}\b/g, (one) => names.get(one) ?? one)
      .replaceAll(/("system":"[^"]*person-key","value":")[^"]*/g, '$1')
    return `${persons.get(patient)} ${service} ${type} ${controller} ${key} ${text}`
  })
  return {
    state: [...records.sort(), ...waiting.map((one) => JSON.stringify(one))].join('\n'),
    waiting: new Set(waiting.map(({ label }) => label)),
  }
}
