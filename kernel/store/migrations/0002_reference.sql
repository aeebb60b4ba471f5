-- Reference data: small, the same everywhere, imported by command (npm run import).

create table county (
  number text primary key,
  name text not null
);
comment on table county is 'distribution: reference. Fylker.';

create table municipality (
  number text primary key check (number ~ '^[0-9]{4}$'),
  name text not null,
  county text not null references county (number),
  population integer not null check (population >= 0),
  language text
);
comment on table municipality is 'distribution: reference. Kommuner with population; the number is text, 0301 has a zero.';

create table organization (
  number text primary key check (number ~ '^[0-9]{9}$'),
  name text not null,
  type text not null check (type in ('municipality', 'health-trust', 'regional-health-trust', 'general-practice', 'private-provider', 'vendor', 'other')),
  part_of text,
  municipality text,
  phone text,
  helsenet_from timestamptz,
  helsenet_until timestamptz,
  terms_accepted timestamptz
);
comment on table organization is 'distribution: reference. Legal entities and units. A member has helsenet_from passed, helsenet_until not, and has accepted the terms.';

create table practitioner_role (
  hpr_number text not null,
  organization text not null references organization (number),
  role text not null,
  valid_from timestamptz not null,
  valid_until timestamptz,
  primary key (hpr_number, organization)
);
comment on table practitioner_role is 'distribution: reference. Where health personnel work; lets a portal ask HelseID for the right organisation.';

create table code_system (
  system text primary key,
  name text not null,
  version text,
  source text not null
);
comment on table code_system is 'distribution: reference. One row per code list, by its canonical URI.';

create table code_system_alias (
  alias text primary key,
  system text not null
);
comment on table code_system_alias is 'distribution: reference. Other spellings of the URI of a code system.';

create table code (
  system text not null references code_system (system),
  code text not null,
  display text not null,
  primary key (system, code)
);
comment on table code is 'distribution: reference. The codes of the lists in use.';

create table code_equivalence (
  concept text not null,
  system text not null,
  code text not null,
  source text not null,
  primary key (concept, system, code)
);
comment on table code_equivalence is 'distribution: reference. Codes of different systems that mean the same measurement.';
