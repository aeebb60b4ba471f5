/**
 * Why the server's role may change or remove rows of a table. What it may is read from the database; a test refuses a right without a
 * reason here. Every table may be read and added to. docs/run/rights.md
 */
import type { Sql } from 'postgres'

/** Tables that are evidence: rows are added, closed once, and never removed. */
export const evidence = [
  'access_log',
  'block_lift_confirmation',
  'block_lift_request',
  'case_officer_access',
  'log_actor',
  'log_attestation',
  'log_checkpoint',
  'log_key',
  'log_node',
  'log_segment',
  'controller_role',
  'emergency_follow_up',
  'installation_mark',
  'misuse_case',
  'patient_choice',
  'patient_notice',
  'patient_question',
  'person',
  'person_identifier',
  'person_link',
  'practitioner_role',
  'record',
  'representation',
  'service_delivery',
  'sharing_agreement',
  'sharing_closure',
  'standard_agreement',
  'vendor_delegation',
] as const

// biome-ignore format: a table, one row to a line
export const reasons: Readonly<Record<string, string>> = {
  after_access:               'it goes when the follow-ups and notices of the row stand',
  batch_job:                  'answers are added as entries are handled; the client ends it, and it goes after a day',
  case_officer_access:        'closing an opening, once: a trigger refuses any other change',
  code:                       'reference data, imported again with each edition of a code system',
  code_equivalence:           'reference data, imported again',
  code_system:                'reference data, imported again',
  code_system_alias:          'reference data, imported again',
  controller_role:            'ending a role, or ending it earlier; a trigger refuses any other change',
  controller_setting:         'texts of a controller, which it changes',
  council_follow_up:          'its owner is settled, and it is met or moved',
  council_pack:               'publishing, once: a trigger refuses any other change',
  council_question:           'answering, once: a trigger refuses a second time and any other change',
  county:                     'reference data, imported again',
  dpop_proof:                 'proofs are removed when they have run out',
  emergency_follow_up:        'closing, once: a trigger refuses a second time and any other change',
  log_intent:                 'an intent goes in the statement that writes its row of the access log',
  measured_day:               'sums that are made from records, and made again when one is corrected',
  misuse_case:                'an open case takes up later look-ups, and a trigger keeps the facts of before and lets it lose none; closing, once',
  municipality:               'reference data, imported again',
  municipality_population:    'reference data, imported again',
  notice_address:             'the patient changes where notices outside the portal go; each change is a row of the access log',
  notice_outbox:              'messages are sent, tried again, and go after 30 days',
  organization:               'register of organisations, imported again; contacts that a controller sets',
  organization_group_member:  'ending a membership',
  organization_unit:          'register of units, imported again; contacts that a controller sets',
  patient_alert_setting:      'the patient changes which notices are wanted',
  patient_choice:             'ending a choice, once: a trigger refuses a second time and any other change',
  patient_controller:         'what is known of a controller is widened, and never taken back',
  patient_notice:             'the patient has seen it, once: a trigger refuses any other change',
  patient_question:           'answering, once: a trigger refuses a second time and any other change',
  person:                     'names, address and death as the register has them now; the key and when it was made stay',
  portal_session:             'sessions are renewed, and removed when they end',
  practitioner:               'register of health personnel, imported again; a trigger keeps the person of a number',
  practitioner_authorization: 'register of health personnel, imported again',
  practitioner_role:          'ending an employment, or ending it earlier; a trigger refuses any other change',
  practitioner_specialty:     'register of health personnel, imported again',
  record:                     'marking that a newer version exists, and making the tokens of searches again; content is never changed',
  refused_call:               'counts of refused calls, which grow, and go after 90 days',
  record_set:                 'which version of a set of records stands',
  representation:             'ending, once: a trigger refuses a second time and any other change',
  role_access:                'setting of an organisation; each change is a row of the access log',
  server_process:             'processes that serve now, which come and go',
  service_delivery:           'ending a delivery, or ending it earlier or before it began; a trigger refuses any other change',
  service_participation:      'setting of an organisation; each change is a row of the access log',
  sharing_agreement:          'signing, superseding and ending, each once; an end may only become earlier: a trigger refuses any other change',
  sharing_closure:            'opening again, once: a trigger refuses any other change',
  unattached_message:         'settling: the content goes and the row stays',
  vendor_delegation:          'switching a vendor on again, once: a trigger refuses any other change',
  watched_person:             'list of an organisation, from which a person is taken when curiosity has passed',
  worklist:                   'the list that a unit has now, replaced whole',
  worklist_patient:           'the list that a unit has now, replaced whole',
}

export interface Rights {
  table: string
  /** The columns that the role may change; undefined means all, and an empty list none. */
  update: string[] | undefined
  delete: boolean
  truncate: boolean
}

/** What the server's role may do to each table beyond reading and adding, from the catalogs of the database. */
export async function rightsOf(sql: Sql): Promise<Rights[]> {
  const rows = await sql<{ table: string; update: boolean; columns: string[]; delete: boolean; truncate: boolean }[]>`
    select c.relname as table, has_table_privilege('helsevev_runtime', c.oid, 'update') as update,
      has_table_privilege('helsevev_runtime', c.oid, 'delete') as delete,
      has_table_privilege('helsevev_runtime', c.oid, 'truncate') as truncate,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and has_column_privilege('helsevev_runtime', c.oid, a.attnum, 'update') order by a.attname collate "C") as columns
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    order by c.relname collate "C"`
  return rows.map(({ table, update, columns, ...may }) => ({ table, update: update ? undefined : columns, ...may }))
}
