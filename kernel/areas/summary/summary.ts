/** POST /fhir/Patient/$summary: a summary of the services that the caller may see, each opened by its own decision. docs/api/summary.md */
import type { OperationOutcomeIssue, Resource } from '@medplum/fhirtypes'
import type { Decision } from '../../access/decision.ts'
import { jsonAnswer } from '../../fhir/answer.ts'
import { patientIn } from '../../fhir/asked-patient.ts'
import { type DecisionRequest, decided, decidedOutcome } from '../../fhir/decided.ts'
import { eachService } from '../../fhir/each-service.ts'
import type { Done, Exchange, ServiceExchange } from '../../fhir/exchange.ts'
import { nothingIssues } from '../../fhir/nothing-issues.ts'
import { NOTHING_SYSTEM, PROBLEM_SYSTEM, withheldIssue } from '../../fhir/outcome.ts'
import { type BoundRecords, records } from '../../fhir/records.ts'
import { type Outcome, one, several } from '../../fhir/routes.ts'
import type { InformationService, SummaryContribution } from '../../fhir/service.ts'
import { readableText, unreadableIssue } from '../../fhir/validation/readable.ts'
import { spliceIdentifier } from '../../fhir/write/content.ts'
import { isProblem, type Problem, problem } from '../../problem/problem.ts'
import { parseLogicalId } from '../../store/ids.ts'
import { isSamePerson } from '../../store/visibility.ts'
import { personRows } from '../persons/rows.ts'
import { type Contributed, summaryBundle } from './composition.ts'
import { followedFrom } from './document-links.ts'

const event = '$summary'
const type = undefined

/**
 * 200 with a document. The first row of the log is about the person, and each of the others about a service that was asked. When a service
 * refuses, its section states that. The whole request is refused when the person may not be looked up.
 */
export async function summary(exchange: Exchange, form: URLSearchParams): Promise<Outcome> {
  const unknown = [...form.keys()].find((name) => name !== 'patient.identifier' && name !== '_format')
  if (unknown !== undefined)
    return one({ event, type, result: problem('invalid-parameter', 'The only parameter here is patient.identifier.') })
  const patient = patientIn(exchange, form)
  const asking = { event, type, kind: 'identify', patient } as const
  return await decidedOutcome(exchange, asking, personRows, async (_decision, rows, rowOf) => {
    const { kernel } = exchange
    const { exchanges, notAsked } = eachService(exchange, ({ patientSummary }) => patientSummary !== undefined)
    const asked = await Promise.all(exchanges.map((each) => contribute(each, patient)))
    const contributed = [
      ...asked.flatMap((each) => each.contributed),
      ...notAsked.flatMap((service) => onlyNotice(service, notAskedIssue(service))),
    ]
    const bundle = summaryBundle({
      id: exchange.eventId,
      now: kernel.clock(),
      patient: await rows.resource(),
      baseUrl: kernel.baseUrl,
      contributed,
      codes: kernel.codes,
      urn: () => `urn:uuid:${kernel.ids.uuid()}`,
    })
    return several([rowOf(jsonAnswer(bundle)), ...asked.map(({ done }) => done)])
  })
}

async function contribute(
  exchange: ServiceExchange,
  patient: DecisionRequest['patient'],
): Promise<{ done: Done; contributed: Contributed[] }> {
  const { service } = exchange
  let contributed: Contributed[] = []
  const done = await decided(exchange, { event, type, kind: 'search', patient }, records, async (decision, rows) => {
    const withheld = await rows.withheld()
    contributed = await Promise.all(
      (service.patientSummary ?? []).map(async (contribution) => {
        const ofService = rows.ofService(service)
        const all = await ofService.search(contribution.type, searchOf(contribution))
        const unreadable = ofService.unreadable()
        const shown = all.slice(0, contribution.count)
        const issues = [
          ...withheld.map(withheldIssue),
          ...(await nothingIssues({ decision, rows }, { empty: all.length + unreadable === 0, withheld })),
          ...(unreadable > 0 ? [unreadableIssue(unreadable)] : []),
          ...(all.length > contribution.count ? [leftOutIssue(service, contribution)] : []),
        ]
        const facts = contribution.facts?.(shown, exchange.kernel.codes) ?? shown.map((resource) => [resource])
        const found = (resource: Resource) => ({ fullUrl: urlOf(exchange, resource), resource })
        const linked = await linkedTo(shown, service, decision, rows)
        return {
          service: service.names.en,
          contribution,
          issues,
          facts: facts.map((fact) => fact.map(found)),
          linked: linked.map(found),
        }
      }),
    )
    return { status: 200, headers: {}, body: undefined }
  })
  // The service refused, or the decision had to be repeated too often. Nothing was shown.
  if (isProblem(done.result)) contributed = onlyNotice(service, refusedIssue(done.result))
  return { done: { ...done, exchange }, contributed }
}

/** What a summary holds in addition to the entries of its sections: the greatest number of each section, and of steps along links. */
const MOST_LINKED = 300
const MOST_STEPS = 4

/**
 * The records of the service that these refer to, and those that they refer to in turn, as far as the decision lets them through. They are
 * disclosed like those that the sections show. What is entered in error is left out: a profile of IPS cannot state it.
 */
async function linkedTo(
  shown: readonly Resource[],
  { resources }: InformationService,
  decision: Decision,
  rows: BoundRecords,
): Promise<Resource[]> {
  const known = new Set(shown.map(({ resourceType, id }) => `${resourceType}/${id}`))
  const linked: Resource[] = []
  let from = shown
  for (let step = 0; step < MOST_STEPS && from.length > 0 && linked.length < MOST_LINKED; step += 1) {
    const asked = [...new Set(from.flatMap(followedFrom))].filter((address) => !known.has(address))
    const ids = asked.flatMap((address) => {
      known.add(address)
      const key = parseLogicalId(address.split('/')[1] ?? '')
      return key && isSamePerson(decision.patient, key.patient) ? [key.id] : []
    })
    const found = await rows.byId(ids, MOST_LINKED - linked.length)
    rows.disclose(found)
    const read = found.flatMap(({ type: of, content }): Resource[] => {
      const element = resources[of]?.patientElement ?? 'subject'
      const resource = readableText(spliceIdentifier(content ?? '{}', element, decision.patient.identifier))
      return resource ? [resource] : []
    })
    from = read.filter((resource) => resource.resourceType !== 'Composition' && statusOf(resource) !== 'entered-in-error')
    linked.push(...from)
  }
  return linked
}

function statusOf(resource: Resource): string | undefined {
  return 'status' in resource && typeof resource.status === 'string' ? resource.status : undefined
}

/** Searches for one more than is shown, to find out whether there are more. A summary holds what is present. */
function searchOf({ tokens, count }: SummaryContribution) {
  return { present: true as const, count: count + 1, ...(tokens ? { tokens } : {}) }
}

function urlOf({ kernel, service }: ServiceExchange, { resourceType, id }: Resource): string {
  if (!id) throw new Error('A stored resource has a logical id.')
  return `${kernel.baseUrl}/fhir/${service.id}/${resourceType}/${id}`
}

/** The same notice, and no resources, in each section that the service would give to. */
function onlyNotice(service: InformationService, issue: OperationOutcomeIssue): Contributed[] {
  return (service.patientSummary ?? []).map((contribution) => ({
    service: service.names.en,
    contribution,
    facts: [],
    linked: [],
    issues: [issue],
  }))
}

function refusedIssue({ problem: code, issues }: Problem): OperationOutcomeIssue {
  const kind = code === 'busy' ? 'transient' : 'forbidden'
  return { severity: 'warning', code: kind, details: { coding: [{ system: PROBLEM_SYSTEM, code }], text: issues[0]?.text ?? '' } }
}

function notAskedIssue({ names }: InformationService): OperationOutcomeIssue {
  return {
    severity: 'information',
    code: 'incomplete',
    details: { coding: [{ system: NOTHING_SYSTEM, code: 'not-asked' }], text: `${names.en} was not asked: the token lacks its scope.` },
  }
}

function leftOutIssue({ names }: InformationService, { type: of, count }: SummaryContribution): OperationOutcomeIssue {
  const text = `The newest ${count} of ${of} of ${names.en} are shown. There are more in the service.`
  return { severity: 'information', code: 'incomplete', details: { coding: [{ system: NOTHING_SYSTEM, code: 'more' }], text } }
}
