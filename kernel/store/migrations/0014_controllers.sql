-- Who at a data controller may do what in its portal, which vendors it has taken its delegation from, and who stands behind a standard agreement.

create table controller_role (
  id uuid primary key,
  organization text not null references organization (number),
  person bigint not null,
  role text not null check (role in ('owner', 'privacy-officer', 'reader')),
  valid_from timestamptz not null,
  valid_until timestamptz,
  granted_by text not null,
  reason text not null,
  ended_by text,
  ended_reason text,
  check (valid_until is null or valid_until >= valid_from),
  check ((ended_by is null) = (ended_reason is null))
);
create index controller_role_organization on controller_role (organization, person);
comment on table controller_role is 'distribution: reference. Who may act for a data controller in its portal, as what, from when until when, granted by whom and why. Rows end and are never removed.';

create table vendor_delegation (
  organization text not null references organization (number),
  supplier text not null,
  withdrawn timestamptz not null,
  withdrawn_by text not null,
  reason text not null,
  restored timestamptz,
  restored_by text,
  primary key (organization, supplier, withdrawn),
  check ((restored is null) = (restored_by is null))
);
create unique index vendor_delegation_withdrawn on vendor_delegation (organization, supplier) where restored is null;
comment on table vendor_delegation is 'distribution: reference. A data controller lets a vendor act for it no more, and again. Without an open row the delegation that HelseID has checked holds.';

-- Who published signs for the group: whoever joins later is countersigned by a named person and not by an organisation.
alter table standard_agreement
  add column signed_by text,
  add column signer bigint;

create index sharing_closure_receiver on sharing_closure (receiver) where reopened is null;
create index emergency_follow_up_closed on emergency_follow_up (controller, at) where closed is not null;
create index misuse_case_closed on misuse_case (organization, first_at) where closed is not null;

grant select, insert, update on controller_role, vendor_delegation to helsevev_runtime;
