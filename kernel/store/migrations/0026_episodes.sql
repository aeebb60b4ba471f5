-- Emergency access is followed up, and patients are notified, once for each episode: one opening of a patient by one person at one place
-- under one attestation. Rows from before keep their own request. docs/decisions/0049-episodes.md

alter table emergency_follow_up add column episode bigint;
-- A request of the same episode joins the item that is open, and opens another when that one is closed.
create unique index emergency_follow_up_episode on emergency_follow_up (patient, episode, controller) where closed is null;

alter table patient_notice add column episode bigint;
create unique index patient_notice_episode on patient_notice (patient, episode, cause) where episode is not null;

create index access_log_emergency on access_log (patient, episode) where purpose = 'BTG';
