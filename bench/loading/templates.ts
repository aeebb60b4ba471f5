/**
 * What the server stores for an Observation, found out by creating one of each kind, controller and set of values through the API:
 * the columns of its row, with the few places that differ from one row to the next cut out.
 */
import { logicalId, type PatientKey, parseLogicalId, placeText, type RecordId } from '@helsevev/kernel/store/ids'
import { dateTokens } from '@helsevev/kernel/store/record-dates'
import { type Api, createApi, createHelseId } from '@helsevev/sdk'
import { clientOf } from '@helsevev/server/seed/sign-in'
import type { Sql } from 'postgres'
import { controllers, type Issuer } from '../world.ts'
import { type Kind, kinds, observation, VARIANTS } from './observations.ts'

export interface Slots {
  id: string
  /** ISO time with milliseconds. */
  recorded: string
  /** UTC with seconds. */
  effective: string
  identifier: string
  /** Logical ids of the seven that a score is made from. */
  measurements: readonly string[]
}

export interface RowTemplate {
  controller: string
  service: string
  type: string
  writer: string
  content: (slots: Slots) => string
  /** As the text of an SQL array. */
  tokens: (slots: Slots) => string
}

export interface Template extends RowTemplate {
  kind: Kind
}

/** By controller, then set of values, then kind in the order of `kinds`. */
export type Templates = ReadonlyMap<string, readonly (readonly Template[])[]>

/** The API as each controller's record system calls it. */
export async function recordSystems(baseUrl: string, issuer: Issuer, service = 'news2'): Promise<ReadonlyMap<string, Api>> {
  const made = controllers.map(async ({ number }): Promise<[string, Api]> => {
    const clientId = clientOf(number)
    const helseId = createHelseId({ issuer: issuer.issuer, clientId, privateJwk: await issuer.privateKey(clientId) })
    const scope = [`helsevev:${service}/read`, `helsevev:${service}/write`]
    // A multi-tenant client names the organisation it acts for; a client of one organisation need not.
    const organization = clientId.startsWith('helse-') ? {} : { organization: { parent: number } }
    const token = () => helseId.clientCredentials({ scope, ...organization })
    return [number, createApi({ baseUrl: `${baseUrl}/fhir`, token, sourceSystem: 'Helsevev bench' })]
  })
  return new Map(await Promise.all(made))
}

/** Creates the templates on the person with `identityNumber`; throws when anything is refused or flagged. */
export async function createTemplates(
  sql: Sql,
  apis: ReadonlyMap<string, Api>,
  identityNumber: { system: string; value: string },
): Promise<Templates> {
  const templates = new Map<string, Template[][]>()
  for (const [controller, api] of apis) {
    const sets: Template[][] = []
    for (let variant = 0; variant < VARIANTS; variant++) sets.push(await createSet(sql, api, identityNumber, controller, variant))
    templates.set(controller, sets)
  }
  return templates
}

export interface TemplateRow {
  patient: PatientKey
  id: RecordId
  service: string
  type: string
  controller: string
  effective: Date
  recorded: Date
  tokens: string[]
  writer: string
  content: string
}

async function createSet(
  sql: Sql,
  api: Api,
  identifier: { system: string; value: string },
  controller: string,
  variant: number,
): Promise<Template[]> {
  const name = (kind: Kind) => `template-${controller}-${variant}-${kind}`
  const fullUrls = new Map(kinds.map((kind) => [kind, `urn:uuid:${crypto.randomUUID()}`]))
  const time = `2026-01-01T${String(variant).padStart(2, '0')}:00:00Z`
  const moment = { controller, time, identifier: name, reference: (kind: Kind) => fullUrls.get(kind) ?? '' }
  const entry = kinds.map((kind) => ({
    fullUrl: fullUrls.get(kind),
    resource: { ...observation(kind, variant, moment), subject: { identifier } },
    request: { method: 'POST', url: 'Observation' },
  }))
  const reply = await api.post<{ entry: { response: { status: string; location: string; outcome?: unknown } }[] }>('news2', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry,
  })
  if (reply.status !== 200 || reply.body.entry.some(({ response }) => response.status !== '201 Created' || response.outcome)) {
    throw new Error(`The server did not take the templates of ${controller} as they are: ${JSON.stringify(reply.body)}`)
  }
  const rows = await Promise.all(
    kinds.map(async (kind) => [kind, await rowWith(sql, `identifier=https://ehr.example/fhir/measurement|${name(kind)}`)] as const),
  )
  const measurements = rows.filter(([kind]) => kind !== 'score').map(([, row]) => logicalId(row.patient, row.id))
  return rows.map(([kind, row]) =>
    template(kind, row, {
      id: logicalId(row.patient, row.id),
      recorded: row.recorded.toISOString(),
      effective: time,
      identifier: name(kind),
      measurements,
    }),
  )
}

export async function rowWith(sql: Sql, token: string): Promise<TemplateRow> {
  const rows = await sql<TemplateRow[]>`
    select patient, id, service, type, controller, effective, recorded, tokens, writer, content from record where tokens @> ${[token]}`
  const [row] = rows
  if (!row || rows.length > 1) throw new Error(`${rows.length} rows have the token ${token}.`)
  return row
}

function template(kind: Kind, row: TemplateRow, own: Slots): Template {
  return { kind, ...rowTemplate(row, own) }
}

/** `own` is what stands in the row's slots. */
export function rowTemplate(row: TemplateRow, own: Slots): RowTemplate {
  const { controller, service, type, writer } = row
  const dates = dateTokensOf(own.effective)
  const array = `{${row.tokens.map((token) => `"${(dates.includes(token) ? DATE : token).replace(/["\\]/g, '\\$&')}"`).join(',')}}`
  const tokens = cut(array, placed(own))
  return {
    controller,
    service,
    type,
    writer,
    content: cut(row.content, own),
    tokens: (slots) => tokens(placed(slots)).replace(DATE, dateTokensOf(slots.effective).join('","')),
  }
}

const DATE = 'the token of the date'

/** A time with seconds lasts one. */
function dateTokensOf(effective: string): string[] {
  const start = new Date(effective)
  return dateTokens('date', [{ start, end: new Date(start.getTime() + 1000) }])
}

/** Tokens name other records by place, and not by the id that the API gives. */
function placed(slots: Slots): Slots {
  const place = (id: string) => {
    const key = parseLogicalId(id)
    return key ? placeText(key.patient, key.id) : id
  }
  return { ...slots, id: place(slots.id), measurements: slots.measurements.map(place) }
}

/** A function that writes the text again with other values where its own stand. */
function cut(text: string, own: Slots): (slots: Slots) => string {
  const values = [own.id, own.recorded, own.effective, own.identifier, ...own.measurements]
  const escaped = values.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pieces = text.split(new RegExp(`(${escaped.join('|')})`))
  const places = pieces.map((piece, at) => (at % 2 === 0 ? -1 : values.indexOf(piece)))
  return ({ id, recorded, effective, identifier, measurements }) => {
    const others = [id, recorded, effective, identifier, ...measurements]
    let written = ''
    for (let at = 0; at < pieces.length; at++) {
      const place = places[at] ?? -1
      written += place < 0 ? pieces[at] : (others[place] ?? '')
    }
    return written
  }
}
