-- Clinical records. Stored as sent, served without parsing (architecture decision 4): JSON text without the patient's
-- identifier, beside the few columns that searches and decisions need. A version is never overwritten; the next one only
-- stamps `superseded` on it. docs/decisions/0004-one-record-table.md

create table record (
  patient bigint not null,
  id bigint not null,
  version integer not null,
  service text not null,
  type text not null,
  controller text not null,
  effective timestamptz not null,
  recorded timestamptz not null,
  superseded timestamptz,
  deleted boolean not null default false,
  business_key uuid,
  sensitive_codes text[],
  tokens text[] not null,
  writer bigint not null,
  content text,
  primary key (patient, id, version),
  check (deleted = (content is null))
);
comment on table record is 'distribution: patient. Every version of every resource; the current one has superseded null.';

-- Searches: the current resources of one patient in one service, newest first; the token array filters the small set.
create index record_current on record (patient, service, type, effective desc, id desc)
  where superseded is null and not deleted;

-- Two creates of the same fact at once: one wins, the other finds it. Uniqueness is per patient.
create unique index record_business_key on record (patient, service, business_key)
  where superseded is null and not deleted and business_key is not null;

create table patient_controller (
  patient bigint not null,
  service text not null,
  controller text not null,
  since timestamptz not null,
  primary key (patient, service, controller)
);
comment on table patient_controller is 'distribution: patient. Which controllers have reported on the patient in a service: tells none from unknown from withheld without opening a record.';
