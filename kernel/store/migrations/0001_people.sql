-- Who people are, apart from what is known about them (architecture decision 3).
-- The comment on each table says how it is distributed: patient (by the patient key, first in the primary key),
-- reference (copied to every node), or local (technical, holds no patient data).

create table person (
  patient bigint primary key,
  birth_date date,
  gender text check (gender in ('male', 'female', 'other', 'unknown')),
  given_name text,
  family_name text,
  municipality text,
  registered timestamptz not null default now()
);
comment on table person is 'distribution: patient. One row per person; patient is random and says nothing.';

create table person_identifier (
  system text not null check (system in ('FNR', 'DNR', 'FHN')),
  value text not null check (value ~ '^[0-9]{1,11}$'),
  patient bigint not null,
  registered timestamptz not null default now(),
  primary key (system, value)
);
create index person_identifier_patient on person_identifier (patient);
comment on table person_identifier is 'distribution: reference. National identity number, D-number and help number to the internal key; several per person.';

create table person_link (
  patient bigint not null,
  same_as bigint not null,
  registered timestamptz not null default now(),
  primary key (patient, same_as),
  check (patient <> same_as)
);
comment on table person_link is 'distribution: patient. Two keys that turned out to be one person; stored in both directions, nothing is merged or moved.';
