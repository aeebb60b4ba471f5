-- Who has opened what to whom (pasientjournalloven § 19: the data controller decides how information is made available).

create table service_participation (
  organization text not null references organization (number),
  service text not null,
  produces boolean not null,
  consumes boolean not null,
  since timestamptz not null default now(),
  primary key (organization, service)
);
comment on table service_participation is 'distribution: reference. Gradual adoption (R9): a controller may produce and not consume, or the other way, per service.';

create table sharing_agreement (
  controller text not null references organization (number),
  service text not null,
  receiver text not null references organization (number),
  valid_from timestamptz not null,
  valid_until timestamptz,
  purposes text[] not null check (purposes <@ array['TREAT', 'ETREAT', 'COC', 'BTG']),
  sensitive_codes text[] not null default '{}',
  legal_basis text not null,
  signed_by_controller text not null,
  signed_by_receiver text not null,
  primary key (controller, service, receiver, valid_from),
  check (valid_until is null or valid_until > valid_from)
);
create index sharing_agreement_receiver on sharing_agreement (receiver, service);
comment on table sharing_agreement is 'distribution: reference. Controller × service × receiver, purposes and period; sensitive_codes lists the extra-sensitive codes it opens.';

create table controller_setting (
  organization text not null references organization (number),
  service text not null,
  key text not null,
  language text not null check (language in ('nb', 'nn', 'en')),
  value text not null,
  primary key (organization, service, key, language)
);
comment on table controller_setting is 'distribution: reference. Texts a controller sets for a service, such as what its routine says at each NEWS2 band.';
