-- Nothing stands without its row in the access log: what is stored leaves an intent in the same statement, which goes in the statement that
-- writes the row. docs/decisions/0040-intents-and-rights.md

create table log_intent (
  patient bigint not null,
  id bigint not null,
  version integer not null,
  at timestamptz not null,
  event text not null,
  service text not null,
  type text,
  actor bigint,
  person bigint,
  controllers text,
  ids bytea,
  reason text,
  primary key (patient, id, version)
);
comment on table log_intent is 'distribution: patient. What was stored and has no row in the access log yet; id and version are those of the first record, or a new id and 0 for what is no record; person is who stored it, where actor does not say it. Empty but for requests under way, and what a server left that was killed.';
grant select, insert, delete on log_intent to helsevev_runtime;
