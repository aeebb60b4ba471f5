-- Calls that were refused before anybody was known to have asked about anything (401, 429), counted for vendors and data controllers.

create table refused_call (
  day date not null,
  client text not null,
  supplier text not null,
  organization text not null,
  problem text not null check (char_length(problem) between 1 and 64),
  calls integer not null check (calls > 0),
  last timestamptz not null,
  primary key (day, client, supplier, organization, problem)
);
create index refused_call_organization on refused_call (organization, day);
create index refused_call_client on refused_call (client, day);
comment on table refused_call is 'distribution: reference. Calls by day that the access log has no row of: no valid token or proof, too many, server full, sign-in not completed. No persons; empty where the token does not say who sent it; kept for 90 days.';

grant select, insert, update, delete on refused_call to helsevev_runtime;
