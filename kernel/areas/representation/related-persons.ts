/**
 * The representatives of a citizen, and the persons a citizen represents, as RelatedPerson. The citizen lists, gives and withdraws them.
 * http://hl7.org/fhir/R4/relatedperson.html, docs/api/related-person.md
 */
import type { Parameters, ParametersParameter, Resource } from '@medplum/fhirtypes'
import type { Area } from '../../access/area.ts'
import type { Decision } from '../../access/decision.ts'
import { etag, jsonAnswer } from '../../fhir/answer.ts'
import { patientNumbered } from '../../fhir/asked-patient.ts'
import { decided } from '../../fhir/decided.ts'
import type { Answer, Done, Exchange } from '../../fhir/exchange.ts'
import { actorOf } from '../../fhir/record-access.ts'
import { type AreaParameter, areaSearchset, booleanToken, pageOfList, readAreaSearch } from '../../fhir/search/area-search.ts'
import { isProblem, problem, type Result } from '../../problem/problem.ts'
import { type PatientKey, patientOfRelation } from '../../store/ids.ts'
import type { ActsFor, ActsForQuery } from './acts-for.ts'
import { type RelationRequest, readRelatedPerson } from './read-related-person.ts'
import { type RepresentationRule, representationRefusal } from './refusal.ts'
import { type Registrar, relationInLog } from './register.ts'
import { relatedPerson } from './related-person.ts'
import type { NewRepresentation, StoredRepresentation } from './representation.ts'
import { type RepresentationRows, representationRows } from './rows.ts'

const type = 'RelatedPerson'

/** 201, or 200 with the registered relation when it says the same and holds for at least as long. */
export async function createRelatedPerson(exchange: Exchange, resource: Resource | undefined): Promise<Done> {
  const event = 'representation-registered'
  const sent = resource === undefined ? problem('not-json') : readRelatedPerson(resource)
  if (isProblem(sent)) return { event, type, result: sent }
  const patient = patientNumbered(sent.patientNumber ?? exchange.caller.pid)
  return await decided(exchange, { event, type, kind: 'citizen', patient }, representationRows, async (decision, rows) => {
    const wanted = await wantedOf(exchange, rows, sent)
    if (isProblem(wanted)) return wanted
    const made = await rows.register(wanted, await registrarOf(exchange, decision))
    if (isProblem(made)) return made
    const { representation, created } = made
    const result = await answerOf(exchange, decision, representation, created ? 201 : 200)
    return { event: created ? event : 'representation-confirmed', reason: relationInLog(representation), result }
  })
}

/** 200 with the ended relation. A relation cannot change in any other way, so only `active` is read from the body. */
export async function endRelatedPerson(exchange: Exchange, id: string, sent: Resource | undefined): Promise<Done> {
  const event = 'representation-ended'
  const key = patientOfRelation(id)
  if (sent === undefined) return { event, type, result: problem('not-json') }
  if (sent.resourceType !== type || sent.active !== false)
    return {
      event,
      type,
      result: problem('invalid-related-person', 'A relation can only be ended: send active false.', { expression: 'RelatedPerson.active' }),
    }
  if (!key) return { event, type, result: problem('not-found') }
  const patient = { key }
  return await decided(exchange, { event, type, kind: 'citizen', patient }, representationRows, async (decision, rows) => {
    const by = await registrarOf(exchange, decision)
    const relation = await rows.relation(id, by)
    if (!relation) return problem('not-found')
    const ended = await rows.end(relation, by)
    if (isProblem(ended)) return ended
    const shown = ended.find(({ from }) => from.getTime() === relation.from.getTime()) ?? relation
    return { reason: relationInLog(relation), result: await answerOf(exchange, decision, shown, 200) }
  })
}

/**
 * 200 with a searchset of the citizen's own relations, in both directions. `active=true` leaves out those that have ended. A relation in
 * which the citizen acts is listed when it opens something now: one that is withdrawn, one with a person who has died and one that a
 * protected address makes useless are missing alike. `areas`: as for `listActsFor`.
 */
export async function searchRelatedPersons(
  exchange: Exchange,
  { form, prefer }: { form: URLSearchParams; prefer: string | undefined },
  areas: readonly Area[],
): Promise<Done> {
  const event = 'search-type'
  const search = readAreaSearch(form, { naming: [], parameters, prefer })
  if (isProblem(search)) return { event, type, result: search }
  return await aboutSelf(exchange, event, async ({ patient: { identifier } }, rows) => {
    const { clock, baseUrl } = exchange.kernel
    const now = clock()
    const active = search.codes('active')
    const which = active.includes('false') ? 'all' : 'in-force-or-ahead'
    const given = await rows.given(which, now)
    const people = await rows.actsFor(actsForQuery(exchange, areas))
    const opened = new Set(people.flatMap(({ patient }) => (patient ? [patient.key, ...patient.linked] : [])))
    const held = (await rows.held(which, now)).filter(({ patient }) => opened.has(patient))
    const found = [
      ...given.map((relation) => ({ relation, asker: 'patient' as const })),
      ...held.map((relation) => ({ relation, asker: 'representative' as const })),
    ]
      .map(({ relation, asker }) => relatedPerson({ relation, asker, identifier, otherName: otherName(relation, asker), now }))
      .filter((resource) => active.includes(String(resource.active)))
    const { shown, more } = pageOfList(found, search)
    const matches = shown.map((resource) => ({ fullUrl: `${baseUrl}/fhir/RelatedPerson/${resource.id}`, resource }))
    return areaSearchset(matches, search, { total: found.length, more })
  })
}

/** The search is about the person who is signed in: it names nobody. */
const parameters: readonly AreaParameter[] = [{ name: 'active', token: booleanToken }]

/**
 * POST /fhir/RelatedPerson/$acts-for: 200 with Parameters, one `person` for the citizen and one for each person that the citizen is
 * registered as acting for. `areas`: the kernel's own areas that a citizen may see on behalf of others.
 */
export async function listActsFor(exchange: Exchange, areas: readonly Area[]): Promise<Done> {
  const event = '$acts-for'
  return await aboutSelf(exchange, event, async (_decision, rows) => {
    const people = await rows.actsFor(actsForQuery(exchange, areas))
    return jsonAnswer({ resourceType: 'Parameters', parameter: people.map(personParameter) } satisfies Parameters)
  })
}

function actsForQuery(exchange: Exchange, areas: readonly Area[]): Omit<ActsForQuery, 'self'> {
  const { kernel, caller } = exchange
  return {
    number: caller.pid ?? '',
    services: [...kernel.services.values(), ...areas],
    now: kernel.clock(),
    personOf: async (key) => await personOf(exchange, { key }),
  }
}

/** The person, as the facts of a request have them. */
async function personOf({ kernel, caller, area }: Exchange, patient: { key: PatientKey } | { identityNumber: string }) {
  const attested = { attestation: undefined, consentDeclared: false }
  return (await kernel.facts({ kind: 'citizen', caller, area, ...attested, patient, now: kernel.clock() })).patient
}

function personParameter({ isSelf, name, patient, kinds, services }: ActsFor): ParametersParameter {
  return {
    name: 'person',
    part: [
      { name: 'self', valueBoolean: isSelf },
      ...(name === undefined ? [] : [{ name: 'name', valueString: name }]),
      ...(patient === undefined ? [] : [{ name: 'identifier', valueIdentifier: patient.identifier }]),
      ...(patient?.birthDate === undefined ? [] : [{ name: 'birthDate', valueDate: patient.birthDate }]),
      ...kinds.map((kind) => ({ name: 'relation', valueCode: kind })),
      ...services.map(({ id, access }) => ({
        name: 'service',
        part: [
          { name: 'id', valueCode: id },
          { name: 'open', valueBoolean: 'basis' in access },
          ...('basis' in access
            ? [{ name: 'basis', valueCode: access.basis }]
            : [
                { name: 'problem', valueCode: access.refused },
                { name: 'why', valueString: access.why },
              ]),
        ],
      })),
    ],
  }
}

/** Lists are about the signed-in person only. A representative does not see which other representatives the patient has. */
async function aboutSelf(
  exchange: Exchange,
  event: string,
  work: (decision: Decision, rows: RepresentationRows) => Promise<Result<Answer>>,
): Promise<Done> {
  const patient = patientNumbered(exchange.caller.pid)
  return await decided(exchange, { event, type, kind: 'citizen', patient }, representationRows, work)
}

async function wantedOf(
  exchange: Exchange,
  rows: RepresentationRows,
  { kind, areas, from, until, receiver }: RelationRequest,
): Promise<Result<Omit<NewRepresentation, 'patient'>>> {
  const period = { ...(from ? { from } : {}), ...(until ? { until } : {}) }
  if (kind === 'parental-consent') {
    const parent = await rows.keysOfActor(await actorOf(exchange))
    if (!parent) return representationRefusal(['parent-required'])
    return { kind, representative: parent, areas, ...period, source: 'The parent, signed in' }
  }
  const offered = new Set([...exchange.kernel.services.values()].map(({ representation }) => representation.area))
  const broken: RepresentationRule[] = areas.some((area) => !offered.has(area)) ? ['area-not-here'] : []
  if (await rows.isProtected()) return problem('protected-address')
  if (broken.length > 0) return representationRefusal(broken)
  if (!receiver) return problem('invalid-related-person')
  const representative = await rows.keyOfReceiver(receiver)
  return { kind, representative, areas: [...new Set(areas)], ...period, source: 'The giver, signed in', receiverName: receiver.familyName }
}

function isPatient({ basis }: Decision): boolean {
  return basis === 'self' || basis === 'youth'
}

async function registrarOf(exchange: Exchange, decision: Decision): Promise<Registrar> {
  return { as: isPatient(decision) ? 'patient' : 'representative', actor: await actorOf(exchange) }
}

async function answerOf(exchange: Exchange, decision: Decision, relation: StoredRepresentation, status: 200 | 201): Promise<Answer> {
  const { clock, baseUrl } = exchange.kernel
  const asker = isPatient(decision) ? 'patient' : 'representative'
  const identifier = isPatient(decision) ? decision.patient.identifier : await ownIdentifier(exchange)
  const resource = relatedPerson({ relation, asker, identifier, otherName: otherName(relation, asker), now: clock() })
  const headers: Record<string, string> = { ETag: etag(relation.ended === null ? 1 : 2) }
  if (status === 201) headers.Location = `${baseUrl}/fhir/RelatedPerson/${resource.id}/_history/1`
  return { status, headers, body: JSON.stringify(resource) }
}

/** The caller's own identifier, found by the number in the token. */
async function ownIdentifier(exchange: Exchange): Promise<{ system: string; value: string }> {
  const self = await personOf(exchange, { identityNumber: exchange.caller.pid ?? '' })
  if (!self) throw new Error('A citizen who acts for a patient must be in the person register.')
  return self.identifier
}

/** The same whether either has a protected address: a name that is missing would show it. */
function otherName(relation: StoredRepresentation, asker: 'patient' | 'representative'): string | undefined {
  return (asker === 'patient' ? relation.representativeName : relation.patientName) ?? undefined
}
