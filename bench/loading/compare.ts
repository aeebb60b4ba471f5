/** Whether loaded rows are what the API would have stored: asked of the API itself. */
import { logicalId, type PatientKey, type RecordId } from '@helsevev/kernel/store/ids'
import type { Api } from '@helsevev/sdk'
import type { Observation } from '@medplum/fhirtypes'
import type { Sql } from 'postgres'
import { FNR } from './people.ts'

const ASSESSMENT = 'http://helsevev.no/fhir/StructureDefinition/news2-assessment'

interface Loaded {
  patient: PatientKey
  id: RecordId
  controller: string
  number: string
  score: boolean
}

/**
 * Sends some loaded Observations again, each under its own person: the server must say that it has exactly that already (same business key,
 * same content). Then creates measurements on another person and compares every column with the loaded row. Throws at a difference.
 */
export async function compareWithApi(
  sql: Sql,
  apis: ReadonlyMap<string, Api>,
  other: { key: PatientKey; number: string },
): Promise<number> {
  const sample = await sql<Loaded[]>`
    (select r.patient, r.id, r.controller, i.value as number, r.tokens @> array['category=http://terminology.hl7.org/CodeSystem/observation-category|survey'] as score
     from record r join person_identifier i on i.patient = r.patient
     where r.service = 'news2' and r.patient <> ${other.key}
       and r.patient in (select patient from person where given_name = 'Prøve' order by patient limit 8)
     order by r.effective desc)`
  for (const loaded of sample) {
    const api = apis.get(loaded.controller)
    if (!api) throw new Error(`Nobody writes for ${loaded.controller}.`)
    const address = `news2/Observation/${logicalId(loaded.patient, loaded.id)}`
    const read = await api.get<Observation>(address)
    const again = await api.post('news2/Observation', asSent(read.body))
    if (read.status !== 200 || again.status !== 200 || again.headers.get('etag') !== 'W/"1"') {
      throw new Error(`${address} is not stored as a create would have stored it: sent again, it was answered with ${again.status}.`)
    }
    if (!loaded.score) await compareRows(sql, api, loaded, read.body, other)
  }
  return sample.length
}

/** What a record system would have sent: no id, no metadata of ours, no assessment of ours. */
export function asSent({ id: _id, meta: _meta, extension = [], ...rest }: Observation): Observation {
  const kept = extension.filter(({ url }) => url !== ASSESSMENT)
  return { ...rest, ...(kept.length > 0 && { extension: kept }) }
}

async function compareRows(
  sql: Sql,
  api: Api,
  loaded: Loaded,
  read: Observation,
  other: { key: PatientKey; number: string },
): Promise<void> {
  const created = await api.post<Observation>('news2/Observation', {
    ...asSent(read),
    subject: { identifier: { system: FNR, value: other.number } },
  })
  const columns = await sql<Record<string, unknown>[]>`
    select version, superseded, deleted, service, type, controller, effective, business_key, sensitive_codes, tokens, writer, content
    from record
    where (patient = ${loaded.patient} and id = ${loaded.id})
      or (patient = ${other.key}
        and business_key = (select business_key from record where patient = ${loaded.patient} and id = ${loaded.id} and version = 1))`
  const [one, two] = columns.map(({ content, ...rest }) =>
    JSON.stringify([
      rest,
      String(content)
        .replace(/"id":"[a-p-]+"/, '')
        .replace(/"lastUpdated":"[^"]+"/, ''),
    ]),
  )
  if (columns.length !== 2 || one !== two) {
    throw new Error(`A loaded row differs from a created one (${created.status}):\n${one}\n${two}`)
  }
}
