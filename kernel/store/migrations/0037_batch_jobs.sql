-- Batches that are stored after the answer: what has become of each entry. docs/decisions/0071-batches-that-are-answered-later.md

create table batch_job (
  controller text not null,
  id text not null check (id ~ '^[a-p]{32}$'),
  client text not null,
  supplier text not null,
  service text not null,
  entries integer not null,
  -- The answer to each entry that has been handled, by its place: status, id and version, or the faults. No resource.
  answers jsonb not null default '{}',
  state text not null check (state in ('running', 'done', 'cut-off')),
  begun timestamptz not null,
  -- The process that runs it gives a sign of life with each step.
  alive timestamptz not null,
  primary key (controller, id)
);
comment on table batch_job is 'distribution: controller. Batches that are stored after the answer, and what has become of each entry. Rows go after a day.';
grant select, insert, update, delete on batch_job to helsevev_runtime;
