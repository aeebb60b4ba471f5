/**
 * Who acts for a citizen and for whom the citizen acts, as RelatedPerson: listed, given and withdrawn by the citizen.
 * http://hl7.org/fhir/R4/relatedperson.html, docs/api/related-person.md
 */
import type { Bundle, Parameters, ParametersParameter, Resource } from '@medplum/fhirtypes'
import type { Area } from '../../access/area.ts'
import { etag } from '../../fhir/answer.ts'
import { authorize } from '../../fhir/authorize.ts'
import type { Answer, Authorized, Done, Exchange } from '../../fhir/exchange.ts'
import { actorOf } from '../../fhir/record-access.ts'
import { isProblem, problem, type Result } from '../../problem/problem.ts'
import { type PatientKey, parseLogicalId } from '../../store/ids.ts'
import { type ActsFor, actsFor } from './acts-for.ts'
import { representativesOf, representedBy } from './list.ts'
import { readRelatedPerson, type SentRelation } from './read-related-person.ts'
import { type RepresentationRule, representationRefusal } from './refusal.ts'
import { type Registrar, relationInLog, storeEndOfRepresentation, storeRepresentation } from './register.ts'
import { relatedPerson } from './related-person.ts'
import { relationById } from './relation-id.ts'
import type { NewRepresentation, StoredRepresentation } from './representation.ts'

const type = 'RelatedPerson'

/** 201, or 200 with the one that is registered when it says the same for at least as long. */
export async function createRelatedPerson(exchange: Exchange, resource: Resource | undefined): Promise<Done> {
  const event = 'representation-registered'
  const sent = resource === undefined ? problem('not-json') : readRelatedPerson(resource)
  if (isProblem(sent)) return { event, type, result: sent }
  const identityNumber = sent.patientNumber ?? exchange.caller.pid
  if (!identityNumber) return { event, type, result: problem('patient-required') }
  const { outcome: decision, patient } = await authorize(exchange, 'citizen', { identityNumber })
  if (isProblem(decision)) return { event, type, patient, result: decision }
  const wanted = await wantedOf(exchange, decision, sent)
  if (isProblem(wanted)) return { event, type, decision, result: wanted }
  const made = await storeRepresentation(exchange.kernel, wanted, await registrarOf(exchange, decision))
  if (isProblem(made)) return { event, type, decision, result: made }
  const { representation, created } = made
  const result = await answerOf(exchange, decision, representation, created ? 201 : 200)
  return { event: created ? event : 'representation-confirmed', type, decision, reason: relationInLog(representation), result }
}

/** 200 with what was ended. A relation does not change otherwise: of what is sent only `active` is read. */
export async function endRelatedPerson(exchange: Exchange, id: string, sent: Resource | undefined): Promise<Done> {
  const event = 'representation-ended'
  const place = parseLogicalId(id)
  if (sent === undefined) return { event, type, result: problem('not-json') }
  if (sent.resourceType !== type || sent.active !== false)
    return {
      event,
      type,
      result: problem('invalid-related-person', 'A relation only ends: send active false.', { expression: 'RelatedPerson.active' }),
    }
  if (!place) return { event, type, result: problem('not-found') }
  const { outcome: decision, patient } = await authorize(exchange, 'citizen', { key: place.patient })
  if (isProblem(decision)) return { event, type, patient, result: decision }
  const { sql, clock } = exchange.kernel
  const keys = keysOf(decision)
  const relation = await relationById(sql, keys, id, clock())
  const by = await registrarOf(exchange, decision)
  const own: readonly PatientKey[] = by.actor.person ? await linkedKeys(exchange, by.actor.person) : []
  // Who else acts for the patient is nothing that one of them is told.
  if (!relation || (by.as === 'representative' && !own.includes(relation.representative)))
    return { event, type, decision, result: problem('not-found') }
  const representative = await linkedKeys(exchange, relation.representative)
  const ended = await storeEndOfRepresentation(exchange.kernel, { kind: relation.kind, patient: keys, representative }, by)
  if (isProblem(ended)) return { event, type, decision, result: ended }
  const shown = ended.find(({ from }) => from.getTime() === relation.from.getTime()) ?? relation
  return { event, type, decision, reason: relationInLog(relation), result: await answerOf(exchange, decision, shown, 200) }
}

/** 200 with a searchset about oneself: who acts for me, and for whom I act; `active=true` leaves out what has ended. */
export async function searchRelatedPersons(exchange: Exchange, form: URLSearchParams): Promise<Done> {
  const event = 'search-type'
  const unknown = [...form].find(([name, value]) => name !== '_format' && !(name === 'active' && value === 'true'))
  if (unknown)
    return {
      event,
      type,
      result: problem('invalid-parameter', 'There is active=true, and nothing else: it is about whoever is signed in.'),
    }
  const access = await aboutSelf(exchange)
  if (isProblem(access.result)) return { event, type, ...access, result: access.result }
  const decision = access.result
  const { sql, clock, baseUrl } = exchange.kernel
  const now = clock()
  const which = form.has('active') ? 'in-force-or-ahead' : 'all'
  const given = await representativesOf(sql, keysOf(decision), which, now)
  const held = await representedBy(sql, keysOf(decision), which, now)
  const hidden = await protectedAmong(exchange, [...given, ...held])
  const { identifier } = decision.patient
  const shown = [
    ...given.map((relation) => ({ relation, asker: 'patient' as const })),
    ...held.map((relation) => ({ relation, asker: 'representative' as const })),
  ]
  const entry = shown.map(({ relation, asker }) => {
    const resource = relatedPerson({ relation, asker, identifier, otherName: otherName(relation, asker, hidden), now })
    return { fullUrl: `${baseUrl}/fhir/RelatedPerson/${resource.id}`, resource, search: { mode: 'match' as const } }
  })
  const body: Bundle = { resourceType: 'Bundle', type: 'searchset', total: entry.length, entry }
  return { event, type, decision, result: { status: 200, headers: {}, body: JSON.stringify(body) } }
}

/**
 * POST /fhir/RelatedPerson/$acts-for: 200 with Parameters, one `person` for oneself and each whom one is registered as acting for.
 * `areas`: those of the kernel's own that a citizen may see for others.
 */
export async function listActsFor(exchange: Exchange, areas: readonly Area[]): Promise<Done> {
  const event = '$acts-for'
  const access = await aboutSelf(exchange)
  if (isProblem(access.result)) return { event, type, ...access, result: access.result }
  const decision = access.result
  const { kernel, caller, area } = exchange
  const now = kernel.clock()
  const people = await actsFor(kernel.sql, {
    number: caller.pid ?? '',
    self: decision.patient,
    services: [...kernel.services.values(), ...areas],
    now,
    personOf: async (key) => {
      const request = {
        kind: 'citizen',
        caller,
        area,
        attestation: undefined,
        consentDeclared: false,
        patient: { key },
        now,
      } as const
      return (await kernel.facts(request)).patient
    },
  })
  const body: Parameters = { resourceType: 'Parameters', parameter: people.map(personParameter) }
  return { event, type, decision, result: { status: 200, headers: {}, body: JSON.stringify(body) } }
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

/** The list is the person's own: whoever acts for somebody is not shown who else does. */
async function aboutSelf(exchange: Exchange): Promise<{ patient?: PatientKey | undefined; result: Result<Authorized> }> {
  const identityNumber = exchange.caller.pid
  if (!identityNumber) return { result: problem('patient-required') }
  const { outcome, patient } = await authorize(exchange, 'citizen', { identityNumber })
  return { patient, result: outcome }
}

async function wantedOf(exchange: Exchange, decision: Authorized, sent: SentRelation): Promise<Result<NewRepresentation>> {
  const { kind, areas, from, until, receiver } = sent
  const period = { ...(from ? { from } : {}), ...(until ? { until } : {}) }
  if (kind === 'parental-consent') {
    const parent = await ownKeys(exchange)
    if (!parent) return representationRefusal(['parent-required'])
    return { kind, patient: keysOf(decision), representative: parent, areas, ...period, source: 'The parent, signed in' }
  }
  const offered = new Set([...exchange.kernel.services.values()].map(({ representation }) => representation.area))
  const broken: RepresentationRule[] = areas.some((area) => !offered.has(area)) ? ['area-not-here'] : []
  const [self] = await exchange.kernel.sql<{ isProtected: boolean }[]>`
    select address_confidentiality like '%onfidential' as "isProtected" from person where patient = ${decision.patient.key}`
  if (self?.isProtected) return problem('protected-address')
  const representative = receiver && (await receiverKeys(exchange, receiver))
  if (!representative) return representationRefusal([...broken, 'receiver-unknown'])
  if (broken.length > 0) return representationRefusal(broken)
  return { kind, patient: keysOf(decision), representative, areas: [...new Set(areas)], ...period, source: 'The giver, signed in' }
}

/**
 * Whoever has the number, when the family name agrees; nobody otherwise, and nobody who has died: a number that is tried tells no name, no age
 * and no death. Index: person_identifier_pkey.
 */
async function receiverKeys(exchange: Exchange, { number, familyName }: NonNullable<SentRelation['receiver']>) {
  const [row] = await exchange.kernel.sql<{ patient: PatientKey; name: string | null }[]>`
    select p.patient, p.family_name as name from person_identifier i join person p on p.patient = i.patient
    where i.system in ('FNR', 'DNR', 'FHN') and i.value = ${number} and p.died is null limit 1`
  return row && sameName(row.name ?? '', familyName) ? await linkedKeys(exchange, row.patient) : undefined
}

function sameName(one: string, other: string): boolean {
  const plain = (name: string) =>
    name
      .normalize('NFC')
      .toLocaleLowerCase('nb')
      .replaceAll(/[\s-]+/g, ' ')
      .trim()
  return plain(one) !== '' && plain(one) === plain(other)
}

async function ownKeys(exchange: Exchange): Promise<readonly [PatientKey, ...PatientKey[]] | undefined> {
  const { person } = await actorOf(exchange)
  return person && (await linkedKeys(exchange, person))
}

/** Index: person_link_pkey. */
async function linkedKeys({ kernel }: Exchange, key: PatientKey): Promise<readonly [PatientKey, ...PatientKey[]]> {
  const rows = await kernel.sql<{ key: PatientKey }[]>`select same_as as key from person_link where patient = ${key}`
  return [key, ...rows.map((row) => row.key)]
}

function keysOf({ patient }: Authorized): readonly [PatientKey, ...PatientKey[]] {
  return [patient.key, ...patient.linked]
}

async function registrarOf(exchange: Exchange, { basis }: Authorized): Promise<Registrar> {
  return { as: basis === 'self' || basis === 'youth' ? 'patient' : 'representative', actor: await actorOf(exchange) }
}

async function answerOf(exchange: Exchange, decision: Authorized, relation: StoredRepresentation, status: 200 | 201): Promise<Answer> {
  const { clock, baseUrl } = exchange.kernel
  const isPatient = decision.basis === 'self' || decision.basis === 'youth'
  const asker = isPatient ? 'patient' : 'representative'
  const hidden = await protectedAmong(exchange, [relation])
  const identifier = isPatient ? decision.patient.identifier : await ownIdentifier(exchange)
  const resource = relatedPerson({ relation, asker, identifier, otherName: otherName(relation, asker, hidden), now: clock() })
  const headers: Record<string, string> = { ETag: etag(relation.ended === null ? 1 : 2) }
  if (status === 201) headers.Location = `${baseUrl}/fhir/RelatedPerson/${resource.id}/_history/1`
  return { status, headers, body: JSON.stringify(resource) }
}

/** As the token has it: the caller's own. */
async function ownIdentifier({ caller, kernel, area }: Exchange): Promise<{ system: string; value: string }> {
  const patient = { identityNumber: caller.pid ?? '' }
  const request = {
    kind: 'citizen',
    caller,
    area,
    attestation: undefined,
    consentDeclared: false,
    patient,
    now: kernel.clock(),
  } as const
  const { patient: self } = await kernel.facts(request)
  if (!self) throw new Error('Whoever acts for a patient is in the person register.')
  return self.identifier
}

/** Codes 7 and 6, of either. Index: person_pkey. */
async function protectedAmong({ kernel }: Exchange, relations: readonly StoredRepresentation[]): Promise<Set<PatientKey>> {
  const keys = relations.flatMap(({ patient, representative }) => [patient, representative])
  const rows = await kernel.sql<{ patient: PatientKey }[]>`
    select patient from person where patient = any (${keys}::bigint[]) and address_confidentiality like '%onfidential'`
  return new Set(rows.map(({ patient }) => patient))
}

function otherName(
  relation: StoredRepresentation,
  asker: 'patient' | 'representative',
  hidden: ReadonlySet<PatientKey>,
): string | undefined {
  if (hidden.has(relation.patient) || hidden.has(relation.representative)) return undefined
  return (asker === 'patient' ? relation.representativeName : relation.patientName) ?? undefined
}
