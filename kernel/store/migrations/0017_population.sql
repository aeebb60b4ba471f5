-- How many live in each municipality on which day, and who counted: what figures of coverage are measured against. The column it replaces had
-- neither source nor day.

create table municipality_population (
  municipality text not null references municipality (number),
  counted date not null,
  population integer not null check (population >= 0),
  source text not null check (source <> ''),
  primary key (municipality, counted)
);
comment on table municipality_population is 'distribution: reference. Population of each municipality by the day counted, with its source; the newest day is used.';

alter table municipality drop column population;
comment on table municipality is 'distribution: reference. Kommuner; the number is text, 0301 has a zero.';

grant select, insert, update, delete on municipality_population to helsevev_runtime;
