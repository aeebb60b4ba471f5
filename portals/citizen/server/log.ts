/** Who has looked: AuditEvents of the API (docs/api/audit-event.md) as lines that the page puts into words. */
import { isProblem } from '@helsevev/portal/server'
import { z } from 'zod'
import type { LogLine } from '../contract.ts'
import { didOf } from './did.ts'
import { type LogCheck, proven } from './log-proof.ts'
import { type About, aboutOf, patientParameter, type Some } from './people.ts'

/** Lines for each request, and the number of requests: together the most that the page shows of one period. */
const pageSize = 1000
const mostPages = 3

export const logHandlers = (check: LogCheck): Some<'log'> => ({
  async log(asked, { headers, body: { from, to, unchecked = false } }) {
    const about = aboutOf(asked, headers)
    if (isProblem(about)) return about
    const lines: LogLine[] = []
    const proof = async () => (unchecked ? {} : await proven(check, lines))
    for (let page = 0; page < mostPages; page++) {
      const bundle = searchset.parse(await asked.api.post('/fhir/AuditEvent/_search', form(about, from, to, page)))
      const found = (bundle.entry ?? []).flatMap(({ resource }) => auditEvent.safeParse(resource).data ?? [])
      lines.push(...found.map(lineOf))
      if ((page + 1) * pageSize >= (bundle.total ?? 0)) return { lines, more: false, ...(await proof()) }
    }
    return { lines, more: true, ...(await proof()) }
  },
})

function form(about: About, from: string, to: string, page: number): URLSearchParams {
  const parameters = new URLSearchParams({ ...patientParameter(about), _count: String(pageSize), _skip: String(page * pageSize) })
  parameters.append('date', `ge${from}`)
  parameters.append('date', `le${to}`)
  return parameters
}

const text = z.string()
const coding = z.object({ system: text.optional(), code: text.optional(), display: text.optional() })
const concept = z.object({ coding: z.array(coding).optional(), text: text.optional() })
const identifier = z.object({ system: text.optional(), value: text.optional() })
const contained = z.object({
  resourceType: text,
  id: text,
  identifier: z.array(identifier).optional(),
  // The name of an Organization is one text; a Practitioner has a list of names.
  name: z.union([text, z.array(z.object({ text: text.optional() }))]).optional(),
  qualification: z.array(z.object({ code: concept })).optional(),
})
const auditEvent = z.object({
  resourceType: z.literal('AuditEvent'),
  id: text,
  contained: z.array(contained).optional(),
  extension: z
    .array(z.object({ url: text, valueCode: text.optional(), valueString: text.optional(), valueBoolean: z.boolean().optional() }))
    .optional(),
  type: coding.optional(),
  subtype: z.array(coding).optional(),
  recorded: text,
  outcome: text.optional(),
  outcomeDesc: text.optional(),
  purposeOfEvent: z.array(concept).optional(),
  agent: z.array(z.object({ who: z.object({ type: text.optional() }).optional(), name: text.optional() })).min(1),
  entity: z
    .array(z.object({ name: text.optional(), detail: z.array(z.object({ type: text, valueString: text.optional() })).optional() }))
    .optional(),
})
type Event = z.infer<typeof auditEvent>
const searchset = z.object({ total: z.number().optional(), entry: z.array(z.object({ resource: z.unknown() })).optional() })

const extensions = 'http://helsevev.no/fhir/StructureDefinition'

function lineOf(event: Event): LogLine {
  const detail = (type: string) => event.entity?.[0]?.detail?.find((one) => one.type === type)?.valueString
  const extension = (name: string) => event.extension?.find(({ url }) => url === `${extensions}/${name}`)
  const [purpose] = event.purposeOfEvent ?? []
  const basis = extension('access-basis')?.valueCode
  const openedBy = extension('restrictions-opened-by')?.valueCode
  const service = detail('service')
  const code = purpose?.coding?.[0]?.code
  const isOperation = event.subtype?.some(({ code: kind }) => kind === 'operation') ?? false
  const episode = extension('episode')?.valueString
  return {
    id: event.id,
    ...(episode === undefined ? {} : { episode }),
    at: event.recorded,
    actor: actorOf(event),
    did: didOf({ type: event.type, subtype: event.subtype, service, resource: event.entity?.[0]?.name }),
    ...(service === undefined ? {} : { service }),
    ...(isOperation || !event.entity?.[0]?.name ? {} : { resource: event.entity[0].name }),
    ...(detail('resources') === undefined ? {} : { count: Number(detail('resources')) }),
    ...(code === undefined ? {} : { purpose: code }),
    ...(basis === undefined ? {} : { basis }),
    ...(purpose?.text === undefined ? {} : { reason: purpose.text }),
    outcome: event.outcome === '0' ? 'ok' : event.outcome === '4' ? 'refused' : 'failed',
    ...(event.outcomeDesc === undefined ? {} : { problem: event.outcomeDesc }),
    withheld: extension('something-withheld')?.valueBoolean === true,
    ...(openedBy === undefined ? {} : { openedBy }),
    ...choiceOf(event),
  }
}

/** The choice that a line is about: the entity after the first, with what it covers as details. */
function choiceOf({ entity = [] }: Event): Pick<LogLine, 'choice'> {
  const details = entity.slice(1).find(({ detail = [] }) => detail.some(({ type }) => type === 'kind'))?.detail ?? []
  const of = (name: string) => details.find(({ type }) => type === name)?.valueString
  const [kind, service] = [of('kind'), of('service')]
  if (kind === undefined) return {}
  return { choice: { kind, ...(service === undefined ? {} : { service }), oneRecord: of('record') !== undefined } }
}

function actorOf(event: Event): LogLine['actor'] {
  const [agent] = event.agent
  const within = (id: string) => event.contained?.find((one) => one.id === id)
  const nameOf = (id: string) => {
    const name = within(id)?.name
    return typeof name === 'string' ? name : undefined
  }
  const type = agent?.who?.type
  const name = agent?.name === undefined ? {} : { name: agent.name }
  if (type === 'Patient') return { kind: 'self', ...name }
  if (type === 'RelatedPerson') return { kind: 'representative', ...name }
  const practitioner = within('practitioner')
  const number = within('legal-entity')?.identifier?.[0]?.value
  const unit = nameOf('point-of-care-organization') ?? nameOf('department')
  const authorization = practitioner?.qualification?.[0]?.code.coding?.[0]?.code
  const hprNumber = practitioner?.identifier?.[0]?.value
  return {
    kind: practitioner ? 'staff' : 'system',
    ...name,
    ...(authorization === undefined ? {} : { authorization }),
    ...(hprNumber === undefined ? {} : { hprNumber }),
    ...(number === undefined ? {} : { organization: { number, name: nameOf('legal-entity') ?? number } }),
    ...(unit === undefined ? {} : { unit }),
  }
}
