-- Notices outside the portal: where a patient wants them and about what, and what waits to be sent. docs/run/notices.md

create table notice_address (
  patient bigint not null,
  channel text not null check (channel in ('sms', 'email')),
  address text not null check (address <> '' and length(address) <= 254),
  language text not null check (language in ('nb', 'nn', 'en')),
  topics text[] not null,
  set_at timestamptz not null,
  primary key (patient, channel)
);
comment on table notice_address is 'distribution: patient. Where the patient wants notices outside the portal, and about what.';
grant select, insert, update, delete on notice_address to helsevev_runtime;

create table notice_outbox (
  patient bigint not null,
  id bigint not null,
  channel text not null check (channel in ('sms', 'email')),
  address text not null,
  language text not null check (language in ('nb', 'nn', 'en')),
  kind text not null check (kind in ('news', 'address-set', 'address-removed')),
  event_id uuid not null,
  episode bigint,
  queued timestamptz not null,
  next_try timestamptz,
  attempts integer not null default 0,
  sent timestamptz,
  primary key (patient, id)
);
-- One message for each event, and one for each episode, whatever the causes.
create unique index notice_outbox_event on notice_outbox (patient, channel, event_id, kind, address);
create unique index notice_outbox_episode on notice_outbox (patient, channel, episode) where episode is not null;
create index notice_outbox_due on notice_outbox (next_try) where next_try is not null;
comment on table notice_outbox is 'distribution: patient. Messages that wait to be sent, or were: next_try is null when one was sent or given up. Rows go after 30 days.';
grant select, insert, update, delete on notice_outbox to helsevev_runtime;
