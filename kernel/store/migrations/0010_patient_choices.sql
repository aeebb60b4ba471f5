-- What the patient decides (pasient- og brukerrettighetsloven § 5-3, pasientjournalloven § 17), and who acts for whom.

create table patient_choice (
  patient bigint not null,
  id bigint not null,
  kind text not null check (kind in ('opt-out', 'restriction', 'block', 'consent')),
  service text,
  controller text,
  receiver text,
  practitioner text,
  record bigint,
  valid_from timestamptz not null,
  valid_until timestamptz,
  made timestamptz not null,
  made_by bigint not null,
  made_as text not null check (made_as in ('self', 'representative', 'staff')),
  note text,
  ended timestamptz,
  ended_by bigint,
  ended_as text check (ended_as in ('self', 'representative', 'staff')),
  primary key (patient, id),
  check (valid_until is null or valid_until > valid_from),
  check (kind <> 'block' or practitioner is not null),
  check (kind <> 'opt-out' or (service is not null and controller is null and receiver is null and practitioner is null and record is null)),
  check (kind not in ('restriction') or practitioner is null),
  check ((ended is null) = (ended_by is null))
);
comment on table patient_choice is 'distribution: patient. Opt-outs, restrictions, blocks and consents. A column that is null means all; controller is whose records, receiver who may not (or may) see them, practitioner an HPR number. Nothing is removed: a choice ends.';

create table patient_alert_setting (
  patient bigint not null primary key,
  alerts text[] not null check (alerts <@ array['every-look-up', 'other-organization', 'write'])
);
comment on table patient_alert_setting is 'distribution: patient. What the patient wants to be told about; emergency access is always told.';

create table patient_notice (
  patient bigint not null,
  id bigint not null,
  at timestamptz not null,
  event_id uuid not null,
  cause text not null check (cause in ('emergency-access', 'consent-declared', 'every-look-up', 'other-organization', 'write')),
  seen timestamptz,
  primary key (patient, id)
);
comment on table patient_notice is 'distribution: patient. What the patient is told of: the look-up is in the access log under the same event.';

create table representation (
  patient bigint not null,
  representative bigint not null,
  kind text not null check (kind in ('parental-responsibility', 'parental-consent', 'foster-parent', 'guardian', 'power-of-attorney', 'without-capacity')),
  areas text[] not null default '{}',
  valid_from timestamptz not null,
  valid_until timestamptz,
  source text not null,
  registered timestamptz not null,
  registered_by text not null,
  ended timestamptz,
  ended_by text,
  primary key (patient, representative, kind, valid_from),
  check (patient <> representative),
  check (kind <> 'foster-parent' or valid_until is not null),
  check ((ended is null) = (ended_by is null))
);
create index representation_representative on representation (representative);
comment on table representation is 'distribution: patient. Who acts for the patient and on what ground; parental-consent lets a youth of 13 to 15 sign in. areas holds service areas of a power of attorney, or the scope of a guardian.';

create table emergency_follow_up (
  patient bigint not null,
  event_id uuid not null,
  controller text not null,
  at timestamptz not null,
  actor bigint not null,
  service text not null,
  reason text not null,
  closed timestamptz,
  closed_by text,
  finding text check (finding in ('justified', 'not-justified', 'reported')),
  note text,
  primary key (patient, event_id, controller),
  check ((closed is null) = (closed_by is null) and (closed is null) = (finding is null))
);
create index emergency_follow_up_open on emergency_follow_up (controller, at) where closed is null;
comment on table emergency_follow_up is 'distribution: patient. Emergency accesses (BTG) that somebody at the controller must close with a finding.';

create table misuse_case (
  patient bigint not null,
  id bigint not null,
  rule text not null,
  organization text not null,
  actor_person bigint,
  actor_name text not null,
  hpr_number text,
  first_at timestamptz not null,
  last_at timestamptz not null,
  events uuid[] not null,
  facts jsonb not null,
  opened timestamptz not null,
  closed timestamptz,
  closed_by text,
  finding text check (finding in ('no-breach', 'breach', 'unclear')),
  note text,
  primary key (patient, id),
  check ((closed is null) = (closed_by is null) and (closed is null) = (finding is null))
);
create index misuse_case_open on misuse_case (organization, opened) where closed is null;
comment on table misuse_case is 'distribution: patient. Look-ups that a rule found worth a question, with the facts and no score; a person closes each with a finding.';

create table watched_person (
  patient bigint not null primary key,
  reason text not null,
  added timestamptz not null,
  added_by text not null
);
comment on table watched_person is 'distribution: patient. People whose records draw curiosity: each look-up is controlled.';

alter table patient_controller
  add column told boolean not null default true,
  add column blocked_against_staff boolean not null default false;
comment on column patient_controller.told is 'False while the controller holds nothing but extra-sensitive records: that it has reported may then not be guessed.';
comment on column patient_controller.blocked_against_staff is 'The controller has marked some record NORS (Volven 9603): whether there is something to count, without opening a record.';

alter table record
  add column release_at timestamptz,
  add column release_codes text[];
comment on column record.release_at is 'Not shown to the patient or a representative before this; null is at once.';
comment on column record.release_codes is 'Codes of Volven 9603 that hide the record from the patient, parents, youth or staff.';

grant select, insert, update, delete on
  patient_alert_setting, patient_notice, representation, emergency_follow_up, misuse_case, watched_person
  to helsevev_runtime;
grant select, insert on patient_choice to helsevev_runtime;
grant update (ended, ended_by, ended_as) on patient_choice to helsevev_runtime;
