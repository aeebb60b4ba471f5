-- Who is authorised as what (helsepersonelloven §§ 48, 48 a), and where the units of an organisation are.

create table practitioner (
  hpr_number text primary key check (hpr_number ~ '^[0-9]{1,9}$'),
  given_name text,
  family_name text,
  person bigint,
  prescribing_from timestamptz,
  prescribing_until timestamptz
);
comment on table practitioner is 'distribution: reference. Health personnel register: one row per HPR number; person is the key in the person register when it is known.';

create table practitioner_authorization (
  hpr_number text not null references practitioner (hpr_number),
  code text not null,
  valid_from timestamptz not null,
  valid_until timestamptz,
  primary key (hpr_number, code, valid_from),
  check (valid_until is null or valid_until > valid_from)
);
comment on table practitioner_authorization is 'distribution: reference. Authorisations and licences, Volven 9060, with their periods; one that ends takes effect on the next call.';

create table practitioner_specialty (
  hpr_number text not null references practitioner (hpr_number),
  code text not null,
  valid_from timestamptz not null,
  valid_until timestamptz,
  primary key (hpr_number, code, valid_from)
);
comment on table practitioner_specialty is 'distribution: reference. Approved specialties, Volven 7426.';

alter table organization add column address text;

create table organization_unit (
  organization text not null references organization (number),
  system text not null,
  value text not null,
  name text not null,
  healthcare_service text,
  address text,
  phone text,
  valid_from timestamptz not null,
  valid_until timestamptz,
  primary key (organization, system, value)
);
comment on table organization_unit is 'distribution: reference. Departments and service units under a number of their own (RESH, or the organisation''s own system), with the telephone to call.';

alter table person
  add column address_confidentiality text not null default 'Unclassified'
    check (address_confidentiality in ('Unclassified', 'ClientAddress', 'Confidential', 'StrictlyConfidential')),
  add column residence text,
  add column died date;
comment on column person.residence is 'An opaque mark of the registered address: the same for those registered at the same address. The address itself is not kept.';

grant select, insert, update, delete on
  practitioner, practitioner_authorization, practitioner_specialty, organization_unit
  to helsevev_runtime;
