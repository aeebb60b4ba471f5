-- A private provider reads the municipal services that its contract names. A contract that names none opens no record that states one: fail
-- closed, until the parties amend it. Who takes over is stated when the contract ends.

alter table sharing_agreement
  add column service_codes text[] not null default '{}',
  add column taken_over_by text references organization (number),
  add constraint sharing_agreement_contract check (receiver_type = 'private-provider' or (service_codes = '{}' and taken_over_by is null)),
  add constraint sharing_agreement_taken_over check (taken_over_by is null or ended is not null);

comment on column sharing_agreement.service_codes is 'The municipal services of a contract with a private provider, by code of the list that the service names.';
comment on column sharing_agreement.taken_over_by is 'Who delivers after the contract has ended; null when the controller does it itself.';

drop trigger sharing_agreement_close_once on sharing_agreement;
create trigger sharing_agreement_close_once before update on sharing_agreement for each row execute function
  close_once('ended', 'ended_by', 'ended_reason', 'taken_over_by', '-', 'superseded', 'controller_signed', 'signed_by_controller', 'receiver_signed',
    'signed_by_receiver');
grant update (taken_over_by) on sharing_agreement to helsevev_runtime;
