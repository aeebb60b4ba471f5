/**
 * Who looked, for what, and on which ground: the citizen's view of the log and the controller's (pasientjournalloven §§ 18 and 22). Both
 * views show names. Neither shows identity numbers or person keys of staff (ATT-8).
 */
import type { PendingQuery, Row, Sql } from 'postgres'
import type { OpenedBy } from '../../audit/chain.ts'
import type { PatientKey, RecordId } from '../../store/ids.ts'
import type { Unseen } from '../../store/visibility.ts'
import { type IdentityNumberKind, identityNumberSystems } from '../../values/identity-number.ts'
import { choiceEvents } from './choice-in-row.ts'
import { countedRecords, isLine, namedType, type Unreleased } from './not-released.ts'

type Fragment = PendingQuery<Row[]>

export interface LookUp {
  /** Segment and number of the row: together they identify it, and reveal nothing about any person. */
  segment: string
  seq: string
  eventId: string
  /** The opening that the request is part of, a decimal number; null where nothing was attested, and where it is not shown. */
  episode: string | null
  at: Date
  event: string
  outcome: 'ok' | 'refused' | 'failed'
  problem: string | null
  service: string | null
  type: string | null
  /**
   * How many resources were shown or written. When a controller views what others did, only its own resources are counted. Null when it is
   * not shown.
   */
  resources: number | null
  withheld: boolean
  /** A screen made the request by itself. */
  automatic: boolean
  /**
   * What in fact opened a restriction; null when none was opened. `unknown` in rows of earlier formats, which did not keep it, and in every
   * row of emergency access for readers who do not learn what is restricted.
   */
  openedBy: OpenedBy | 'unknown' | null
  /** The patient's choices that were opened, and the consents that opened them, by patient and id. Shown to the patient alone. */
  openedChoices: { patient: PatientKey; id: RecordId }[] | null
  /** Which choice of the patient was made or ended. Shown to the patient and to the operator. */
  choice: string | null
  /** Why something was not seen. Shown to the controller that the reader acted for, and to the operator; to nobody else. */
  unseen: Unseen[] | null

  name: string | null
  /** A person was signed in; otherwise a system acted by itself. */
  byPerson: boolean
  /** Attested authorisation, or the role the register has (Volven 9060). */
  role: string | null
  hprNumber: string | null
  organization: string | null
  organizationName: string | null
  supplier: string | null
  pointOfCare: string | null
  pointOfCareName: string | null
  departmentSystem: string | null
  department: string | null
  departmentName: string | null

  purpose: string | null
  purposeDetailsSystem: string | null
  purposeDetails: string | null
  purposeDetailsText: string | null
  healthcareServiceSystem: string | null
  healthcareService: string | null
  healthcareServiceText: string | null
  /** The ground, where the purpose alone does not show it: `emergency`, `consent`, `self`, `parent`. */
  basis: string | null
  /** For emergency access only. */
  reason: string | null
  decisionRef: string | null
  decisionDescription: string | null
  userSelected: boolean | null
  toa: Date | null
  patientPointOfCare: string | null
  patientDepartment: string | null
}

export interface Period {
  from?: Date | undefined
  /** The first instant after the period. */
  until?: Date | undefined
}

export interface WholePeriod {
  from: Date
  /** The first instant after the period. */
  until: Date
}

/** A person who acts for the patient, by the keys of that person, and the operations that store what they are sent. */
export interface Relative {
  keys: readonly PatientKey[]
  adapters: readonly string[]
}

/** What a reader of one patient's log may see of it. With `unreleased` and `relative` undefined nothing is left out. */
interface Lines extends Period {
  unreleased?: Unreleased | undefined
  relative?: Relative | undefined
  /** A youth reads the own log, and does not learn what is restricted. */
  isYouth?: boolean
}

interface LookUpPage extends Lines {
  limit?: number
  skip?: number
  /** For the operator of the server, who sees why something was not seen. */
  forOperator?: boolean
}

/**
 * The look-ups about a patient, newest first; for a relative, those that `seenByRelative` lets through. Index: access_log_patient,
 * access_log_pkey.
 */
export async function lookUps(sql: Sql, patient: PatientKey, page: LookUpPage = {}): Promise<LookUp[]> {
  const { limit = 200, skip = 0, unreleased, relative, isYouth = false, forOperator = false } = page
  const found = await sql<(LookUp & { byRelative?: boolean })[]>`
    select ${columns(sql, { type: namedType(sql, unreleased), unseen: forOperator ? sql`l.unseen` : sql`null::text[]` })},
      case when l.event = any (${choiceEvents}::text[]) and l.outcome = 'ok' then l.reason end as choice,
      ${openedChoices(sql)} as "openedChoices", ${countedRecords(sql, unreleased)} as resources
      ${relative ? sql`, ${isRelativeOf(sql, patient)} as "byRelative"` : sql``}
    from patient_access p join access_log l using (segment, seq) ${actorAndAttestation(sql)}
    where ${concerns(sql, patient)} and ${within(sql, page)} and ${isLine(sql, unreleased)}
      ${relative ? sql`and ${seenByRelative(sql, relative)}` : sql``}
    order by l.at desc, l.segment desc, l.seq desc
    limit ${limit} offset ${skip}`
  if (relative) return found.map(asToldToRelative)
  return isYouth ? found.map((row) => ({ ...row, ...withoutOpenings(row) })) : [...found]
}

/**
 * What a person who acts for the patient sees of the log: which health personnel have looked, and the own look-ups. Not that something was
 * written, chosen or refused, and nothing of others who act for the patient: each of these may show what the person may not see.
 */
export function seenByRelative(sql: Sql, { keys, adapters }: Relative) {
  return sql`(l.outcome = 'ok' and (l.event in ('read', 'vread', 'history-instance', 'search-type') or l.event like '$%')
    and l.event <> all (${[...adapters]}::text[])
    and l.service <> all (array['privacy', 'representation', 'access-log']::text[])
    and (coalesce(l.citizen, a.person) = any (${[...keys]}::bigint[])
      or (a.hpr_number is not null and l.purpose <> all (${CITIZENS}::text[]))))`
}

/**
 * Who, from which organisation, when, in which service and for what purpose: the same whether there is something in the service or nothing.
 * The kind of records, their number, the reason, the place of work and the ground may show what it is or that it was restricted.
 */
function asToldToRelative({ byRelative, ...row }: LookUp & { byRelative?: boolean }): LookUp {
  const ofCitizen = CITIZENS.includes(row.purpose ?? '')
  return {
    ...row,
    ...(byRelative && !ofCitizen ? withoutEmployer : {}),
    // The place, the reason and the decision are part of what makes an episode.
    episode: null,
    event: row.event === '$has-data' ? row.event : 'search-type',
    type: null,
    resources: null,
    withheld: false,
    pointOfCare: null,
    pointOfCareName: null,
    departmentSystem: null,
    department: null,
    departmentName: null,
    purposeDetailsSystem: null,
    purposeDetails: null,
    purposeDetailsText: null,
    healthcareServiceSystem: null,
    healthcareService: null,
    healthcareServiceText: null,
    basis: ofCitizen ? row.basis : null,
    ...withoutOpenings(row),
    choice: null,
    unseen: null,
    reason: null,
    decisionRef: null,
    decisionDescription: null,
    userSelected: null,
    patientPointOfCare: null,
    patientDepartment: null,
  }
}

/** A member of staff who is a relative of the patient too: the organisation is her employer, which no other relative is shown. */
const withoutEmployer = { organization: null, organizationName: null, supplier: null, hprNumber: null, role: null }

/** Whether the person who looked has, or has had, a registered relation to the patient. Index: representation_pkey, person_link_pkey. */
export function isRelativeOf(sql: Sql, patient: PatientKey) {
  const keysOf = (key: ReturnType<typeof sql>) => sql`(select ${key} union all select same_as from person_link where patient = ${key})`
  return sql`(a.person is not null and exists (
    select from representation r
    where r.patient in ${keysOf(sql`${patient}::bigint`)} and r.representative in ${keysOf(sql`a.person`)}))`
}

/** Who may not know what is restricted reads the same of every emergency access, whether it opened something or not. */
function withoutOpenings({ purpose }: LookUp): Pick<LookUp, 'openedBy' | 'openedChoices'> {
  return { openedBy: purpose === 'BTG' ? 'unknown' : null, openedChoices: null }
}

/** The number of look-ups about a patient. Index: access_log_patient. */
export async function countLookUps(sql: Sql, patient: PatientKey, lines: Lines = {}): Promise<number> {
  const { relative, unreleased } = lines
  const [row] = await sql<{ count: number }[]>`
    select count(*)::integer as count from patient_access p join access_log l using (segment, seq)
      ${relative ? sql`left join log_actor a on a.id = l.actor` : sql``}
    where ${concerns(sql, patient)} and ${within(sql, lines)} and ${isLine(sql, unreleased)}
      ${relative ? sql`and ${seenByRelative(sql, relative)}` : sql``}`
  return row?.count ?? 0
}

/** A look-up as its controller sees it. */
export interface ControlledLookUp extends LookUp {
  /** The person the look-up was about; undefined when that was never established. */
  patient: { system: string; value: string } | undefined
}

type WithNumber = LookUp & { patientKind: IdentityNumberKind | null; patientNumber: string | null }

/**
 * What a controller has to control: what its own staff and systems did, and who saw records that it is responsible for. Citizens who look
 * at their own records are not staff, and are left out. Oldest first, page by page. Index: access_log_at.
 */
export async function* controllerLookUps(
  sql: Sql,
  controller: string,
  period: WholePeriod,
  page: { size: number } = { size: 500 },
): AsyncGenerator<ControlledLookUp[]> {
  const rows = sql<WithNumber[]>`
    select ${columns(sql, { unseen: unseenBy(sql, controller) })}, null as "openedChoices", null as choice,
      ${visibleResources(sql, controller)} as resources, i.system as "patientKind", i.value as "patientNumber"
    from access_log l ${actorAndAttestation(sql)}
    left join lateral (${shownUnder(sql)}) i on true
    where ${within(sql, period)} and ${isControlledBy(sql, controller)}
    order by l.at, l.segment, l.seq`
  for await (const found of rows.cursor(page.size)) yield found.map(withPatient)
}

/** One page of what a controller has to control, newest first. Index: access_log_at. */
export async function controllerLookUpsPage(
  sql: Sql,
  controller: string,
  page: WholePeriod & { limit: number; skip: number },
): Promise<ControlledLookUp[]> {
  const rows = await sql<WithNumber[]>`
    select ${columns(sql, { unseen: unseenBy(sql, controller) })}, null as "openedChoices", null as choice,
      ${visibleResources(sql, controller)} as resources, i.system as "patientKind", i.value as "patientNumber"
    from access_log l ${actorAndAttestation(sql)}
    left join lateral (${shownUnder(sql)}) i on true
    where ${within(sql, page)} and ${isControlledBy(sql, controller)}
    order by l.at desc, l.segment desc, l.seq desc
    limit ${page.limit} offset ${page.skip}`
  return rows.map(withPatient)
}

function withPatient({ patientKind, patientNumber, ...lookUp }: WithNumber): ControlledLookUp {
  const isKnown = patientKind !== null && patientNumber !== null
  return { ...lookUp, patient: isKnown ? { system: identityNumberSystems[patientKind], value: patientNumber } : undefined }
}

/** The data controller that the reader acted for controls the reader. To another the reason would show what others hold. */
function unseenBy(sql: Sql, controller: string) {
  return sql`case when l.organization = ${controller} then l.unseen end`
}

/** Index: log_segment_pkey. */
function openedBy(sql: Sql) {
  return sql`case when l.opened_by is null and (l.purpose = 'BTG' or l.basis in ('emergency', 'consent', 'registered-consent'))
        and (select s.format from log_segment s where s.segment = l.segment) < 3 then 'unknown' else l.opened_by end`
}

/** The choices that a row names in `opened`, as the patient's Consent resources have them. Index: patient_choice_pkey. */
function openedChoices(sql: Sql) {
  return sql`case when l.opened is not null then (
      select json_agg(json_build_object('patient', o.patient::text, 'id', o.id::text) order by o.id) from patient_choice o
      where o.patient in (select l.patient union all select same_as from person_link where patient = l.patient)
        and (case when o.kind = 'consent' then 'consent/' else 'restriction/' end || o.id) = any (l.opened)) end`
}

/** The reason is shown for emergency access only. Other reasons describe changes, and may concern another person. */
function columns(sql: Sql, { type = sql`l.type`, unseen }: { type?: Fragment; unseen: Fragment }) {
  return sql`
    l.segment, l.seq, l.event_id as "eventId", l.episode, l.at, l.event, l.outcome, l.problem, l.service, ${type} as type, l.withheld,
    l.automatic, ${openedBy(sql)} as "openedBy", ${unseen} as unseen,
    case when l.citizen is null then a.name else nullif(trim(concat_ws(' ', c.given_name, c.family_name)), '') end as name,
    coalesce(a.person, l.citizen) is not null as "byPerson", ${role(sql)} as role, a.hpr_number as "hprNumber",
    a.organization, a.organization_name as "organizationName", a.supplier,
    t.point_of_care as "pointOfCare", t.point_of_care_name as "pointOfCareName",
    t.department_system as "departmentSystem", t.department, t.department_name as "departmentName",
    l.purpose, t.purpose_details_system as "purposeDetailsSystem", t.purpose_details as "purposeDetails",
    t.purpose_details_text as "purposeDetailsText", t.healthcare_service_system as "healthcareServiceSystem",
    t.healthcare_service as "healthcareService", t.healthcare_service_text as "healthcareServiceText",
    l.basis, case when l.purpose = 'BTG' or l.basis = 'emergency' then l.reason end as reason,
    l.decision_ref as "decisionRef", t.decision_description as "decisionDescription", t.user_selected as "userSelected",
    l.toa, t.patient_point_of_care as "patientPointOfCare", t.patient_department as "patientDepartment"`
}

/** The attested role, unless the look-up was refused because the attestation could not be believed: then that of the register. */
function role(sql: Sql) {
  return sql`case when t.claims is null and l.problem is distinct from 'authorization-not-held' then coalesce(t."authorization", a.role)
      else a.role end`
}

function actorAndAttestation(sql: Sql) {
  return sql`
    left join log_actor a on a.id = l.actor
    left join log_attestation t on t.id = l.attestation
    left join person c on c.patient = l.citizen`
}

/** A union, and not an `or`: PostgreSQL uses no index for an `or` with a subquery, and would read the log of every patient. */
function concerns(sql: Sql, patient: PatientKey) {
  return sql`p.patient in (select ${patient}::bigint union all select same_as from person_link where patient = ${patient})`
}

function within(sql: Sql, { from, until }: Period, at = sql`l.at`) {
  return sql`${from ? sql`${at} >= ${from}` : sql`true`} and ${until ? sql`${at} < ${until}` : sql`true`}`
}

/**
 * The number a patient is shown under: the national identity number, or else the D-number, or else the help number. Index:
 * person_identifier_patient.
 */
function shownUnder(sql: Sql) {
  return sql`
    select system, value from person_identifier where patient = l.patient
    order by array_position(array['FNR', 'DNR', 'FHN'], system), registered desc limit 1`
}

const CITIZENS = ['PATRQT', 'FAMRQT', 'PWATRNY']

function isControlledBy(sql: Sql, controller: string) {
  return sql`
    (l.purpose is null or l.purpose <> all (${CITIZENS}::text[]))
    and l.citizen is null
    and not (a.person is not null and a.hpr_number is null and l.attestation is null and l.event in ('read', 'search-type'))
    and (l.organization = ${controller} or ${showedRecordsOf(sql, controller)})`
}

function visibleResources(sql: Sql, controller: string) {
  return sql`
    (case when l.organization = ${controller} or l.controllers = ${controller} then coalesce(octet_length(l.disclosed), 0) / 8
      when ${showedRecordsOf(sql, controller)} then (select count(distinct r.id) from (${controlledRecords(sql, controller)}) r)
      else 0 end)::integer`
}

/** Records that were shown or written and that the controller is responsible for. Index: record_pkey. */
function controlledRecords(sql: Sql, controller: string) {
  return sql`
    select c.id from record c
    where c.patient in (select l.patient union all select same_as from person_link where patient = l.patient)
      and c.id = any (disclosed_ids(l.disclosed)) and c.controller = ${controller}`
}

/** A condition: the look-up showed records that the organisation is responsible for. */
export function showedRecordsOf(sql: Sql, organization: string) {
  return sql`${organization} = any (string_to_array(l.controllers, ' '))`
}
