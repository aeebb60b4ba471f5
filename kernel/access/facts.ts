/**
 * Everything the decision needs, read again for every request (docs/decisions/0006-agreements-read-in-every-request.md). Requests that
 * arrive in one turn of the event loop, or while a statement is running, share the next statement. The facts of each request are still read
 * after it arrived.
 */
import type { Sql } from 'postgres'
import type { PatientKey } from '../store/ids.ts'
import { coalesce } from '../values/coalesce.ts'
import { type IdentityNumberKind, identityNumberSystems } from '../values/identity-number.ts'
import { citizenAsked, readCitizen } from './citizen-facts.ts'
import { relationOfReader, withOpenings } from './close-relation-facts.ts'
import { inForce } from './in-force.ts'
import { withPerson } from './person-facts.ts'
import type { AccessRequest, Agreement, Choice, CloseRelation, Facts } from './request.ts'
import { unitsOf } from './units.ts'

export type FactsReader = (request: AccessRequest) => Promise<Facts>

/** A list that was drawn up this many days ago is no longer of use, and is removed (kernel/areas/worklists). */
export const WORKLIST_DAYS = 7

/** The greatest number of requests in one statement, and of statements that run at once. */
const BATCH = 64
const AT_ONCE = 2

export function createFactsReader(sql: Sql): FactsReader {
  // When PostgreSQL refuses a value of one request, the other requests of the statement must not fail.
  const fixed = fixedParts(sql)
  const read = (requests: readonly AccessRequest[]) => readBatch(sql, fixed, requests)
  const reading = coalesce(read, { most: BATCH, atOnce: AT_ONCE, singly: true })
  return async (request) => {
    const { facts, relation } = await reading.add(request)
    const known = await withOpenings(sql, request, await completed(sql, request, await withPerson(sql, request, facts)), relation)
    // Whether the look-up of a close relation is refused may not depend on which of those that have opened it have reported.
    return known.closeRelation?.openedBy.length ? { ...known, agreements: await allAgreements(sql, request, known.patient) } : known
  }
}

/** The facts of the one statement, and what decides whether more is read. */
interface Read {
  facts: Facts
  relation: CloseRelation['kind'] | null
}

/** Adds facts that few requests need; they are read for these requests only. */
async function completed(sql: Sql, request: AccessRequest, facts: Facts): Promise<Facts> {
  if (request.caller.kind === 'citizen') {
    return { ...facts, citizen: await readCitizen(sql, request.caller.pid, facts.patient, citizenAsked(request)) }
  }
  const { caller, kind, attestation, now } = request
  if (!facts.consumes || !['read', 'search', 'list'].includes(kind) || (caller.kind === 'system' && facts.produces)) return facts
  const asked = { purpose: attestation?.careRelation.purpose ?? '', now, units: unitsOf(request, facts) }
  // For a case officer, the openings decide among all agreements.
  const isEnough = caller.kind === 'person' && facts.caseOfficer === undefined
  if (isEnough && facts.agreements.some((agreement) => inForce(agreement, asked))) return facts
  // Why nothing of others is read may not depend on who has reported on this patient: the reason would reveal it.
  return { ...facts, agreements: await allAgreements(sql, request, facts.patient) }
}

/** The numbers that person_identifier may hold. Other text belongs to no person, and PostgreSQL takes no text with NUL. */
const NUMBER = /^[0-9]{1,11}$/

function questionOf(request: AccessRequest) {
  const { caller, area, patient, attestation, now } = request
  const number = patient !== 'nobody' && 'identityNumber' in patient ? patient.identityNumber : ''
  const attested = attestation?.patient?.identifier.id ?? ''
  return {
    organization: caller.organization ?? null,
    supplier: caller.supplier ?? null,
    service: area.id,
    number: NUMBER.test(number) ? number : null,
    key: patient !== 'nobody' && 'key' in patient ? patient.key : null,
    attested: NUMBER.test(attested) ? attested : null,
    hpr: plainText(caller.hprNumber),
    unit: plainText(unitIn(request)),
    child: plainText(caller.organizationChild),
    purpose: attestation?.careRelation.purpose ?? '',
    // The client sends no arrays of booleans.
    list: String(request.kind === 'list'),
    reader: caller.kind === 'person' && NUMBER.test(caller.pid ?? '') ? (caller.pid ?? null) : null,
    now: now.toISOString(),
  }
}

/** The unit to look for. The attestation of a system is not checked, so for a list that a system sends it is the unit of the list. */
function unitIn({ kind, unit, attestation }: AccessRequest): string | undefined {
  return kind === 'worklist-write' ? unit : attestation?.practitioner.pointOfCare?.id
}

/** PostgreSQL takes no text with NUL, and no unit has one in its number. */
function plainText(text: string | undefined): string | null {
  return text === undefined || text.includes('\0') ? null : text
}

interface FactsRow {
  place: number
  organization: Facts['organization'] | null
  supplier: Facts['supplier'] | null
  withdrawn: boolean
  produces: boolean | null
  consumes: boolean | null
  roleRules: Facts['roleRules'] | null
  unit_known: boolean
  child_known: boolean
  listed: boolean
  authorizations: string[]
  patient: PatientKey | null
  blocked: boolean
  linked: PatientKey[]
  /** Kind and number, with a space between them. */
  identifier: string | null
  birth_date: string | null
  attested: PatientKey | null
  agreements: Agreement[] | null
  /** One agreement that may be in force, of whatever controller. */
  elsewhere: Agreement[] | null
  contributors: string[]
  /** The contributors that hold only extra-sensitive records. */
  silent: string[]
  choices: { changes: number; standing: Choice[] | null } | null
  alerts: string[] | null
  relation: CloseRelation['kind'] | null
}

/** The parts of the statement that are the same for all requests: to make them again for each takes longer than to send it. */
function fixedParts(sql: Sql) {
  return {
    isMember: isMember(sql),
    elsewhere: agreementsOf(sql, sql`a.id = (${oneInForce(sql)})`, { keys: sql`'{}'::bigint[]` }),
    unitKnown: isUnit(sql, sql`q.unit`),
    childKnown: isUnit(sql, sql`q.child`),
    agreements: agreementsOf(sql, sql`a.controller = any (k.contributors)`),
    relation: relationOfReader(sql),
  }
}
type FixedParts = ReturnType<typeof fixedParts>

/**
 * Index: the primary keys of organization, service_participation, role_access, practitioner_authorization, person, person_identifier,
 * person_link, patient_controller, patient_choice, sharing_closure and service_delivery; sharing_agreement_receiver;
 * vendor_delegation_withdrawn.
 */
async function readBatch(sql: Sql, fixed: FixedParts, requests: readonly AccessRequest[]): Promise<Read[]> {
  const questions = requests.map(questionOf)
  const column = <K extends keyof (typeof questions)[number]>(name: K) => questions.map((question) => question[name])
  const { askers, asks } = askersOf(questions)
  const rows = await sql<FactsRow[]>`
    with asker as materialized (
      select q.place,
        (select json_build_object('name', o.name, 'member', ${fixed.isMember})
         from organization o where o.number = q.organization) as organization,
        case when q.supplier is not null then
          (select json_build_object('name', o.name, 'member', ${fixed.isMember})
           from organization o where o.number = q.supplier) end as supplier,
        coalesce(case when q.supplier is not null then
          exists (select from vendor_delegation v
                  where v.organization = q.organization and v.supplier = q.supplier and v.restored is null) end, false) as withdrawn,
        s.produces, s.consumes,
        (select json_agg(json_build_object('role', r.role, 'purposes', r.purposes))
         from role_access r where r.organization = q.organization and r.service = q.service) as "roleRules",
        ${fixed.elsewhere} as elsewhere
      from unnest(
        ${askers.map(({ organization }) => organization)}::text[], ${askers.map(({ supplier }) => supplier)}::text[],
        ${askers.map(({ service }) => service)}::text[], ${askers.map(({ purpose }) => purpose)}::text[],
        ${askers.map(({ now }) => now)}::timestamptz[]
      ) with ordinality as q (organization, supplier, service, purpose, now, place)
      left join service_participation s on s.organization = q.organization and s.service = q.service
    )
    select
      q.place::integer, e.organization, e.supplier, e.withdrawn, e.produces, e.consumes, e."roleRules", e.elsewhere,
      ${fixed.unitKnown} as unit_known, ${fixed.childKnown} as child_known,
      coalesce(case when q.list = 'true' then
        exists (select from worklist_patient w join worklist h on h.unit = w.unit
                where w.patient = any (k.keys) and w.unit = q.unit and h.organization = q.organization
                  and h.drawn_up > q.now - make_interval(days => ${WORKLIST_DAYS})) end, false) as listed,
      array(select a.code from practitioner_authorization a
            where a.hpr_number = q.hpr and a.valid_from <= q.now and (a.valid_until is null or a.valid_until > q.now)) as authorizations,
      p.patient, p.birth_date::text, k.linked, k.contributors, k.silent, coalesce(k.blocked, false) as blocked,
      (select i.system || ' ' || i.value
       from person_identifier i where i.patient = p.patient
       order by array_position(array['FNR', 'DNR', 'FHN'], i.system), i.registered desc limit 1) as identifier,
      case when q.attested = q.number then p.patient else
        (select i.patient from person_identifier i
         where i.system in ('FNR', 'DNR', 'FHN') and i.value = q.attested limit 1) end as attested,
      ${fixed.agreements} as agreements,
      (select json_build_object('changes', count(*) + count(c.ended), 'standing', json_agg(json_build_object(
         'id', c.id::text, 'kind', c.kind, 'service', c.service, 'controller', c.controller, 'receiver', c.receiver,
         'practitioner', c.practitioner, 'record', c.record::text, 'madeAs', c.made_as,
         'maker', least(c.made_by, (select min(l.same_as) from person_link l where l.patient = c.made_by))::text,
         'validFrom', (extract(epoch from c.valid_from) * 1000)::bigint,
         'validUntil', (extract(epoch from c.valid_until) * 1000)::bigint)) filter (where c.ended is null))
       from patient_choice c where c.patient = any (k.keys)) as choices,
      (select t.alerts from patient_alert_setting t where t.patient = p.patient) as alerts, ${fixed.relation} as relation
    from unnest(
      ${column('organization')}::text[], ${column('service')}::text[], ${column('number')}::text[], ${column('key')}::bigint[],
      ${column('attested')}::text[], ${column('hpr')}::text[], ${column('unit')}::text[], ${column('child')}::text[],
      ${column('list')}::text[], ${column('reader')}::text[], ${column('now')}::timestamptz[], ${asks}::bigint[]
    ) with ordinality as q (organization, service, number, key, attested, hpr, unit, child, list, reader, now, asker, place)
    join asker e on e.place = q.asker
    -- With a limit, so that the unit is looked up by key for each question: with a plain join the planner reads the whole register.
    left join lateral (
      select p.patient, p.birth_date from person p
      where p.patient = coalesce(
        q.key, (select i.patient from person_identifier i where i.system in ('FNR', 'DNR', 'FHN') and i.value = q.number limit 1))
      limit 1
    ) as p on true
    cross join lateral (
      select l.linked, array[p.patient] || l.linked as keys,
        coalesce(array_agg(distinct c.controller) filter (where c.controller is not null), '{}') as contributors,
        coalesce(array_agg(distinct c.controller) filter (where not c.told), '{}') as silent,
        bool_or(c.blocked_against_staff) as blocked
      from (select array(select l.same_as from person_link l where l.patient = p.patient) as linked) as l
      left join patient_controller c on c.patient = any (array[p.patient] || l.linked) and c.service = q.service
      group by l.linked
    ) as k`
  const byPlace = new Map(rows.map((row) => [row.place - 1, row]))
  return requests.flatMap((request, place) => {
    const row = byPlace.get(place)
    return row ? [{ facts: factsOf(row, request), relation: row.relation }] : []
  })
}

type Question = ReturnType<typeof questionOf>

/**
 * Who asks for what: many requests of a statement come from one organisation, and what it may is read once for them, as it is at the
 * newest of the requests. `asks` is the place of each question's asker, from 1.
 */
function askersOf(questions: readonly Question[]): { askers: Pick<Question, Asker>[]; asks: number[] } {
  const places = new Map<string, number>()
  const askers: Pick<Question, Asker>[] = []
  const asks = questions.map(({ organization, supplier, service, purpose, now }) => {
    const key = JSON.stringify([organization, supplier, service, purpose])
    const place = places.get(key)
    const known = place === undefined ? undefined : askers[place - 1]
    if (place !== undefined && known) {
      if (now > known.now) known.now = now
      return place
    }
    places.set(key, askers.push({ organization, supplier, service, purpose, now }))
    return askers.length
  })
  return { askers, asks }
}

type Asker = 'organization' | 'supplier' | 'service' | 'purpose' | 'now'

function factsOf(row: FactsRow, request: AccessRequest): Facts {
  const { caller } = request
  const unit = unitIn(request)
  return {
    organization: row.organization ?? undefined,
    supplier: row.supplier ?? undefined,
    delegationWithdrawn: row.withdrawn,
    produces: row.produces ?? false,
    consumes: row.consumes ?? false,
    roleRules: row.roleRules ?? [],
    onUnitsList: row.listed,
    knownUnits: [
      ...(row.unit_known && unit ? [unit] : []),
      ...(row.child_known && caller.organizationChild ? [caller.organizationChild] : []),
    ],
    authorizations: caller.hprNumber === undefined ? undefined : row.authorizations,
    patient: patientOf(row),
    attestedPatient: row.attested ?? undefined,
    agreements: [...(row.agreements ?? []), ...(row.elsewhere ?? [])],
    contributors: row.contributors.filter((controller) => !row.silent.includes(controller)),
    silentContributors: row.silent,
    blockedAgainstStaff: row.blocked,
    choices: row.choices?.standing ?? [],
    choiceChanges: row.choices?.changes ?? 0,
    alerts: row.alerts ?? [],
    citizen: undefined,
  }
}

function patientOf({ patient, linked, birth_date, identifier }: FactsRow): Facts['patient'] {
  const [kind, value] = (identifier ?? '').split(' ')
  if (!patient || !kind || !value) return undefined
  const shown = { system: identityNumberSystems[kind as IdentityNumberKind], value }
  return { key: patient, linked, birthDate: birth_date ?? undefined, identifier: shown }
}

/** Whether `organization o` is a member now, with accepted terms. Both have periods, for organisations and vendors alike. */
function isMember(sql: Sql) {
  return sql`(o.helsenet_from is not null and o.helsenet_from <= q.now and (o.helsenet_until is null or o.helsenet_until > q.now)
      and o.terms_accepted is not null and o.terms_accepted <= q.now and (o.terms_until is null or o.terms_until > q.now))`
}

/** Whether the register has the unit as part of the organisation, at most two levels below it. */
function isUnit(sql: Sql, unit: ReturnType<Sql>) {
  return sql`coalesce(case when ${unit} is not null and ${unit} <> q.organization then
        exists (select from organization o left join organization above on above.number = o.part_of
                where o.number = ${unit} and (o.part_of = q.organization or above.part_of = q.organization)) end, false)`
}

/** The current versions of agreements that name the organisation, a group that it is in, or the organisation as private provider. */
function agreementsOf(sql: Sql, condition: ReturnType<Sql>, { withContacts = false, keys = sql`k.keys` } = {}) {
  const contactOf = (number: ReturnType<Sql>) =>
    withContacts ? sql`(select concat_ws(', telephone ', o.name, o.phone) from organization o where o.number = ${number})` : sql`null::text`
  return sql`
      (select json_agg(json_build_object(
         'controller', a.controller, 'contact', ${contactOf(sql`a.controller`)}, 'takenOverBy', ${contactOf(sql`a.taken_over_by`)},
         'receiverType', a.receiver_type, 'serviceCodes', a.service_codes, 'units', a.units,
         'purposes', a.purposes, 'sensitiveCodes', a.sensitive_codes,
         'validFrom', (extract(epoch from a.valid_from) * 1000)::bigint, 'validUntil', (extract(epoch from a.valid_until) * 1000)::bigint,
         'controllerSigned', (extract(epoch from a.controller_signed) * 1000)::bigint,
         'receiverSigned', (extract(epoch from a.receiver_signed) * 1000)::bigint,
         'ended', (extract(epoch from a.ended) * 1000)::bigint,
         'closed', exists (select from sharing_closure x where x.controller = a.controller and x.service = a.service
                           and x.receiver = q.organization and x.reopened is null),
         'delivers', case when a.receiver_type = 'private-provider' then array(
            select d.unit from service_delivery d
            where d.patient = any (${keys}) and d.controller = a.controller and d.provider = q.organization
              and d.valid_from <= q.now and (d.valid_until is null or d.valid_until > q.now)) else '{}' end)
         order by a.controller, a.id, a.version)
       from sharing_agreement a
       where a.receiver in (select q.organization union all
                            select m.group_id from organization_group_member m
                            where m.organization = q.organization and m.valid_from <= q.now
                              and (m.valid_until is null or m.valid_until > q.now))
         and a.service = q.service and a.superseded is null and ${condition})`
}

/**
 * An agreement that opens the service to the organisation, for any patient, so that most look-ups need no second
 * statement. It only saves time: `inForce` decides. Those of private providers, which depend on the patient, are left out.
 */
function oneInForce(sql: Sql) {
  return sql`
        select b.id from sharing_agreement b
        where b.receiver in (select q.organization union all
                             select m.group_id from organization_group_member m
                             where m.organization = q.organization and m.valid_from <= q.now
                               and (m.valid_until is null or m.valid_until > q.now))
          and b.service = q.service and b.superseded is null and b.receiver_type <> 'private-provider'
          and b.controller_signed <= q.now and b.receiver_signed <= q.now and b.valid_from <= q.now
          and (b.valid_until is null or b.valid_until > q.now) and (b.ended is null or b.ended > q.now)
          and b.purposes @> array[q.purpose]
          and not exists (select from sharing_closure x where x.controller = b.controller and x.service = b.service
                          and x.receiver = q.organization and x.reopened is null)
        limit 1`
}

/** Agreements with all controllers and their contacts: they decide whether the organisation may read others' records, and who to ask. */
async function allAgreements(sql: Sql, request: AccessRequest, patient: Facts['patient']): Promise<Agreement[]> {
  const { organization, service, now } = questionOf(request)
  const [row] = await sql<{ agreements: Agreement[] | null }[]>`
    select ${agreementsOf(sql, sql`true`, { withContacts: true })} as agreements
    from (select ${organization}::text as organization, ${service}::text as service, ${now}::timestamptz as now) as q
    cross join (select ${patient ? [patient.key, ...patient.linked] : []}::bigint[] as keys) as k`
  return row?.agreements ?? []
}
