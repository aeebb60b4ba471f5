-- The access log (architecture decision 7; pasientjournalloven § 22). Insert and select only, hash-chained per segment.

create table log_actor (
  id bigint generated always as identity primary key,
  digest uuid not null unique,
  person bigint,
  name text not null,
  hpr_number text,
  role text,
  organization text,
  organization_name text,
  organization_child text,
  supplier text,
  client text not null
);
comment on table log_actor is 'distribution: reference. Who acted, once per distinct combination; no identity numbers (the person key instead).';

create table log_segment (
  segment bigint primary key,
  opened timestamptz not null,
  predecessor bigint,
  predecessor_hash bytea not null
);
comment on table log_segment is 'distribution: reference. One chain per server process, opened with the last hash of its predecessor.';

create table log_checkpoint (
  segment bigint not null,
  seq bigint not null,
  hash bytea not null,
  at timestamptz not null,
  key_id text not null,
  signature bytea not null,
  primary key (segment, seq)
);
comment on table log_checkpoint is 'distribution: reference. Signed statement of how far a segment had come, so that a cut-off tail is seen.';

create table access_log (
  patient bigint not null,
  segment bigint not null,
  seq bigint not null,
  at timestamptz not null,
  event text not null,
  outcome text not null check (outcome in ('ok', 'refused', 'failed')),
  actor bigint,
  service text,
  type text,
  purpose text,
  problem text,
  withheld boolean not null default false,
  disclosed bigint[],
  disclosed_versions integer[],
  event_id uuid not null,
  hash bytea not null,
  primary key (patient, segment, seq)
);
comment on table access_log is 'distribution: patient. One row per look-up, write and refusal; patient is 0 where the request never came to a known person.';
create index access_log_chain on access_log (segment, seq);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
create trigger access_log_append_only before update or delete or truncate on access_log for each statement execute function refuse_change();
create trigger log_actor_append_only before update or delete or truncate on log_actor for each statement execute function refuse_change();
create trigger log_segment_append_only before update or delete or truncate on log_segment for each statement execute function refuse_change();
create trigger log_checkpoint_append_only before update or delete or truncate on log_checkpoint for each statement execute function refuse_change();
