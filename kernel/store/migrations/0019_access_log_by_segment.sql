--! breaking
-- Format 3 of the access log: stored by segment, each segment a Merkle tree (RFC 9162), with what a reader and a controller ask for in the row.
-- docs/decisions/0038-access-log-by-segment.md, docs/decisions/0039-merkle-tree-and-checkpoints.md

-- Ids of records stand in the row as eight bytes each. As an array they took most of the time of a verification, and more room.
create function disclosed_ids(ids bytea) returns bigint[] language sql immutable strict parallel safe as $$
  select coalesce(array_agg(('x' || encode(substring(ids from 8 * n + 1 for 8), 'hex'))::bit(64)::bigint order by n), '{}')
  from generate_series(0, octet_length(ids) / 8 - 1) as n
$$;

create table access_log_3 (
  segment bigint not null,
  seq bigint not null,
  at timestamptz not null,
  patient bigint not null,
  actor bigint,
  attestation bigint,
  names_digest bigint,
  citizen bigint,
  episode bigint,
  toa timestamptz,
  event_id uuid not null,
  withheld boolean not null default false,
  automatic boolean not null default false,
  event text not null,
  outcome text not null check (outcome in ('ok', 'refused', 'failed')),
  service text,
  type text,
  purpose text,
  problem text,
  basis text,
  opened_by text check (opened_by in ('emergency', 'declared-consent', 'registered-consent')),
  opened text[],
  unseen text[] check (unseen <@ array['hidden', 'blocked', 'opted-out', 'not-agreed', 'not-released', 'nothing']),
  organization text,
  controllers text,
  decision_ref text,
  reason text,
  disclosed bytea,
  disclosed_versions integer[],
  hash bytea not null,
  primary key (segment, seq) with (fillfactor = 100)
);
-- Rows of formats 1 and 2 get the columns that queries need. Their hashes do not cover these, and cover the row as it was.
insert into access_log_3 (segment, seq, at, patient, actor, attestation, toa, event_id, withheld, event, outcome, service, type, purpose,
  problem, basis, decision_ref, reason, disclosed, disclosed_versions, hash, organization, controllers)
select l.segment, l.seq, l.at, l.patient, l.actor, l.attestation, l.toa, l.event_id, l.withheld, l.event, l.outcome, l.service, l.type,
  l.purpose, l.problem, l.basis, l.decision_ref, l.reason,
  case when l.disclosed is not null then
    coalesce((select string_agg(int8send(d.id), '' order by d.place) from unnest(l.disclosed) with ordinality as d (id, place)), '') end,
  l.disclosed_versions, l.hash, a.organization,
  (select string_agg(distinct r.controller, ' ' order by r.controller) from record r
    where r.patient in (select l.patient union all select same_as from person_link where patient = l.patient) and r.id = any (l.disclosed))
from access_log l left join log_actor a on a.id = l.actor
order by l.segment, l.seq;
drop table access_log;
alter table access_log_3 rename to access_log;
alter index access_log_3_pkey rename to access_log_pkey;
alter table access_log rename constraint access_log_3_outcome_check to access_log_outcome_check;
alter table access_log rename constraint access_log_3_opened_by_check to access_log_opened_by_check;
alter table access_log rename constraint access_log_3_unseen_check to access_log_unseen_check;
create index access_log_at on access_log using brin (at);
create index access_log_patient on access_log (patient) where patient > 0;
comment on table access_log is 'distribution: segment. One row per look-up, write and refusal. patient is negative, and spread, where the request never came to a known person.';
comment on column access_log.names_digest is 'The last 64 bits of the SHA-256 over the digests of actor and attestation: neither can be changed or emptied unseen.';
comment on column access_log.citizen is 'The person who acted, where that is a citizen: log_actor then holds the portal.';
comment on column access_log.episode is 'One opening of a patient by one person at one place under one attestation.';
comment on column access_log.automatic is 'A screen made the request by itself.';
comment on column access_log.basis is 'The ground that was asked for, where the purpose alone does not say it: emergency, consent, self, parent, guardian, and so on.';
comment on column access_log.opened_by is 'What in fact opened a restriction; null when none was opened.';
comment on column access_log.opened is 'What was in fact opened: restriction/{id}, consent/{id}, or source for what the source has blocked.';
comment on column access_log.unseen is 'Why something was not seen, for the controller alone.';
comment on column access_log.organization is 'The organisation that the actor acted for.';
comment on column access_log.controllers is 'The controllers whose records were shown or written, with a space between.';
comment on column access_log.disclosed is 'Ids of the records that were shown or written, eight bytes each: disclosed_ids() reads them.';
create trigger access_log_append_only before update or delete or truncate on access_log for each statement execute function refuse_change();
grant select, insert on access_log to helsevev_runtime;

-- The rows of a patient. Here an index of the log finds them; where the log is spread by segment, a table of this name is filled behind it.
create view patient_access as select patient, at, segment, seq from access_log where patient > 0;
comment on view patient_access is 'Which rows of the access log are about a patient.';
grant select on patient_access to helsevev_runtime;

alter table log_segment add column ordinal bigint, add column predecessor_seq bigint;
alter table log_segment disable trigger log_segment_append_only;
update log_segment s set ordinal = o.ordinal
  from (select segment, row_number() over (order by segment) - 1 as ordinal from log_segment) as o where o.segment = s.segment;
alter table log_segment enable trigger log_segment_append_only;
alter table log_segment alter column ordinal set not null, alter column format drop default;
create unique index log_segment_ordinal on log_segment (ordinal);
comment on table log_segment is 'distribution: reference. One Merkle tree per server process, opened with the root of its predecessor; the openings are the leaves of a tree of their own, in the order of ordinal.';

comment on table log_checkpoint is 'distribution: segment. Signed statements of how far a segment had come: seq is the last row, hash the root (format 3) or the hash of that row. Segment 0 is the tree of segments.';

create table log_node (
  segment bigint not null,
  level smallint not null,
  index bigint not null,
  hash bytea not null,
  primary key (segment, level, index)
);
comment on table log_node is 'distribution: segment. Nodes of the trees from level 8 on, so that a proof reads few rows.';
create trigger log_node_append_only before update or delete or truncate on log_node for each statement execute function refuse_change();

create table log_key (
  id text primary key,
  public_key bytea not null,
  first_used timestamptz not null
);
comment on table log_key is 'distribution: reference. Public keys that have signed checkpoints, as they are published. A verifier gets them from elsewhere.';
create trigger log_key_append_only before update or delete or truncate on log_key for each statement execute function refuse_change();
grant select, insert on log_node, log_key to helsevev_runtime;

-- Lists of patients are read, replaced and removed by unit.
alter table worklist_patient drop constraint worklist_patient_pkey, add primary key (unit, patient);
comment on table worklist_patient is 'distribution: unit. Whom a unit has on its list of patients now, with the room where its system tells it. Replaced with each list, and gone seven days after it was drawn up.';
comment on table worklist is 'distribution: unit. When each unit’s list of patients was drawn up, and how many on it the person register does not know; who stands on it is in worklist_patient.';

alter table unattached_message drop constraint unattached_message_pkey, add primary key (controller, id);
comment on table unattached_message is 'distribution: controller. Messages of a controller that name nobody we know: kept whole until a person attaches or discards them, then the content goes and the row stays.';
