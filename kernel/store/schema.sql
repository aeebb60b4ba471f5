-- The schema that the migrations make. Written by npm run docs; not run by anything.

CREATE OR REPLACE FUNCTION case_grows()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not old.events <@ new.events or new.first_at > old.first_at or new.last_at < old.last_at
    or (new.events <@ old.events and (new.facts, new.first_at, new.last_at) is distinct from (old.facts, old.first_at, old.last_at))
  then
    raise exception 'misuse_case keeps what it holds: an open case takes up look-ups and loses none' using errcode = 'insufficient_privilege';
  end if;
  new.earlier_facts := old.earlier_facts || case when new.facts is distinct from old.facts then jsonb_build_array(old.facts) else '[]' end;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION close_once()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  changed text[];
  closing text[] := tg_argv[0:coalesce(array_position(tg_argv, '-') - 1, array_upper(tg_argv, 1))];
  earlier boolean;
begin
  select array_agg(o.key) into changed
  from jsonb_each(to_jsonb(old)) as o join jsonb_each(to_jsonb(new)) as n using (key) where o.value is distinct from n.value;
  earlier := coalesce((to_jsonb(new) ->> closing[1])::timestamptz < (to_jsonb(old) ->> closing[1])::timestamptz, false);
  select array_agg(name) into changed from unnest(changed) as name
  where not (name = any (tg_argv) and (to_jsonb(old) ->> name is null or (earlier and name = any (closing))));
  if changed is not null then
    raise exception '% keeps what it holds: % is not changed', tg_table_name, array_to_string(changed, ', ') using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION disclosed_ids(ids bytea)
 RETURNS bigint[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select coalesce(array_agg(('x' || encode(substring(ids from 8 * n + 1 for 8), 'hex'))::bit(64)::bigint order by n), '{}')
  from generate_series(0, octet_length(ids) / 8 - 1) as n
$function$;

CREATE OR REPLACE FUNCTION keeps_person()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.person is distinct from old.person and not exists (
    select from person_link l where l.patient = old.person and l.same_as = new.person)
  then
    raise exception 'practitioner keeps what it holds: person is not changed' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$function$;

create table access_log (
  segment bigint not null,
  seq bigint not null,
  at timestamp with time zone not null,
  patient bigint not null,
  actor bigint,
  attestation bigint,
  names_digest bigint,
  citizen bigint,
  episode bigint,
  toa timestamp with time zone,
  event_id uuid not null,
  withheld boolean default false not null,
  automatic boolean default false not null,
  event text not null,
  outcome text not null,
  service text,
  type text,
  purpose text,
  problem text,
  basis text,
  opened_by text,
  opened text[],
  unseen text[],
  organization text,
  controllers text,
  decision_ref text,
  reason text,
  disclosed bytea,
  disclosed_versions integer[],
  hash bytea not null,
  constraint access_log_pkey PRIMARY KEY (segment, seq),
  constraint access_log_opened_by_check CHECK ((opened_by = ANY (ARRAY['emergency'::text, 'declared-consent'::text, 'registered-consent'::text]))),
  constraint access_log_outcome_check CHECK ((outcome = ANY (ARRAY['ok'::text, 'refused'::text, 'failed'::text]))),
  constraint access_log_unseen_check CHECK ((unseen <@ ARRAY['hidden'::text, 'blocked'::text, 'opted-out'::text, 'not-agreed'::text, 'extra-sensitive'::text, 'not-released'::text, 'nothing'::text]))
);
comment on table access_log is 'distribution: segment. One row per look-up, write and refusal. patient is negative, and spread, where the request never came to a known person.';
CREATE INDEX access_log_at ON access_log USING brin (at);
CREATE INDEX access_log_emergency ON access_log USING btree (patient, episode) WHERE (purpose = 'BTG'::text);
CREATE INDEX access_log_patient ON access_log USING btree (patient) WHERE (patient > 0);
CREATE TRIGGER access_log_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON access_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on access_log to helsevev_runtime;

create table after_access (
  patient bigint not null,
  id bigint not null,
  at timestamp with time zone not null,
  access jsonb not null,
  constraint after_access_pkey PRIMARY KEY (patient, id)
);
comment on table after_access is 'distribution: patient. What must still be stored for a row of the access log: follow-ups of emergency access and notices; access is the decision, without identity numbers. Empty but for requests under way, and what a server left that was killed.';
grant delete, insert, select on after_access to helsevev_runtime;

create table batch_job (
  controller text not null,
  id text not null,
  client text not null,
  supplier text not null,
  service text not null,
  entries integer not null,
  answers jsonb default '{}'::jsonb not null,
  state text not null,
  begun timestamp with time zone not null,
  alive timestamp with time zone not null,
  constraint batch_job_pkey PRIMARY KEY (controller, id),
  constraint batch_job_id_check CHECK ((id ~ '^[a-p]{32}$'::text)),
  constraint batch_job_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'cut-off'::text])))
);
comment on table batch_job is 'distribution: controller. Batches that are stored after the answer, and what has become of each entry. Rows go after a day.';
grant delete, insert, select, update on batch_job to helsevev_runtime;

create table block_lift_confirmation (
  patient bigint not null,
  id bigint not null,
  at timestamp with time zone not null,
  confirmed_by text not null,
  confirmed_person bigint not null,
  constraint block_lift_confirmation_pkey PRIMARY KEY (patient, id)
);
comment on table block_lift_confirmation is 'distribution: patient. Another member of staff confirmed the lifting of a block.';
grant insert, select on block_lift_confirmation to helsevev_runtime;

create table block_lift_request (
  patient bigint not null,
  id bigint not null,
  organization text not null,
  practitioner text not null,
  identified text not null,
  identified_at timestamp with time zone not null,
  note text not null,
  asked timestamp with time zone not null,
  asked_by text not null,
  asked_person bigint not null,
  asked_hpr text,
  constraint block_lift_request_pkey PRIMARY KEY (patient, id),
  constraint block_lift_request_identified_check CHECK ((identified = ANY (ARRAY['passport'::text, 'national-identity-card'::text, 'driving-licence'::text, 'electronic-id'::text])))
);
comment on table block_lift_request is 'distribution: patient. Staff register that a patient who does not sign in asks for the lifting of a block: who, how identified and when. practitioner is an HPR number.';
CREATE INDEX block_lift_request_organization ON block_lift_request USING btree (organization, asked);
grant insert, select on block_lift_request to helsevev_runtime;

create table case_officer_access (
  id uuid not null,
  controller text not null,
  service text not null,
  receiver text not null,
  purposes text[] not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone,
  opened_by text not null,
  reason text not null,
  ended_by text,
  ended_reason text,
  constraint case_officer_access_pkey PRIMARY KEY (id),
  constraint case_officer_access_controller_fkey FOREIGN KEY (controller) REFERENCES organization(number),
  constraint case_officer_access_receiver_fkey FOREIGN KEY (receiver) REFERENCES organization(number),
  constraint case_officer_access_check CHECK (((valid_until IS NULL) OR (valid_until >= valid_from))),
  constraint case_officer_access_check1 CHECK (((ended_by IS NULL) = (ended_reason IS NULL))),
  constraint case_officer_access_purposes_check CHECK ((purposes = '{COC}'::text[]))
);
comment on table case_officer_access is 'distribution: reference. A controller opens a service to the case officers of an organisation, its own or a receiver, for coordination. Rows end and are never removed.';
CREATE INDEX case_officer_access_controller ON case_officer_access USING btree (controller);
CREATE INDEX case_officer_access_receiver ON case_officer_access USING btree (receiver, service);
CREATE TRIGGER case_officer_access_close_once BEFORE UPDATE ON case_officer_access FOR EACH ROW EXECUTE FUNCTION close_once('valid_until', 'ended_by', 'ended_reason', '-');
grant insert, select, update (ended_by, ended_reason, valid_until) on case_officer_access to helsevev_runtime;

create table code (
  system text not null,
  code text not null,
  display text not null,
  constraint code_pkey PRIMARY KEY (system, code),
  constraint code_system_fkey FOREIGN KEY (system) REFERENCES code_system(system)
);
comment on table code is 'distribution: reference. The codes of the lists in use.';
grant delete, insert, select, update on code to helsevev_runtime;

create table code_equivalence (
  concept text not null,
  system text not null,
  code text not null,
  source text not null,
  constraint code_equivalence_pkey PRIMARY KEY (concept, system, code)
);
comment on table code_equivalence is 'distribution: reference. Codes of different systems that mean the same measurement.';
grant delete, insert, select, update on code_equivalence to helsevev_runtime;

create table code_system (
  system text not null,
  name text not null,
  version text,
  source text not null,
  content text,
  constraint code_system_pkey PRIMARY KEY (system),
  constraint code_system_content_check CHECK ((content = ANY (ARRAY['complete'::text, 'fragment'::text, 'not-present'::text])))
);
comment on table code_system is 'distribution: reference. One row per code list, by its canonical URI.';
grant delete, insert, select, update on code_system to helsevev_runtime;

create table code_system_alias (
  alias text not null,
  system text not null,
  constraint code_system_alias_pkey PRIMARY KEY (alias)
);
comment on table code_system_alias is 'distribution: reference. Other spellings of the URI of a code system.';
grant delete, insert, select, update on code_system_alias to helsevev_runtime;

create table controller_role (
  id uuid not null,
  organization text not null,
  person bigint not null,
  role text not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone,
  granted_by text not null,
  reason text not null,
  ended_by text,
  ended_reason text,
  constraint controller_role_pkey PRIMARY KEY (id),
  constraint controller_role_organization_fkey FOREIGN KEY (organization) REFERENCES organization(number),
  constraint controller_role_check CHECK (((valid_until IS NULL) OR (valid_until >= valid_from))),
  constraint controller_role_check1 CHECK (((ended_by IS NULL) = (ended_reason IS NULL))),
  constraint controller_role_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'privacy-officer'::text, 'reader'::text, 'case-officer'::text])))
);
comment on table controller_role is 'distribution: reference. Who may act for a data controller in its portal, as what, from when until when, granted by whom and why. Rows end and are never removed.';
CREATE INDEX controller_role_organization ON controller_role USING btree (organization, person);
CREATE TRIGGER controller_role_close_once BEFORE UPDATE ON controller_role FOR EACH ROW EXECUTE FUNCTION close_once('valid_until', 'ended_by', 'ended_reason', '-');
grant insert, select, update (ended_by, ended_reason, valid_until) on controller_role to helsevev_runtime;

create table controller_setting (
  organization text not null,
  service text not null,
  key text not null,
  language text not null,
  value text not null,
  constraint controller_setting_pkey PRIMARY KEY (organization, service, key, language),
  constraint controller_setting_organization_fkey FOREIGN KEY (organization) REFERENCES organization(number),
  constraint controller_setting_language_check CHECK ((language = ANY (ARRAY['nb'::text, 'nn'::text, 'en'::text])))
);
comment on table controller_setting is 'distribution: reference. Texts a controller sets for a service, such as what its routine says at each NEWS2 band.';
grant delete, insert, select, update on controller_setting to helsevev_runtime;

create table council_attachment (
  body text not null,
  year integer not null,
  number integer not null,
  label text not null,
  title text not null,
  standing text not null,
  url text,
  held_line integer,
  pack text not null,
  line integer not null,
  constraint council_attachment_pkey PRIMARY KEY (body, year, number, label),
  constraint council_attachment_body_year_number_fkey FOREIGN KEY (body, year, number) REFERENCES council_case(body, year, number),
  constraint council_attachment_pack_fkey FOREIGN KEY (pack) REFERENCES council_pack(digest),
  constraint council_attachment_check CHECK (((held_line IS NOT NULL) = (standing = 'held'::text))),
  constraint council_attachment_label_check CHECK ((label <> ''::text)),
  constraint council_attachment_line_check CHECK ((line > 0)),
  constraint council_attachment_standing_check CHECK ((standing = ANY (ARRAY['held'::text, 'linked'::text, 'missing'::text]))),
  constraint council_attachment_title_check CHECK ((title <> ''::text))
);
comment on table council_attachment is 'distribution: reference. Attachments of a case: held in the pack, linked and not held, or missing.';
grant insert, select on council_attachment to helsevev_runtime;

create table council_attendance (
  body text not null,
  year integer not null,
  meeting integer not null,
  name text not null,
  organization text not null,
  standing text not null,
  stands_in_for text,
  pack text not null,
  line integer not null,
  constraint council_attendance_pkey PRIMARY KEY (body, year, meeting, name),
  constraint council_attendance_body_year_meeting_fkey FOREIGN KEY (body, year, meeting) REFERENCES council_meeting(body, year, number),
  constraint council_attendance_pack_fkey FOREIGN KEY (pack) REFERENCES council_pack(digest),
  constraint council_attendance_check CHECK (((stands_in_for IS NULL) OR (standing = 'deputy'::text))),
  constraint council_attendance_line_check CHECK ((line > 0)),
  constraint council_attendance_name_check CHECK ((name <> ''::text)),
  constraint council_attendance_standing_check CHECK ((standing = ANY (ARRAY['present'::text, 'absent'::text, 'deputy'::text, 'staff'::text])))
);
comment on table council_attendance is 'distribution: reference. Who was at a meeting, who was not, and who stood in.';
grant insert, select on council_attendance to helsevev_runtime;

create table council_body (
  name text not null,
  pack text not null,
  line integer not null,
  constraint council_body_pkey PRIMARY KEY (name),
  constraint council_body_pack_fkey FOREIGN KEY (pack) REFERENCES council_pack(digest),
  constraint council_body_line_check CHECK ((line > 0)),
  constraint council_body_name_check CHECK ((name <> ''::text))
);
comment on table council_body is 'distribution: reference. Bodies that packs name, with the line where each stands first.';
grant insert, select on council_body to helsevev_runtime;

create table council_case (
  body text not null,
  year integer not null,
  number integer not null,
  meeting_year integer,
  meeting integer,
  title text not null,
  type text,
  begins text,
  note text,
  about text not null,
  sender text,
  handlers text,
  pack text not null,
  line integer not null,
  constraint council_case_pkey PRIMARY KEY (body, year, number),
  constraint council_case_body_fkey FOREIGN KEY (body) REFERENCES council_body(name),
  constraint council_case_body_meeting_year_meeting_fkey FOREIGN KEY (body, meeting_year, meeting) REFERENCES council_meeting(body, year, number),
  constraint council_case_pack_fkey FOREIGN KEY (pack) REFERENCES council_pack(digest),
  constraint council_case_begins_check CHECK ((begins ~ '^[0-9]{2}:[0-9]{2}$'::text)),
  constraint council_case_line_check CHECK ((line > 0)),
  constraint council_case_number_check CHECK ((number > 0)),
  constraint council_case_title_check CHECK ((title <> ''::text)),
  constraint council_case_type_check CHECK ((type = ANY (ARRAY['Godkjenning'::text, 'Orientering'::text, 'Drøfting'::text, 'Anbefaling'::text, 'Tilslutning'::text, 'Eventuelt'::text]))),
  constraint council_case_year_check CHECK (((year >= 1990) AND (year <= 2100)))
);
comment on table council_case is 'distribution: reference. Cases by body, year and number, since two bodies have the same numbers. A case that another body''s pack quotes has no meeting.';
grant insert, select on council_case to helsevev_runtime;

create table council_cost (
  pack text not null,
  line integer not null,
  title text not null,
  place integer not null,
  name text not null,
  kind text not null,
  columns text[] not null,
  amounts numeric[] not null,
  constraint council_cost_pkey PRIMARY KEY (title, place),
  constraint council_cost_pack_fkey FOREIGN KEY (pack) REFERENCES council_pack(digest),
  constraint council_cost_kind_check CHECK ((kind = ANY (ARRAY['part'::text, 'sum'::text]))),
  constraint council_cost_line_check CHECK ((line > 0)),
  constraint council_cost_name_check CHECK ((name <> ''::text)),
  constraint council_cost_place_check CHECK ((place > 0)),
  constraint council_cost_title_check CHECK ((title <> ''::text))
);
comment on table council_cost is 'distribution: reference. Rows of cost tables as stated, in millions of kroner by column; sums are computed when they are asked for.';
grant insert, select on council_cost to helsevev_runtime;

create table council_follow_up (
  body text not null,
  year integer not null,
  number integer not null,
  deadline date not null,
  content text not null,
  owner text,
  status text default 'promised'::text not null,
  moved_to date,
  settled_by text,
  pack text not null,
  line integer not null,
  constraint council_follow_up_pkey PRIMARY KEY (body, year, number, deadline),
  constraint council_follow_up_body_year_number_fkey FOREIGN KEY (body, year, number) REFERENCES council_case(body, year, number),
  constraint council_follow_up_pack_fkey FOREIGN KEY (pack) REFERENCES council_pack(digest),
  constraint council_follow_up_check CHECK (((moved_to IS NOT NULL) = (status = 'moved'::text))),
  constraint council_follow_up_content_check CHECK ((content <> ''::text)),
  constraint council_follow_up_line_check CHECK ((line > 0)),
  constraint council_follow_up_owner_check CHECK ((owner <> ''::text)),
  constraint council_follow_up_status_check CHECK ((status = ANY (ARRAY['promised'::text, 'met'::text, 'moved'::text])))
);
comment on table council_follow_up is 'distribution: reference. What was promised for a day; the owner is null until somebody has settled who it is.';
grant insert, select, update (moved_to, owner, settled_by, status) on council_follow_up to helsevev_runtime;

create table council_input (
  body text not null,
  year integer not null,
  number integer not null,
  place integer not null,
  given_by text not null,
  content text not null,
  pack text not null,
  line integer not null,
  constraint council_input_pkey PRIMARY KEY (body, year, number, place),
  constraint council_input_body_year_number_fkey FOREIGN KEY (body, year, number) REFERENCES council_case(body, year, number),
  constraint council_input_pack_fkey FOREIGN KEY (pack) REFERENCES council_pack(digest),
  constraint council_input_content_check CHECK ((content <> ''::text)),
  constraint council_input_given_by_check CHECK ((given_by <> ''::text)),
  constraint council_input_line_check CHECK ((line > 0)),
  constraint council_input_place_check CHECK ((place > 0))
);
comment on table council_input is 'distribution: reference. What was put in at the treatment of a case, and who gave it, in the order of the minutes.';
grant insert, select on council_input to helsevev_runtime;

create table council_meeting (
  body text not null,
  year integer not null,
  number integer not null,
  held date,
  starts text,
  ends text,
  place text,
  record text not null,
  pack text not null,
  line integer not null,
  constraint council_meeting_pkey PRIMARY KEY (body, year, number),
  constraint council_meeting_body_fkey FOREIGN KEY (body) REFERENCES council_body(name),
  constraint council_meeting_pack_fkey FOREIGN KEY (pack) REFERENCES council_pack(digest),
  constraint council_meeting_ends_check CHECK ((ends ~ '^[0-9]{2}:[0-9]{2}$'::text)),
  constraint council_meeting_line_check CHECK ((line > 0)),
  constraint council_meeting_number_check CHECK ((number > 0)),
  constraint council_meeting_record_check CHECK ((record = ANY (ARRAY['notice'::text, 'minutes'::text]))),
  constraint council_meeting_starts_check CHECK ((starts ~ '^[0-9]{2}:[0-9]{2}$'::text)),
  constraint council_meeting_year_check CHECK (((year >= 1990) AND (year <= 2100)))
);
comment on table council_meeting is 'distribution: reference. Meetings of a body; record is what the pack holds of it.';
grant insert, select on council_meeting to helsevev_runtime;

create table council_pack (
  digest text not null,
  name text not null,
  imported timestamp with time zone not null,
  published timestamp with time zone,
  published_by text,
  constraint council_pack_pkey PRIMARY KEY (digest),
  constraint council_pack_check CHECK (((published_by IS NULL) = (published IS NULL))),
  constraint council_pack_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  constraint council_pack_name_check CHECK ((name <> ''::text))
);
comment on table council_pack is 'distribution: reference. Meeting packs that were imported, by the SHA-256 of their text. Everybody reads what a published one holds.';
CREATE TRIGGER council_pack_close_once BEFORE UPDATE ON council_pack FOR EACH ROW EXECUTE FUNCTION close_once('-', 'published', 'published_by');
grant insert, select, update (published, published_by) on council_pack to helsevev_runtime;

create table council_question (
  id text not null,
  content text not null,
  question text not null,
  answer text,
  answered_by text,
  answered timestamp with time zone,
  pack text not null,
  line integer not null,
  constraint council_question_pkey PRIMARY KEY (id),
  constraint council_question_pack_fkey FOREIGN KEY (pack) REFERENCES council_pack(digest),
  constraint council_question_answer_check CHECK ((answer <> ''::text)),
  constraint council_question_check CHECK ((((answer IS NULL) = (answered IS NULL)) AND ((answer IS NULL) = (answered_by IS NULL)))),
  constraint council_question_id_check CHECK ((id ~ '^[0-9a-f]{12}$'::text)),
  constraint council_question_line_check CHECK ((line > 0)),
  constraint council_question_question_check CHECK ((question <> ''::text))
);
comment on table council_question is 'distribution: reference. What the import was not sure of, for a person to settle once.';
CREATE TRIGGER council_question_close_once BEFORE UPDATE ON council_question FOR EACH ROW EXECUTE FUNCTION close_once('-', 'answer', 'answered_by', 'answered');
grant insert, select, update (answer, answered, answered_by) on council_question to helsevev_runtime;

create table council_seat (
  body text not null,
  organization text not null,
  member text not null,
  pack text not null,
  line integer not null,
  constraint council_seat_pkey PRIMARY KEY (body, organization, member),
  constraint council_seat_body_fkey FOREIGN KEY (body) REFERENCES council_body(name),
  constraint council_seat_pack_fkey FOREIGN KEY (pack) REFERENCES council_pack(digest),
  constraint council_seat_line_check CHECK ((line > 0)),
  constraint council_seat_member_check CHECK ((member <> ''::text)),
  constraint council_seat_organization_check CHECK ((organization <> ''::text))
);
comment on table council_seat is 'distribution: reference. Seats of a body: the organisation, and who sits there as a notice lists it.';
grant insert, select on council_seat to helsevev_runtime;

create table council_text (
  body text not null,
  year integer not null,
  number integer not null,
  kind text not null,
  state text not null,
  content text not null,
  pack text not null,
  line integer not null,
  constraint council_text_pkey PRIMARY KEY (body, year, number, kind),
  constraint council_text_body_year_number_fkey FOREIGN KEY (body, year, number) REFERENCES council_case(body, year, number),
  constraint council_text_pack_fkey FOREIGN KEY (pack) REFERENCES council_pack(digest),
  constraint council_text_check CHECK (((kind = 'proposal'::text) = (state = 'proposed'::text))),
  constraint council_text_content_check CHECK ((content <> ''::text)),
  constraint council_text_kind_check CHECK ((kind = ANY (ARRAY['proposal'::text, 'decision'::text]))),
  constraint council_text_line_check CHECK ((line > 0)),
  constraint council_text_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'adopted'::text, 'changed'::text, 'not-final'::text])))
);
comment on table council_text is 'distribution: reference. The proposal of a case and, apart from it, the decision.';
grant insert, select on council_text to helsevev_runtime;

create table county (
  number text not null,
  name text not null,
  constraint county_pkey PRIMARY KEY (number)
);
comment on table county is 'distribution: reference. Fylker.';
grant delete, insert, select, update on county to helsevev_runtime;

create unlogged table dpop_proof (
  digest uuid not null,
  expires timestamp with time zone not null,
  constraint dpop_proof_pkey PRIMARY KEY (digest)
);
comment on table dpop_proof is 'distribution: local. Proofs seen (RFC 9449 section 11.1); lost in a crash, after which proofs made before the start of the database are refused.';
CREATE INDEX dpop_proof_expires ON dpop_proof USING btree (expires);
grant delete, insert, select, update on dpop_proof to helsevev_runtime;

create table emergency_follow_up (
  patient bigint not null,
  event_id uuid not null,
  controller text not null,
  at timestamp with time zone not null,
  actor bigint not null,
  service text not null,
  reason text not null,
  closed timestamp with time zone,
  closed_by text,
  finding text,
  note text,
  episode bigint,
  constraint emergency_follow_up_pkey PRIMARY KEY (patient, event_id, controller),
  constraint emergency_follow_up_check CHECK ((((closed IS NULL) = (closed_by IS NULL)) AND ((closed IS NULL) = (finding IS NULL)))),
  constraint emergency_follow_up_finding_check CHECK ((finding = ANY (ARRAY['justified'::text, 'not-justified'::text, 'reported'::text])))
);
comment on table emergency_follow_up is 'distribution: patient. Emergency accesses (BTG) that somebody at the controller must close with a finding.';
CREATE INDEX emergency_follow_up_closed ON emergency_follow_up USING btree (controller, at) WHERE (closed IS NOT NULL);
CREATE UNIQUE INDEX emergency_follow_up_episode ON emergency_follow_up USING btree (patient, episode, controller) WHERE (closed IS NULL);
CREATE INDEX emergency_follow_up_open ON emergency_follow_up USING btree (controller, at) WHERE (closed IS NULL);
CREATE TRIGGER emergency_follow_up_close_once BEFORE UPDATE ON emergency_follow_up FOR EACH ROW EXECUTE FUNCTION close_once('-', 'closed', 'closed_by', 'finding', 'note');
grant insert, select, update (closed, closed_by, finding, note) on emergency_follow_up to helsevev_runtime;

create table installation_mark (
  mark text not null,
  since timestamp with time zone default now() not null,
  constraint installation_mark_pkey PRIMARY KEY (mark),
  constraint installation_mark_mark_check CHECK ((mark = 'made-up-people'::text))
);
comment on table installation_mark is 'distribution: local. What this database is, for whoever starts a server on it. Rows are never removed.';
grant insert, select on installation_mark to helsevev_runtime;

create table log_actor (
  id bigint generated always as identity not null,
  digest uuid not null,
  person bigint,
  name text not null,
  hpr_number text,
  role text,
  organization text,
  organization_name text,
  organization_child text,
  supplier text,
  client text not null,
  constraint log_actor_pkey PRIMARY KEY (id),
  constraint log_actor_digest_key UNIQUE (digest)
);
comment on table log_actor is 'distribution: reference. Who acted, once per distinct combination; no identity numbers (the person key instead).';
CREATE TRIGGER log_actor_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON log_actor FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on log_actor to helsevev_runtime;

create table log_attestation (
  id bigint generated always as identity not null,
  digest uuid not null,
  "authorization" text,
  point_of_care text,
  point_of_care_name text,
  department_system text,
  department text,
  department_name text,
  healthcare_service_system text,
  healthcare_service text,
  healthcare_service_text text,
  purpose_details_system text,
  purpose_details text,
  purpose_details_text text,
  decision_description text,
  user_selected boolean,
  patient_point_of_care text,
  patient_department text,
  unknown_members text[],
  claims text[],
  constraint log_attestation_pkey PRIMARY KEY (id),
  constraint log_attestation_digest_key UNIQUE (digest),
  constraint log_attestation_claims_check CHECK ((cardinality(claims) > 0))
);
comment on table log_attestation is 'distribution: reference. What attestations said beside time, decision and purpose, once per distinct combination.';
CREATE TRIGGER log_attestation_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON log_attestation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on log_attestation to helsevev_runtime;

create table log_checkpoint (
  segment bigint not null,
  seq bigint not null,
  hash bytea not null,
  at timestamp with time zone not null,
  key_id text not null,
  signature bytea not null,
  constraint log_checkpoint_pkey PRIMARY KEY (segment, seq)
);
comment on table log_checkpoint is 'distribution: segment. Signed statements of how far a segment had come: seq is the last row, hash the root (format 3) or the hash of that row. Segment 0 is the tree of segments.';
CREATE TRIGGER log_checkpoint_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON log_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on log_checkpoint to helsevev_runtime;

create table log_intent (
  patient bigint not null,
  id bigint not null,
  version integer not null,
  at timestamp with time zone not null,
  event text not null,
  service text not null,
  type text,
  actor bigint,
  person bigint,
  controllers text,
  ids bytea,
  reason text,
  constraint log_intent_pkey PRIMARY KEY (patient, id, version)
);
comment on table log_intent is 'distribution: patient. What was stored and has no row in the access log yet; id and version are those of the first record, or a new id and 0 for what is no record; person is who stored it, where actor does not say it. Empty but for requests under way, and what a server left that was killed.';
grant delete, insert, select on log_intent to helsevev_runtime;

create table log_key (
  id text not null,
  public_key bytea not null,
  first_used timestamp with time zone not null,
  constraint log_key_pkey PRIMARY KEY (id)
);
comment on table log_key is 'distribution: reference. Public keys that have signed checkpoints, as they are published. A verifier gets them from elsewhere.';
CREATE TRIGGER log_key_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON log_key FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on log_key to helsevev_runtime;

create table log_node (
  segment bigint not null,
  level smallint not null,
  index bigint not null,
  hash bytea not null,
  constraint log_node_pkey PRIMARY KEY (segment, level, index)
);
comment on table log_node is 'distribution: segment. Nodes of the trees from level 8 on, so that a proof reads few rows.';
CREATE TRIGGER log_node_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON log_node FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on log_node to helsevev_runtime;

create table log_segment (
  segment bigint not null,
  opened timestamp with time zone not null,
  predecessor bigint,
  predecessor_hash bytea not null,
  format smallint not null,
  ordinal bigint not null,
  predecessor_seq bigint,
  constraint log_segment_pkey PRIMARY KEY (segment)
);
comment on table log_segment is 'distribution: reference. One Merkle tree per server process, opened with the root of its predecessor; the openings are the leaves of a tree of their own, in the order of ordinal.';
CREATE UNIQUE INDEX log_segment_ordinal ON log_segment USING btree (ordinal);
CREATE TRIGGER log_segment_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON log_segment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on log_segment to helsevev_runtime;

create table logical_id_key (
  id smallint default 1 not null,
  key bytea not null,
  since bigint not null,
  constraint logical_id_key_pkey PRIMARY KEY (id),
  constraint logical_id_key_id_check CHECK ((id = 1)),
  constraint logical_id_key_key_check CHECK ((octet_length(key) = 16))
);
comment on table logical_id_key is 'distribution: reference. One row: the key that logical ids are made with, and the record id from which it is used. It is lost with the database, and no id is found without it.';
CREATE TRIGGER logical_id_key_stays BEFORE DELETE OR UPDATE OR TRUNCATE ON logical_id_key FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant select on logical_id_key to helsevev_runtime;

create table measured_day (
  patient bigint not null,
  service text not null,
  type text not null,
  code text not null,
  day date not null,
  controller text not null,
  unit text not null,
  count integer not null,
  min numeric not null,
  max numeric not null,
  sum double precision not null,
  constraint measured_day_pkey PRIMARY KEY (patient, service, type, code, day, controller, unit)
);
comment on table measured_day is 'distribution: patient. Numbers of the current records by Norwegian day, for trends over months: made in the transaction that writes the records, and made anew from them when one is corrected. Records that carry extra-sensitive or release codes, or that wait for release, are not in it.';
grant delete, insert, select, update (count, max, min, sum) on measured_day to helsevev_runtime;

create table misuse_case (
  patient bigint not null,
  id bigint not null,
  rule text not null,
  organization text not null,
  actor_person bigint,
  actor_name text not null,
  hpr_number text,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  events uuid[] not null,
  facts jsonb not null,
  opened timestamp with time zone not null,
  closed timestamp with time zone,
  closed_by text,
  finding text,
  note text,
  earlier_facts jsonb default '[]'::jsonb not null,
  constraint misuse_case_pkey PRIMARY KEY (patient, id),
  constraint misuse_case_check CHECK ((((closed IS NULL) = (closed_by IS NULL)) AND ((closed IS NULL) = (finding IS NULL)))),
  constraint misuse_case_finding_check CHECK ((finding = ANY (ARRAY['no-breach'::text, 'breach'::text, 'unclear'::text])))
);
comment on table misuse_case is 'distribution: patient. Look-ups that a rule found worth a question, with the facts and no score; a person closes each with a finding.';
CREATE INDEX misuse_case_closed ON misuse_case USING btree (organization, first_at) WHERE (closed IS NOT NULL);
CREATE INDEX misuse_case_open ON misuse_case USING btree (organization, opened) WHERE (closed IS NULL);
CREATE TRIGGER misuse_case_close_once BEFORE UPDATE ON misuse_case FOR EACH ROW WHEN (((old.closed IS NOT NULL) OR (new.closed IS NOT NULL))) EXECUTE FUNCTION close_once('-', 'closed', 'closed_by', 'finding', 'note');
CREATE TRIGGER misuse_case_grows BEFORE UPDATE ON misuse_case FOR EACH ROW WHEN (((old.closed IS NULL) AND (new.closed IS NULL))) EXECUTE FUNCTION case_grows();
grant insert (actor_name, actor_person, events, facts, first_at, hpr_number, id, last_at, opened, organization, patient, rule), select, update (closed, closed_by, events, facts, finding, first_at, last_at, note) on misuse_case to helsevev_runtime;

create table municipality (
  number text not null,
  name text not null,
  county text not null,
  language text,
  constraint municipality_pkey PRIMARY KEY (number),
  constraint municipality_county_fkey FOREIGN KEY (county) REFERENCES county(number),
  constraint municipality_number_check CHECK ((number ~ '^[0-9]{4}$'::text))
);
comment on table municipality is 'distribution: reference. Kommuner; the number is text, 0301 has a zero.';
grant delete, insert, select, update on municipality to helsevev_runtime;

create table municipality_population (
  municipality text not null,
  counted date not null,
  population integer not null,
  source text not null,
  constraint municipality_population_pkey PRIMARY KEY (municipality, counted),
  constraint municipality_population_municipality_fkey FOREIGN KEY (municipality) REFERENCES municipality(number),
  constraint municipality_population_population_check CHECK ((population >= 0)),
  constraint municipality_population_source_check CHECK ((source <> ''::text))
);
comment on table municipality_population is 'distribution: reference. Population of each municipality by the day counted, with its source; the newest day is used.';
grant delete, insert, select, update on municipality_population to helsevev_runtime;

create table notice_address (
  patient bigint not null,
  channel text not null,
  address text not null,
  language text not null,
  topics text[] not null,
  set_at timestamp with time zone not null,
  constraint notice_address_pkey PRIMARY KEY (patient, channel),
  constraint notice_address_address_check CHECK (((address <> ''::text) AND (length(address) <= 254))),
  constraint notice_address_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text]))),
  constraint notice_address_language_check CHECK ((language = ANY (ARRAY['nb'::text, 'nn'::text, 'en'::text])))
);
comment on table notice_address is 'distribution: patient. Where the patient wants notices outside the portal, and about what.';
grant delete, insert, select, update on notice_address to helsevev_runtime;

create table notice_outbox (
  patient bigint not null,
  id bigint not null,
  channel text not null,
  address text not null,
  language text not null,
  kind text not null,
  event_id uuid not null,
  episode bigint,
  queued timestamp with time zone not null,
  next_try timestamp with time zone,
  attempts integer default 0 not null,
  sent timestamp with time zone,
  constraint notice_outbox_pkey PRIMARY KEY (patient, id),
  constraint notice_outbox_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text]))),
  constraint notice_outbox_kind_check CHECK ((kind = ANY (ARRAY['news'::text, 'address-set'::text, 'address-removed'::text]))),
  constraint notice_outbox_language_check CHECK ((language = ANY (ARRAY['nb'::text, 'nn'::text, 'en'::text])))
);
comment on table notice_outbox is 'distribution: patient. Messages that wait to be sent, or were: next_try is null when one was sent or given up. Rows go after 30 days.';
CREATE INDEX notice_outbox_due ON notice_outbox USING btree (next_try) WHERE (next_try IS NOT NULL);
CREATE UNIQUE INDEX notice_outbox_episode ON notice_outbox USING btree (patient, channel, episode) WHERE (episode IS NOT NULL);
CREATE UNIQUE INDEX notice_outbox_event ON notice_outbox USING btree (patient, channel, event_id, kind, address);
grant delete, insert, select, update on notice_outbox to helsevev_runtime;

create table organization (
  number text not null,
  name text not null,
  type text not null,
  part_of text,
  municipality text,
  phone text,
  helsenet_from timestamp with time zone,
  helsenet_until timestamp with time zone,
  terms_accepted timestamp with time zone,
  address text,
  terms_until timestamp with time zone,
  made_up boolean default false not null,
  constraint organization_pkey PRIMARY KEY (number),
  constraint organization_number_check CHECK ((number ~ '^[0-9]{9}$'::text)),
  constraint organization_type_check CHECK ((type = ANY (ARRAY['municipality'::text, 'health-trust'::text, 'regional-health-trust'::text, 'general-practice'::text, 'private-provider'::text, 'vendor'::text, 'other'::text])))
);
comment on table organization is 'distribution: reference. Legal entities, units and vendors. A member has helsenet_from passed, helsenet_until not, and has accepted the terms, which hold until terms_until.';
grant delete, insert, select, update on organization to helsevev_runtime;

create table organization_group (
  id text not null,
  name text not null,
  constraint organization_group_pkey PRIMARY KEY (id),
  constraint organization_group_id_check CHECK ((id ~ '^[a-z][a-z0-9-]{1,62}$'::text))
);
comment on table organization_group is 'distribution: reference. Organisations that receive under one agreement.';
grant insert, select on organization_group to helsevev_runtime;

create table organization_group_member (
  group_id text not null,
  organization text not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone,
  constraint organization_group_member_pkey PRIMARY KEY (group_id, organization, valid_from),
  constraint organization_group_member_group_id_fkey FOREIGN KEY (group_id) REFERENCES organization_group(id),
  constraint organization_group_member_organization_fkey FOREIGN KEY (organization) REFERENCES organization(number)
);
comment on table organization_group_member is 'distribution: reference. Who is in a group, and when.';
CREATE INDEX organization_group_member_organization ON organization_group_member USING btree (organization);
grant insert, select, update (valid_until) on organization_group_member to helsevev_runtime;

create table organization_unit (
  organization text not null,
  system text not null,
  value text not null,
  name text not null,
  healthcare_service text,
  address text,
  phone text,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone,
  constraint organization_unit_pkey PRIMARY KEY (organization, system, value),
  constraint organization_unit_organization_fkey FOREIGN KEY (organization) REFERENCES organization(number)
);
comment on table organization_unit is 'distribution: reference. Departments and service units under a number of their own (RESH, or the organisation''s own system), with the telephone to call.';
grant delete, insert, select, update on organization_unit to helsevev_runtime;

create table patient_alert_setting (
  patient bigint not null,
  alerts text[] not null,
  constraint patient_alert_setting_pkey PRIMARY KEY (patient),
  constraint patient_alert_setting_alerts_check CHECK ((alerts <@ ARRAY['every-look-up'::text, 'other-organization'::text, 'write'::text]))
);
comment on table patient_alert_setting is 'distribution: patient. What the patient wants to be told about; emergency access is always told.';
grant delete, insert, select, update on patient_alert_setting to helsevev_runtime;

create table patient_choice (
  patient bigint not null,
  id bigint not null,
  kind text not null,
  service text,
  controller text,
  receiver text,
  practitioner text,
  record bigint,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone,
  made timestamp with time zone not null,
  made_by bigint not null,
  made_as text not null,
  note text,
  ended timestamp with time zone,
  ended_by bigint,
  ended_as text,
  constraint patient_choice_pkey PRIMARY KEY (patient, id),
  constraint patient_choice_check CHECK (((valid_until IS NULL) OR (valid_until > valid_from))),
  constraint patient_choice_check1 CHECK (((kind <> 'block'::text) OR (practitioner IS NOT NULL))),
  constraint patient_choice_check2 CHECK (((kind <> 'opt-out'::text) OR ((service IS NOT NULL) AND (controller IS NULL) AND (receiver IS NULL) AND (practitioner IS NULL) AND (record IS NULL)))),
  constraint patient_choice_check3 CHECK (((kind <> 'restriction'::text) OR (practitioner IS NULL))),
  constraint patient_choice_check4 CHECK (((ended IS NULL) = (ended_by IS NULL))),
  constraint patient_choice_ended_as_check CHECK ((ended_as = ANY (ARRAY['self'::text, 'representative'::text, 'staff'::text]))),
  constraint patient_choice_kind_check CHECK ((kind = ANY (ARRAY['opt-out'::text, 'restriction'::text, 'block'::text, 'consent'::text]))),
  constraint patient_choice_made_as_check CHECK ((made_as = ANY (ARRAY['self'::text, 'representative'::text, 'staff'::text])))
);
comment on table patient_choice is 'distribution: patient. Opt-outs, restrictions, blocks and consents. A column that is null means all; controller is whose records, receiver who may not (or may) see them, practitioner an HPR number. Nothing is removed: a choice ends.';
CREATE TRIGGER patient_choice_close_once BEFORE UPDATE ON patient_choice FOR EACH ROW EXECUTE FUNCTION close_once('-', 'ended', 'ended_by', 'ended_as');
grant insert, select, update (ended, ended_as, ended_by) on patient_choice to helsevev_runtime;

create table patient_controller (
  patient bigint not null,
  service text not null,
  controller text not null,
  since timestamp with time zone not null,
  told boolean default true not null,
  blocked_against_staff boolean default false not null,
  constraint patient_controller_pkey PRIMARY KEY (patient, service, controller)
);
comment on table patient_controller is 'distribution: patient. Which controllers have reported on the patient in a service: tells none from unknown from withheld without opening a record.';
grant insert, select, update (blocked_against_staff, told) on patient_controller to helsevev_runtime;

create table patient_notice (
  patient bigint not null,
  id bigint not null,
  at timestamp with time zone not null,
  event_id uuid not null,
  cause text not null,
  seen timestamp with time zone,
  episode bigint,
  constraint patient_notice_pkey PRIMARY KEY (patient, id),
  constraint patient_notice_cause_check CHECK ((cause = ANY (ARRAY['emergency-access'::text, 'consent-declared'::text, 'every-look-up'::text, 'other-organization'::text, 'write'::text, 'choice-made'::text, 'choice-ended'::text, 'representation-registered'::text, 'representation-ended'::text, 'question-answered'::text])))
);
comment on table patient_notice is 'distribution: patient. What the patient is told of: the look-up is in the access log under the same event.';
CREATE UNIQUE INDEX patient_notice_episode ON patient_notice USING btree (patient, episode, cause) WHERE (episode IS NOT NULL);
CREATE TRIGGER patient_notice_close_once BEFORE UPDATE ON patient_notice FOR EACH ROW EXECUTE FUNCTION close_once('-', 'seen');
grant insert, select, update (seen) on patient_notice to helsevev_runtime;

create table patient_question (
  patient bigint not null,
  id bigint not null,
  log_segment bigint not null,
  log_seq bigint not null,
  event_id uuid not null,
  controller text not null,
  question text not null,
  asked timestamp with time zone not null,
  asked_by bigint not null,
  asked_as text not null,
  follows bigint,
  answer text,
  answered timestamp with time zone,
  answered_by text,
  answered_role text,
  constraint patient_question_pkey PRIMARY KEY (patient, id),
  constraint patient_question_answer_check CHECK (((char_length(answer) >= 1) AND (char_length(answer) <= 4000))),
  constraint patient_question_asked_as_check CHECK ((asked_as = ANY (ARRAY['self'::text, 'representative'::text]))),
  constraint patient_question_check CHECK ((((answer IS NULL) = (answered IS NULL)) AND ((answer IS NULL) = (answered_by IS NULL)) AND ((answer IS NULL) = (answered_role IS NULL)))),
  constraint patient_question_question_check CHECK (((char_length(question) >= 1) AND (char_length(question) <= 2000)))
);
comment on table patient_question is 'distribution: patient. Questions of patients about lines of the access log, to the organisation that looked or that is responsible for what was seen, and one answer to each.';
CREATE UNIQUE INDEX patient_question_one_open ON patient_question USING btree (patient, log_segment, log_seq, controller, asked_as) WHERE (answer IS NULL);
CREATE INDEX patient_question_open ON patient_question USING btree (controller, asked) WHERE (answer IS NULL);
CREATE TRIGGER patient_question_close_once BEFORE UPDATE ON patient_question FOR EACH ROW EXECUTE FUNCTION close_once('-', 'answer', 'answered', 'answered_by', 'answered_role');
grant insert, select, update (answer, answered, answered_by, answered_role) on patient_question to helsevev_runtime;

create table person (
  patient bigint not null,
  birth_date date,
  gender text,
  given_name text,
  family_name text,
  municipality text,
  registered timestamp with time zone default now() not null,
  address_confidentiality text default 'Unclassified'::text not null,
  residence text,
  died date,
  constraint person_pkey PRIMARY KEY (patient),
  constraint person_address_confidentiality_check CHECK ((address_confidentiality = ANY (ARRAY['Unclassified'::text, 'ClientAddress'::text, 'Confidential'::text, 'StrictlyConfidential'::text]))),
  constraint person_gender_check CHECK ((gender = ANY (ARRAY['male'::text, 'female'::text, 'other'::text, 'unknown'::text])))
);
comment on table person is 'distribution: patient. One row per person; patient is random and says nothing.';
grant insert, select, update (address_confidentiality, birth_date, died, family_name, gender, given_name, municipality, residence) on person to helsevev_runtime;

create table person_identifier (
  system text not null,
  value text not null,
  patient bigint not null,
  registered timestamp with time zone default now() not null,
  constraint person_identifier_pkey PRIMARY KEY (system, value),
  constraint person_identifier_system_check CHECK ((system = ANY (ARRAY['FNR'::text, 'DNR'::text, 'FHN'::text]))),
  constraint person_identifier_value_check CHECK ((value ~ '^[0-9]{1,11}$'::text))
);
comment on table person_identifier is 'distribution: reference. National identity number, D-number and help number to the internal key; several per person.';
CREATE INDEX person_identifier_patient ON person_identifier USING btree (patient);
grant insert, select on person_identifier to helsevev_runtime;

create table person_link (
  patient bigint not null,
  same_as bigint not null,
  registered timestamp with time zone default now() not null,
  constraint person_link_pkey PRIMARY KEY (patient, same_as),
  constraint person_link_check CHECK ((patient <> same_as))
);
comment on table person_link is 'distribution: patient. Two keys that turned out to be one person; stored in both directions, nothing is merged or moved.';
grant insert, select on person_link to helsevev_runtime;

create table portal_session (
  id_digest bytea not null,
  sealed bytea not null,
  created timestamp with time zone not null,
  last_used timestamp with time zone not null,
  expires timestamp with time zone not null,
  person_key bytea,
  constraint portal_session_pkey PRIMARY KEY (id_digest)
);
comment on table portal_session is 'distribution: local. Sessions of the portals, sealed with the server''s key; the browser holds only a random cookie.';
CREATE INDEX portal_session_person ON portal_session USING btree (person_key) WHERE (person_key IS NOT NULL);
grant delete, insert, select, update on portal_session to helsevev_runtime;

create table practitioner (
  hpr_number text not null,
  given_name text,
  family_name text,
  person bigint,
  prescribing_from timestamp with time zone,
  prescribing_until timestamp with time zone,
  constraint practitioner_pkey PRIMARY KEY (hpr_number),
  constraint practitioner_hpr_number_check CHECK ((hpr_number ~ '^[0-9]{1,9}$'::text))
);
comment on table practitioner is 'distribution: reference. Health personnel register: one row per HPR number; person is the key in the person register when it is known.';
CREATE INDEX practitioner_person ON practitioner USING btree (person) WHERE (person IS NOT NULL);
CREATE TRIGGER practitioner_keeps_person BEFORE UPDATE OF person ON practitioner FOR EACH ROW WHEN ((old.person IS NOT NULL)) EXECUTE FUNCTION keeps_person();
grant insert, select, update on practitioner to helsevev_runtime;

create table practitioner_authorization (
  hpr_number text not null,
  code text not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone,
  constraint practitioner_authorization_pkey PRIMARY KEY (hpr_number, code, valid_from),
  constraint practitioner_authorization_hpr_number_fkey FOREIGN KEY (hpr_number) REFERENCES practitioner(hpr_number),
  constraint practitioner_authorization_check CHECK (((valid_until IS NULL) OR (valid_until > valid_from)))
);
comment on table practitioner_authorization is 'distribution: reference. Authorisations and licences, Volven 9060, with their periods; one that ends takes effect on the next call.';
grant delete, insert, select, update on practitioner_authorization to helsevev_runtime;

create table practitioner_role (
  hpr_number text not null,
  organization text not null,
  role text not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone,
  constraint practitioner_role_pkey PRIMARY KEY (hpr_number, organization),
  constraint practitioner_role_organization_fkey FOREIGN KEY (organization) REFERENCES organization(number)
);
comment on table practitioner_role is 'distribution: reference. Where health personnel work; lets a portal ask HelseID for the right organisation.';
CREATE TRIGGER practitioner_role_close_once BEFORE UPDATE ON practitioner_role FOR EACH ROW EXECUTE FUNCTION close_once('valid_until', '-');
grant insert, select, update (valid_until) on practitioner_role to helsevev_runtime;

create table practitioner_specialty (
  hpr_number text not null,
  code text not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone,
  constraint practitioner_specialty_pkey PRIMARY KEY (hpr_number, code, valid_from),
  constraint practitioner_specialty_hpr_number_fkey FOREIGN KEY (hpr_number) REFERENCES practitioner(hpr_number)
);
comment on table practitioner_specialty is 'distribution: reference. Approved specialties, Volven 7426.';
grant delete, insert, select, update on practitioner_specialty to helsevev_runtime;

create table record (
  patient bigint not null,
  id bigint not null,
  version integer not null,
  service text not null,
  type text not null,
  controller text not null,
  effective timestamp with time zone not null,
  recorded timestamp with time zone not null,
  superseded timestamp with time zone,
  deleted boolean default false not null,
  business_key uuid,
  sensitive_codes text[],
  tokens text[] not null,
  writer bigint not null,
  content text,
  release_at timestamp with time zone,
  release_codes text[],
  set_key uuid,
  constraint record_pkey PRIMARY KEY (patient, id, version),
  constraint record_check CHECK ((deleted = (content IS NULL)))
);
comment on table record is 'distribution: patient. Every version of every resource; the current one has superseded null.';
CREATE INDEX record_apart ON record USING btree (patient, service, type, effective) WHERE ((superseded IS NULL) AND (NOT deleted) AND ((sensitive_codes IS NOT NULL) OR (release_codes IS NOT NULL) OR (release_at IS NOT NULL)));
CREATE UNIQUE INDEX record_business_key ON record USING btree (patient, service, business_key) WHERE ((superseded IS NULL) AND (NOT deleted) AND (business_key IS NOT NULL));
CREATE INDEX record_current ON record USING btree (patient, service, type, effective DESC, id DESC) WHERE ((superseded IS NULL) AND (NOT deleted));
CREATE INDEX record_set_members ON record USING btree (patient, service, set_key) WHERE ((superseded IS NULL) AND (NOT deleted) AND (set_key IS NOT NULL));
grant insert, select, update (superseded, tokens) on record to helsevev_runtime;

create table record_set (
  patient bigint not null,
  service text not null,
  key uuid not null,
  controller text not null,
  version timestamp with time zone not null,
  rank text not null,
  recorded timestamp with time zone not null,
  constraint record_set_pkey PRIMARY KEY (patient, service, key)
);
comment on table record_set is 'distribution: patient. Which version of a set of records, such as a laboratory report, stands. A row is locked while its set is replaced, so that the latest version wins in any order.';
CREATE INDEX record_set_key ON record_set USING btree (key);
grant insert, select, update (rank, recorded, version) on record_set to helsevev_runtime;

create table refused_call (
  day date not null,
  client text not null,
  supplier text not null,
  organization text not null,
  problem text not null,
  calls integer not null,
  last timestamp with time zone not null,
  constraint refused_call_pkey PRIMARY KEY (day, client, supplier, organization, problem),
  constraint refused_call_calls_check CHECK ((calls > 0)),
  constraint refused_call_problem_check CHECK (((char_length(problem) >= 1) AND (char_length(problem) <= 64)))
);
comment on table refused_call is 'distribution: reference. Calls by day that the access log has no row of: no valid token or proof, too many, server full, sign-in not completed. No persons; empty where the token does not say who sent it; kept for 90 days.';
CREATE INDEX refused_call_client ON refused_call USING btree (client, day);
CREATE INDEX refused_call_organization ON refused_call USING btree (organization, day);
grant delete, insert, select, update on refused_call to helsevev_runtime;

create table representation (
  patient bigint not null,
  representative bigint not null,
  kind text not null,
  areas text[] default '{}'::text[] not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone,
  source text not null,
  registered timestamp with time zone not null,
  registered_by text not null,
  ended timestamp with time zone,
  ended_by text,
  receiver_name text,
  constraint representation_pkey PRIMARY KEY (patient, representative, kind, valid_from),
  constraint representation_check CHECK ((patient <> representative)),
  constraint representation_check1 CHECK (((kind <> 'foster-parent'::text) OR (valid_until IS NOT NULL))),
  constraint representation_check2 CHECK (((ended IS NULL) = (ended_by IS NULL))),
  constraint representation_kind_check CHECK ((kind = ANY (ARRAY['parental-responsibility'::text, 'parental-consent'::text, 'foster-parent'::text, 'guardian'::text, 'power-of-attorney'::text, 'without-capacity'::text]))),
  constraint representation_receiver_name_check CHECK (((length(receiver_name) >= 1) AND (length(receiver_name) <= 200)))
);
comment on table representation is 'distribution: patient. Who acts for the patient and on what ground; parental-consent lets a youth of 13 to 15 sign in. areas holds service areas of a power of attorney, or the scope of a guardian.';
CREATE INDEX representation_representative ON representation USING btree (representative);
CREATE TRIGGER representation_close_once BEFORE UPDATE ON representation FOR EACH ROW EXECUTE FUNCTION close_once('-', 'ended', 'ended_by');
grant insert, select, update (ended, ended_by) on representation to helsevev_runtime;

create table role_access (
  organization text not null,
  service text not null,
  role text not null,
  purposes text[] not null,
  constraint role_access_pkey PRIMARY KEY (organization, service, role),
  constraint role_access_organization_fkey FOREIGN KEY (organization) REFERENCES organization(number),
  constraint role_access_purposes_check CHECK ((purposes <@ ARRAY['TREAT'::text, 'ETREAT'::text, 'COC'::text, 'BTG'::text]))
);
comment on table role_access is 'distribution: reference. Which authorisations (Volven 9060) an organisation lets use a service, and for what; without rows, what the service itself says.';
grant delete, insert, select, update on role_access to helsevev_runtime;

create table schema_migration (
  number integer not null,
  name text not null,
  digest text not null,
  breaking boolean not null,
  applied timestamp with time zone default now() not null,
  constraint schema_migration_pkey PRIMARY KEY (number)
);
comment on table schema_migration is 'distribution: local. The migrations applied, by kernel/store/migrate.ts.';
grant select on schema_migration to helsevev_runtime;

create unlogged table server_process (
  id uuid not null,
  seen timestamp with time zone not null,
  constraint server_process_pkey PRIMARY KEY (id)
);
comment on table server_process is 'distribution: local. The server processes that serve now; lost in a crash, and written again within ten seconds.';
grant delete, insert, select, update on server_process to helsevev_runtime;

create table service_delivery (
  patient bigint not null,
  controller text not null,
  provider text not null,
  unit text default ''::text not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone,
  registered_by text not null,
  constraint service_delivery_pkey PRIMARY KEY (patient, controller, provider, unit, valid_from)
);
comment on table service_delivery is 'distribution: patient. A private provider delivers services to the patient for a controller (R5): it reads no other patients.';
CREATE TRIGGER service_delivery_close_once BEFORE UPDATE ON service_delivery FOR EACH ROW EXECUTE FUNCTION close_once('valid_until', '-');
grant insert, select, update (valid_until) on service_delivery to helsevev_runtime;

create table service_participation (
  organization text not null,
  service text not null,
  produces boolean not null,
  consumes boolean not null,
  since timestamp with time zone default now() not null,
  constraint service_participation_pkey PRIMARY KEY (organization, service),
  constraint service_participation_organization_fkey FOREIGN KEY (organization) REFERENCES organization(number)
);
comment on table service_participation is 'distribution: reference. Gradual adoption (R9): a controller may produce and not consume, or the other way, per service.';
grant delete, insert, select, update on service_participation to helsevev_runtime;

create table sharing_agreement (
  controller text not null,
  service text not null,
  receiver text not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone,
  purposes text[] not null,
  sensitive_codes text[] default '{}'::text[] not null,
  legal_basis text not null,
  signed_by_controller text,
  signed_by_receiver text,
  id text not null,
  version integer default 1 not null,
  receiver_type text default 'organization'::text not null,
  units text[] default '{}'::text[] not null,
  standard_agreement text,
  proposed timestamp with time zone not null,
  proposed_by text not null,
  controller_signed timestamp with time zone,
  receiver_signed timestamp with time zone,
  superseded timestamp with time zone,
  ended timestamp with time zone,
  ended_by text,
  ended_reason text,
  service_codes text[] default '{}'::text[] not null,
  taken_over_by text,
  constraint sharing_agreement_pkey PRIMARY KEY (id, version),
  constraint sharing_agreement_controller_fkey FOREIGN KEY (controller) REFERENCES organization(number),
  constraint sharing_agreement_taken_over_by_fkey FOREIGN KEY (taken_over_by) REFERENCES organization(number),
  constraint sharing_agreement_check CHECK (((valid_until IS NULL) OR (valid_until > valid_from))),
  constraint sharing_agreement_check1 CHECK (((signed_by_controller IS NULL) = (controller_signed IS NULL))),
  constraint sharing_agreement_check2 CHECK (((signed_by_receiver IS NULL) = (receiver_signed IS NULL))),
  constraint sharing_agreement_check3 CHECK ((signed_by_controller <> signed_by_receiver)),
  constraint sharing_agreement_check4 CHECK (((ended IS NULL) = (ended_by IS NULL))),
  constraint sharing_agreement_contract CHECK (((receiver_type = 'private-provider'::text) OR ((service_codes = '{}'::text[]) AND (taken_over_by IS NULL)))),
  constraint sharing_agreement_purposes_check CHECK ((purposes <@ ARRAY['TREAT'::text, 'ETREAT'::text, 'COC'::text, 'BTG'::text])),
  constraint sharing_agreement_receiver_type_check CHECK ((receiver_type = ANY (ARRAY['organization'::text, 'group'::text, 'private-provider'::text]))),
  constraint sharing_agreement_taken_over CHECK (((taken_over_by IS NULL) OR (ended IS NOT NULL)))
);
comment on table sharing_agreement is 'distribution: reference. Controller × service × receiver, purposes and period, in versions; in force when both sides have signed and none ended it. sensitive_codes lists the extra-sensitive codes it opens, units the named units of a private provider.';
CREATE INDEX sharing_agreement_controller ON sharing_agreement USING btree (controller, service);
CREATE INDEX sharing_agreement_receiver ON sharing_agreement USING btree (receiver, service);
CREATE TRIGGER sharing_agreement_close_once BEFORE UPDATE ON sharing_agreement FOR EACH ROW EXECUTE FUNCTION close_once('ended', 'ended_by', 'ended_reason', 'taken_over_by', '-', 'superseded', 'controller_signed', 'signed_by_controller', 'receiver_signed', 'signed_by_receiver');
grant insert, select, update (controller_signed, ended, ended_by, ended_reason, receiver_signed, signed_by_controller, signed_by_receiver, superseded, taken_over_by) on sharing_agreement to helsevev_runtime;

create table sharing_closure (
  controller text not null,
  service text not null,
  receiver text not null,
  closed timestamp with time zone not null,
  closed_by text not null,
  reason text not null,
  reopened timestamp with time zone,
  reopened_by text,
  constraint sharing_closure_pkey PRIMARY KEY (controller, service, receiver, closed),
  constraint sharing_closure_controller_fkey FOREIGN KEY (controller) REFERENCES organization(number),
  constraint sharing_closure_receiver_fkey FOREIGN KEY (receiver) REFERENCES organization(number)
);
comment on table sharing_closure is 'distribution: reference. A controller closes one service to one receiver, whatever agreement opens it, and opens it again.';
CREATE INDEX sharing_closure_receiver ON sharing_closure USING btree (receiver) WHERE (reopened IS NULL);
CREATE TRIGGER sharing_closure_close_once BEFORE UPDATE ON sharing_closure FOR EACH ROW EXECUTE FUNCTION close_once('-', 'reopened', 'reopened_by');
grant insert, select, update (reopened, reopened_by) on sharing_closure to helsevev_runtime;

create table standard_agreement (
  id text not null,
  version integer not null,
  title text not null,
  services text[] not null,
  purposes text[] not null,
  sensitive_codes text[] default '{}'::text[] not null,
  legal_basis text not null,
  group_id text not null,
  valid_until timestamp with time zone,
  published timestamp with time zone not null,
  published_by text not null,
  signed_by text,
  signer bigint,
  constraint standard_agreement_pkey PRIMARY KEY (id, version),
  constraint standard_agreement_group_id_fkey FOREIGN KEY (group_id) REFERENCES organization_group(id),
  constraint standard_agreement_id_check CHECK ((id ~ '^[a-z][a-z0-9-]{1,62}$'::text)),
  constraint standard_agreement_purposes_check CHECK ((purposes <@ ARRAY['TREAT'::text, 'ETREAT'::text, 'COC'::text, 'BTG'::text]))
);
comment on table standard_agreement is 'distribution: reference. Terms many controllers share under: joining makes an agreement with the group for each service, and a member of the group.';
grant insert, select on standard_agreement to helsevev_runtime;

create table unattached_message (
  id uuid not null,
  service text not null,
  adapter text not null,
  controller text not null,
  received timestamp with time zone not null,
  reason text not null,
  detail text not null,
  label text not null,
  media_type text not null,
  digest bytea not null,
  content bytea,
  settled timestamp with time zone,
  settled_by text,
  settlement text,
  settlement_reason text,
  answers uuid[],
  constraint unattached_message_pkey PRIMARY KEY (controller, id),
  constraint unattached_message_controller_digest_key UNIQUE (controller, digest),
  constraint unattached_message_controller_fkey FOREIGN KEY (controller) REFERENCES organization(number),
  constraint unattached_message_check CHECK (((settled IS NULL) = (content IS NOT NULL))),
  constraint unattached_message_check1 CHECK (((settled IS NULL) = (settlement IS NULL))),
  constraint unattached_message_settlement_check CHECK ((settlement = ANY (ARRAY['attached'::text, 'discarded'::text])))
);
comment on table unattached_message is 'distribution: controller. Messages of a controller that name nobody we know: kept whole until a person attaches or discards them, then the content goes and the row stays.';
CREATE INDEX unattached_message_open ON unattached_message USING btree (controller, received) WHERE (settled IS NULL);
grant insert, select, update (content, settled, settled_by, settlement, settlement_reason) on unattached_message to helsevev_runtime;

create table vendor_delegation (
  organization text not null,
  supplier text not null,
  withdrawn timestamp with time zone not null,
  withdrawn_by text not null,
  reason text not null,
  restored timestamp with time zone,
  restored_by text,
  constraint vendor_delegation_pkey PRIMARY KEY (organization, supplier, withdrawn),
  constraint vendor_delegation_organization_fkey FOREIGN KEY (organization) REFERENCES organization(number),
  constraint vendor_delegation_check CHECK (((restored IS NULL) = (restored_by IS NULL)))
);
comment on table vendor_delegation is 'distribution: reference. A data controller lets a vendor act for it no more, and again. Without an open row the delegation that HelseID has checked holds.';
CREATE UNIQUE INDEX vendor_delegation_withdrawn ON vendor_delegation USING btree (organization, supplier) WHERE (restored IS NULL);
CREATE TRIGGER vendor_delegation_close_once BEFORE UPDATE ON vendor_delegation FOR EACH ROW EXECUTE FUNCTION close_once('-', 'restored', 'restored_by');
grant insert, select, update (restored, restored_by) on vendor_delegation to helsevev_runtime;

create table watched_person (
  patient bigint not null,
  reason text not null,
  added timestamp with time zone not null,
  added_by text not null,
  constraint watched_person_pkey PRIMARY KEY (patient)
);
comment on table watched_person is 'distribution: patient. People whose records draw curiosity: each look-up is controlled.';
grant delete, insert, select, update on watched_person to helsevev_runtime;

create table worklist (
  unit text not null,
  organization text not null,
  drawn_up timestamp with time zone not null,
  received timestamp with time zone not null,
  left_out smallint not null,
  constraint worklist_pkey PRIMARY KEY (unit),
  constraint worklist_left_out_check CHECK (((left_out >= 0) AND (left_out <= 100)))
);
comment on table worklist is 'distribution: unit. When each unit’s list of patients was drawn up, and how many on it the person register does not know; who stands on it is in worklist_patient.';
CREATE INDEX worklist_drawn_up ON worklist USING btree (drawn_up);
grant delete, insert, select, update on worklist to helsevev_runtime;

create table worklist_patient (
  patient bigint not null,
  unit text not null,
  "position" smallint not null,
  place text,
  since timestamp with time zone,
  constraint worklist_patient_pkey PRIMARY KEY (unit, patient),
  constraint worklist_patient_place_check CHECK (((char_length(place) >= 1) AND (char_length(place) <= 20)))
);
comment on table worklist_patient is 'distribution: unit. Whom a unit has on its list of patients now, with the room where its system tells it. Replaced with each list, and gone seven days after it was drawn up.';
CREATE INDEX worklist_patient_unit ON worklist_patient USING btree (unit, "position");
grant delete, insert, select, update on worklist_patient to helsevev_runtime;

create view patient_access as SELECT patient, at, segment, seq FROM access_log WHERE (patient > 0);
comment on view patient_access is 'Which rows of the access log are about a patient.';
grant select on patient_access to helsevev_runtime;
