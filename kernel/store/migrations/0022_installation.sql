-- A database that has held made-up people says so in itself: production refuses it. Numbers of made-up people have 40, 65 or 80 added to the month.
create table installation_mark (
  mark text primary key check (mark in ('made-up-people')),
  since timestamptz not null default now()
);
comment on table installation_mark is 'distribution: local. What this database is, for whoever starts a server on it. Rows are never removed.';
insert into installation_mark (mark)
select 'made-up-people' where exists (
  select from person_identifier where system in ('FNR', 'DNR') and value ~ '^[0-9]{11}$' and substr(value, 3, 2)::integer > 40);
grant select, insert on installation_mark to helsevev_runtime;

-- Processes that serve now, so that a limit holds for all of them together: kernel/http/processes.ts.
create unlogged table server_process (
  id uuid primary key,
  seen timestamptz not null
);
comment on table server_process is 'distribution: local. The server processes that serve now; lost in a crash, and written again within ten seconds.';
grant select, insert, update, delete on server_process to helsevev_runtime;
