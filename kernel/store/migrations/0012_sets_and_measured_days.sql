-- Messages that replace each other, messages that nobody's record can take yet, and numbers kept by day.

create table record_set (
  patient bigint not null,
  service text not null,
  key uuid not null,
  controller text not null,
  version timestamptz not null,
  rank text not null,
  recorded timestamptz not null,
  primary key (patient, service, key)
);
comment on table record_set is 'distribution: patient. Which version of a set of records, such as a laboratory report, stands. A row is locked while its set is replaced, so that the latest version wins in any order.';

alter table record add column set_key uuid;
comment on column record.set_key is 'The record_set that the record came with.';
create index record_set_members on record (patient, service, set_key) where superseded is null and not deleted and set_key is not null;

create table unattached_message (
  id uuid primary key,
  service text not null,
  adapter text not null,
  controller text not null references organization (number),
  received timestamptz not null,
  reason text not null,
  detail text not null,
  label text not null,
  media_type text not null,
  digest bytea not null,
  content bytea,
  settled timestamptz,
  settled_by text,
  settlement text check (settlement in ('attached', 'discarded')),
  settlement_reason text,
  check ((settled is null) = (content is not null)),
  check ((settled is null) = (settlement is null)),
  unique (controller, digest)
);
comment on table unattached_message is 'distribution: reference. Messages of a controller that name nobody we know: kept whole until a person attaches or discards them, then the content goes and the row stays.';
create index unattached_message_open on unattached_message (controller, received) where settled is null;

create table measured_day (
  patient bigint not null,
  service text not null,
  type text not null,
  code text not null,
  day date not null,
  controller text not null,
  unit text not null,
  count integer not null,
  min double precision not null,
  max double precision not null,
  sum double precision not null,
  primary key (patient, service, type, code, day, controller, unit)
);
comment on table measured_day is 'distribution: patient. Numbers of the current records by Norwegian day, for trends over months: made in the transaction that writes the records, and made anew from them when one is corrected. Records that carry extra-sensitive or release codes, or that wait for release, are not in it.';

grant insert, select, update (version, rank, recorded) on record_set to helsevev_runtime;
grant insert, select, update (settled, settled_by, settlement, settlement_reason, content) on unattached_message to helsevev_runtime;
grant insert, select, delete, update (count, min, max, sum) on measured_day to helsevev_runtime;
