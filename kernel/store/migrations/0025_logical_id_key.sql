--! breaking
-- Logical ids show nothing of the patient: they are made with a key of this database, from the first record id after those that were given.
-- A server of the version before would go on to give the older form, so it must not run. docs/decisions/0055-logical-ids-show-nothing.md
create table logical_id_key (
  id smallint primary key default 1 check (id = 1),
  key bytea not null check (octet_length(key) = 16),
  since bigint not null
);
comment on table logical_id_key is 'distribution: reference. One row: the key that logical ids are made with, and the record id from which it is used. It is lost with the database, and no id is found without it.';
-- Two random UUIDs have 244 random bits, and need no extension.
insert into logical_id_key (key, since)
select substr(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 1, 16), greatest(coalesce(max(given) + 1, 0), 0)
from (
  select max(id) from record
  union all select max(id) from patient_choice
  union all select max(id) from patient_notice
  union all select max(id) from patient_question
  union all select max(id) from misuse_case
  union all select max(id) from block_lift_request
  union all select max(segment) from log_segment
  -- Relations have no number of their own: the time when they were registered, as record ids hold it (milliseconds since 2020).
  union all select max((extract(epoch from registered) * 1000 - 1577836800000)::bigint + 1) << 22 from representation
) as numbers (given);
grant select on logical_id_key to helsevev_runtime;
create trigger logical_id_key_stays before update or delete or truncate on logical_id_key for each statement execute function refuse_change();
