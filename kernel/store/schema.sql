-- The schema that the migrations make. Written by npm run schema; not run by anything.

CREATE OR REPLACE FUNCTION refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$function$;

create table access_log (
  patient bigint not null,
  segment bigint not null,
  seq bigint not null,
  at timestamp with time zone not null,
  event text not null,
  outcome text not null,
  actor bigint,
  service text,
  type text,
  purpose text,
  problem text,
  withheld boolean default false not null,
  disclosed bigint[],
  disclosed_versions integer[],
  event_id uuid not null,
  hash bytea not null,
  constraint access_log_pkey PRIMARY KEY (patient, segment, seq),
  constraint access_log_outcome_check CHECK ((outcome = ANY (ARRAY['ok'::text, 'refused'::text, 'failed'::text])))
);
comment on table access_log is 'distribution: patient. One row per look-up, write and refusal; patient is 0 where the request never came to a known person.';
CREATE INDEX access_log_chain ON access_log USING btree (segment, seq);
CREATE TRIGGER access_log_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON access_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on access_log to helsevev_runtime;

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
  constraint code_system_pkey PRIMARY KEY (system)
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

create table log_checkpoint (
  segment bigint not null,
  seq bigint not null,
  hash bytea not null,
  at timestamp with time zone not null,
  key_id text not null,
  signature bytea not null,
  constraint log_checkpoint_pkey PRIMARY KEY (segment, seq)
);
comment on table log_checkpoint is 'distribution: reference. Signed statement of how far a segment had come, so that a cut-off tail is seen.';
CREATE TRIGGER log_checkpoint_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON log_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on log_checkpoint to helsevev_runtime;

create table log_segment (
  segment bigint not null,
  opened timestamp with time zone not null,
  predecessor bigint,
  predecessor_hash bytea not null,
  constraint log_segment_pkey PRIMARY KEY (segment)
);
comment on table log_segment is 'distribution: reference. One chain per server process, opened with the last hash of its predecessor.';
CREATE TRIGGER log_segment_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON log_segment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
grant insert, select on log_segment to helsevev_runtime;

create table municipality (
  number text not null,
  name text not null,
  county text not null,
  population integer not null,
  language text,
  constraint municipality_pkey PRIMARY KEY (number),
  constraint municipality_county_fkey FOREIGN KEY (county) REFERENCES county(number),
  constraint municipality_number_check CHECK ((number ~ '^[0-9]{4}$'::text)),
  constraint municipality_population_check CHECK ((population >= 0))
);
comment on table municipality is 'distribution: reference. Kommuner with population; the number is text, 0301 has a zero.';
grant delete, insert, select, update on municipality to helsevev_runtime;

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
  constraint organization_pkey PRIMARY KEY (number),
  constraint organization_number_check CHECK ((number ~ '^[0-9]{9}$'::text)),
  constraint organization_type_check CHECK ((type = ANY (ARRAY['municipality'::text, 'health-trust'::text, 'regional-health-trust'::text, 'general-practice'::text, 'private-provider'::text, 'vendor'::text, 'other'::text])))
);
comment on table organization is 'distribution: reference. Legal entities and units. A member has helsenet_from passed, helsenet_until not, and has accepted the terms.';
grant delete, insert, select, update on organization to helsevev_runtime;

create table patient_controller (
  patient bigint not null,
  service text not null,
  controller text not null,
  since timestamp with time zone not null,
  constraint patient_controller_pkey PRIMARY KEY (patient, service, controller)
);
comment on table patient_controller is 'distribution: patient. Which controllers have reported on the patient in a service: tells none from unknown from withheld without opening a record.';
grant delete, insert, select, update on patient_controller to helsevev_runtime;

create table person (
  patient bigint not null,
  birth_date date,
  gender text,
  given_name text,
  family_name text,
  municipality text,
  registered timestamp with time zone default now() not null,
  constraint person_pkey PRIMARY KEY (patient),
  constraint person_gender_check CHECK ((gender = ANY (ARRAY['male'::text, 'female'::text, 'other'::text, 'unknown'::text])))
);
comment on table person is 'distribution: patient. One row per person; patient is random and says nothing.';
grant delete, insert, select, update on person to helsevev_runtime;

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
grant delete, insert, select, update on person_identifier to helsevev_runtime;

create table person_link (
  patient bigint not null,
  same_as bigint not null,
  registered timestamp with time zone default now() not null,
  constraint person_link_pkey PRIMARY KEY (patient, same_as),
  constraint person_link_check CHECK ((patient <> same_as))
);
comment on table person_link is 'distribution: patient. Two keys that turned out to be one person; stored in both directions, nothing is merged or moved.';
grant delete, insert, select, update on person_link to helsevev_runtime;

create table portal_session (
  id_digest bytea not null,
  sealed bytea not null,
  created timestamp with time zone not null,
  last_used timestamp with time zone not null,
  expires timestamp with time zone not null,
  constraint portal_session_pkey PRIMARY KEY (id_digest)
);
comment on table portal_session is 'distribution: local. Sessions of the portals, sealed with the server''s key; the browser holds only a random cookie.';
grant delete, insert, select, update on portal_session to helsevev_runtime;

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
grant delete, insert, select, update on practitioner_role to helsevev_runtime;

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
  constraint record_pkey PRIMARY KEY (patient, id, version),
  constraint record_check CHECK ((deleted = (content IS NULL)))
);
comment on table record is 'distribution: patient. Every version of every resource; the current one has superseded null.';
CREATE UNIQUE INDEX record_business_key ON record USING btree (patient, service, business_key) WHERE ((superseded IS NULL) AND (NOT deleted) AND (business_key IS NOT NULL));
CREATE INDEX record_current ON record USING btree (patient, service, type, effective DESC, id DESC) WHERE ((superseded IS NULL) AND (NOT deleted));
grant insert, select, update (superseded) on record to helsevev_runtime;

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
  signed_by_controller text not null,
  signed_by_receiver text not null,
  constraint sharing_agreement_pkey PRIMARY KEY (controller, service, receiver, valid_from),
  constraint sharing_agreement_controller_fkey FOREIGN KEY (controller) REFERENCES organization(number),
  constraint sharing_agreement_receiver_fkey FOREIGN KEY (receiver) REFERENCES organization(number),
  constraint sharing_agreement_check CHECK (((valid_until IS NULL) OR (valid_until > valid_from))),
  constraint sharing_agreement_purposes_check CHECK ((purposes <@ ARRAY['TREAT'::text, 'ETREAT'::text, 'COC'::text, 'BTG'::text]))
);
comment on table sharing_agreement is 'distribution: reference. Controller × service × receiver, purposes and period; sensitive_codes lists the extra-sensitive codes it opens.';
CREATE INDEX sharing_agreement_receiver ON sharing_agreement USING btree (receiver, service);
grant delete, insert, select, update on sharing_agreement to helsevev_runtime;
