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

-- Lifting a block for a patient who does not sign in: one member of staff asks, another confirms. Both are rows that stay as they are.
create table block_lift_request (
  patient bigint not null,
  id bigint not null,
  organization text not null,
  practitioner text not null,
  identified text not null check (identified in ('passport', 'national-identity-card', 'driving-licence', 'electronic-id')),
  identified_at timestamptz not null,
  note text not null,
  asked timestamptz not null,
  asked_by text not null,
  asked_person bigint not null,
  asked_hpr text,
  primary key (patient, id)
);
comment on table block_lift_request is 'distribution: patient. Staff register that a patient who does not sign in asks for the lifting of a block: who, how identified and when. practitioner is an HPR number.';
create index block_lift_request_organization on block_lift_request (organization, asked);
create table block_lift_confirmation (
  patient bigint not null,
  id bigint not null,
  at timestamptz not null,
  confirmed_by text not null,
  confirmed_person bigint not null,
  primary key (patient, id)
);
comment on table block_lift_confirmation is 'distribution: patient. Another member of staff confirmed the lifting of a block.';
grant select, insert on block_lift_request, block_lift_confirmation to helsevev_runtime;
