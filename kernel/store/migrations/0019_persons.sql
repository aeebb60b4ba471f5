-- An attestation that does not say who chose is kept as it was: nothing is filled in.
alter table log_attestation alter column user_selected drop not null;

-- All health personnel numbers of one person: kernel/identity/same-person.ts.
create index practitioner_person on practitioner (person) where person is not null;

-- Terms have an end, for organisations and vendors alike.
alter table organization add column terms_until timestamptz;
comment on table organization is 'distribution: reference. Legal entities, units and vendors. A member has helsenet_from passed, helsenet_until not, and has accepted the terms, which hold until terms_until.';

-- Case officers allocate services and hold no authorisation. A controller opens its services to those of an organisation; without a row they see nothing.
alter table controller_role drop constraint controller_role_role_check,
  add constraint controller_role_role_check check (role in ('owner', 'privacy-officer', 'reader', 'case-officer'));
create table case_officer_access (
  id uuid primary key,
  controller text not null references organization (number),
  service text not null,
  receiver text not null references organization (number),
  -- Coordination alone: a case officer neither treats nor overrides.
  purposes text[] not null check (purposes = '{COC}'),
  valid_from timestamptz not null,
  valid_until timestamptz,
  opened_by text not null,
  reason text not null,
  ended_by text,
  ended_reason text,
  check (valid_until is null or valid_until >= valid_from),
  check ((ended_by is null) = (ended_reason is null))
);
comment on table case_officer_access is 'distribution: reference. A controller opens a service to the case officers of an organisation, its own or a receiver, for coordination. Rows end and are never removed.';
create index case_officer_access_receiver on case_officer_access (receiver, service);
create index case_officer_access_controller on case_officer_access (controller);
grant select, insert, update (valid_until, ended_by, ended_reason) on case_officer_access to helsevev_runtime;
