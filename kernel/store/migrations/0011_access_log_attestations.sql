-- What the reader attested (trust framework v1.1), on whose behalf, and why, beside each row of the access log.

create table log_attestation (
  id bigint generated always as identity primary key,
  digest uuid not null unique,
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
  user_selected boolean not null,
  patient_point_of_care text,
  patient_department text,
  unknown_members text[]
);
comment on table log_attestation is 'distribution: reference. What attestations said beside time, decision and purpose, once per distinct combination.';
create trigger log_attestation_append_only before update or delete or truncate on log_attestation
  for each statement execute function refuse_change();

alter table access_log
  add column attestation bigint,
  add column toa timestamptz,
  add column decision_ref text,
  add column basis text,
  add column reason text;
comment on column access_log.basis is 'The ground, where the purpose alone does not say it: emergency, consent, self, parent, guardian, and so on.';

-- 1: the hash is of JSON (rows before this migration). 2: of the row as COPY writes it (kernel/audit/chain.ts).
alter table log_segment add column format smallint not null default 1;

create index access_log_at on access_log using brin (at);

grant select, insert on log_attestation to helsevev_runtime;
