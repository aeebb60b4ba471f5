-- Agreements in versions that two people sign, groups that receive together, and standard agreements that others join (R3 to R6, R9).

create table organization_group (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{1,62}$'),
  name text not null
);
comment on table organization_group is 'distribution: reference. Organisations that receive under one agreement.';

create table organization_group_member (
  group_id text not null references organization_group (id),
  organization text not null references organization (number),
  valid_from timestamptz not null,
  valid_until timestamptz,
  primary key (group_id, organization, valid_from)
);
create index organization_group_member_organization on organization_group_member (organization);
comment on table organization_group_member is 'distribution: reference. Who is in a group, and when.';

create table standard_agreement (
  id text not null check (id ~ '^[a-z][a-z0-9-]{1,62}$'),
  version integer not null,
  title text not null,
  services text[] not null,
  purposes text[] not null check (purposes <@ array['TREAT', 'ETREAT', 'COC', 'BTG']),
  sensitive_codes text[] not null default '{}',
  legal_basis text not null,
  group_id text not null references organization_group (id),
  valid_until timestamptz,
  published timestamptz not null,
  published_by text not null,
  primary key (id, version)
);
comment on table standard_agreement is 'distribution: reference. Terms many controllers share under: joining makes an agreement with the group for each service, and a member of the group.';

alter table sharing_agreement drop constraint sharing_agreement_pkey;
alter table sharing_agreement drop constraint sharing_agreement_receiver_fkey;
alter table sharing_agreement
  add column id text,
  add column version integer not null default 1,
  add column receiver_type text not null default 'organization' check (receiver_type in ('organization', 'group', 'private-provider')),
  add column units text[] not null default '{}',
  add column standard_agreement text,
  add column proposed timestamptz,
  add column proposed_by text,
  add column controller_signed timestamptz,
  add column receiver_signed timestamptz,
  add column superseded timestamptz,
  add column ended timestamptz,
  add column ended_by text,
  add column ended_reason text;
update sharing_agreement set
  id = controller || ':' || service || ':' || receiver || ':' || extract(epoch from valid_from)::bigint,
  proposed = valid_from, proposed_by = signed_by_controller, controller_signed = valid_from, receiver_signed = valid_from;
alter table sharing_agreement
  alter column id set not null,
  alter column proposed set not null,
  alter column proposed_by set not null,
  alter column signed_by_controller drop not null,
  alter column signed_by_receiver drop not null,
  add primary key (id, version),
  add check ((signed_by_controller is null) = (controller_signed is null)),
  add check ((signed_by_receiver is null) = (receiver_signed is null)),
  add check (signed_by_controller <> signed_by_receiver),
  add check ((ended is null) = (ended_by is null));
create index sharing_agreement_controller on sharing_agreement (controller, service);
comment on table sharing_agreement is 'distribution: reference. Controller × service × receiver, purposes and period, in versions; in force when both sides have signed and none ended it. sensitive_codes lists the extra-sensitive codes it opens, units the named units of a private provider.';

create table sharing_closure (
  controller text not null references organization (number),
  service text not null,
  receiver text not null references organization (number),
  closed timestamptz not null,
  closed_by text not null,
  reason text not null,
  reopened timestamptz,
  reopened_by text,
  primary key (controller, service, receiver, closed)
);
comment on table sharing_closure is 'distribution: reference. A controller closes one service to one receiver, whatever agreement opens it, and opens it again.';

create table role_access (
  organization text not null references organization (number),
  service text not null,
  role text not null,
  purposes text[] not null check (purposes <@ array['TREAT', 'ETREAT', 'COC', 'BTG']),
  primary key (organization, service, role)
);
comment on table role_access is 'distribution: reference. Which authorisations (Volven 9060) an organisation lets use a service, and for what; without rows, what the service itself says.';

create table service_delivery (
  patient bigint not null,
  controller text not null,
  provider text not null,
  unit text not null default '',
  valid_from timestamptz not null,
  valid_until timestamptz,
  registered_by text not null,
  primary key (patient, controller, provider, unit, valid_from)
);
comment on table service_delivery is 'distribution: patient. A private provider delivers services to the patient for a controller (R5): it reads no other patients.';

grant select, insert, update, delete on
  organization_group, organization_group_member, standard_agreement, sharing_closure, role_access, service_delivery
  to helsevev_runtime;
