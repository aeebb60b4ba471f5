-- What a patient asks a controller about a line of the access log, and its answer; notices of changes that others make.

create table patient_question (
  patient bigint not null,
  id bigint not null,
  log_segment bigint not null,
  log_seq bigint not null,
  event_id uuid not null,
  controller text not null,
  question text not null check (char_length(question) between 1 and 2000),
  asked timestamptz not null,
  asked_by bigint not null,
  asked_as text not null check (asked_as in ('self', 'representative')),
  follows bigint,
  answer text check (char_length(answer) between 1 and 4000),
  answered timestamptz,
  answered_by text,
  answered_role text,
  primary key (patient, id),
  check ((answer is null) = (answered is null) and (answer is null) = (answered_by is null) and (answer is null) = (answered_role is null))
);
create index patient_question_open on patient_question (controller, asked) where answer is null;
create unique index patient_question_one_open on patient_question (patient, log_segment, log_seq, controller, asked_as) where answer is null;
comment on table patient_question is 'distribution: patient. Questions of patients about lines of the access log, to the organisation that looked or that is responsible for what was seen, and one answer to each.';

alter table patient_notice drop constraint patient_notice_cause_check;
alter table patient_notice add constraint patient_notice_cause_check check (cause in (
  'emergency-access', 'consent-declared', 'every-look-up', 'other-organization', 'write',
  'choice-made', 'choice-ended', 'representation-registered', 'representation-ended', 'question-answered'));

grant select, insert on patient_question to helsevev_runtime;
grant update (answer, answered, answered_by, answered_role) on patient_question to helsevev_runtime;
