-- What must follow a row of the access log (follow-ups of emergency access, notices) is kept in the statement that writes the row, and goes
-- when it stands. docs/decisions/0051-what-follows-a-row.md

create table after_access (
  patient bigint not null,
  id bigint not null,
  at timestamptz not null,
  access jsonb not null,
  primary key (patient, id)
);
comment on table after_access is 'distribution: patient. What must still be stored for a row of the access log: follow-ups of emergency access and notices; access is the decision, without identity numbers. Empty but for requests under way, and what a server left that was killed.';
grant select, insert, delete on after_access to helsevev_runtime;
