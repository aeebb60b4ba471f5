-- Nothing stands without its row in the access log: what is stored leaves an intent in the same statement, which goes in the statement that
-- writes the row. docs/decisions/0040-intents-and-rights.md

create table log_intent (
  patient bigint not null,
  id bigint not null,
  version integer not null,
  at timestamptz not null,
  event text not null,
  service text not null,
  type text,
  actor bigint,
  person bigint,
  controllers text,
  ids bytea,
  reason text,
  primary key (patient, id, version)
);
comment on table log_intent is 'distribution: patient. What was stored and has no row in the access log yet; id and version are those of the first record, or a new id and 0 for what is no record; person is who stored it, where actor does not say it. Empty but for requests under way, and what a server left that was killed.';
grant select, insert, delete on log_intent to helsevev_runtime;

-- Evidence is added and closed, never changed or removed, by the server and by the owner. The names before '-' close a period: the first is
-- its end, which may only move to an earlier time, and the others go with it. The names after '-' are written once.
create function close_once() returns trigger language plpgsql as $$
declare
  changed text[];
  closing text[] := tg_argv[0:coalesce(array_position(tg_argv, '-') - 1, array_upper(tg_argv, 1))];
  earlier boolean;
begin
  select array_agg(o.key) into changed
  from jsonb_each(to_jsonb(old)) as o join jsonb_each(to_jsonb(new)) as n using (key) where o.value is distinct from n.value;
  earlier := coalesce((to_jsonb(new) ->> closing[1])::timestamptz < (to_jsonb(old) ->> closing[1])::timestamptz, false);
  select array_agg(name) into changed from unnest(changed) as name
  where not (name = any (tg_argv) and (to_jsonb(old) ->> name is null or (earlier and name = any (closing))));
  if changed is not null then
    raise exception '% keeps what it holds: % is not changed', tg_table_name, array_to_string(changed, ', ') using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
create trigger sharing_agreement_close_once before update on sharing_agreement for each row execute function
  close_once('ended', 'ended_by', 'ended_reason', '-', 'superseded', 'controller_signed', 'signed_by_controller', 'receiver_signed',
    'signed_by_receiver');
create trigger sharing_closure_close_once before update on sharing_closure for each row execute function
  close_once('-', 'reopened', 'reopened_by');
create trigger representation_close_once before update on representation for each row execute function close_once('-', 'ended', 'ended_by');
create trigger controller_role_close_once before update on controller_role for each row execute function
  close_once('valid_until', 'ended_by', 'ended_reason', '-');
create trigger vendor_delegation_close_once before update on vendor_delegation for each row execute function
  close_once('-', 'restored', 'restored_by');
create trigger patient_choice_close_once before update on patient_choice for each row execute function
  close_once('-', 'ended', 'ended_by', 'ended_as');
create trigger patient_notice_close_once before update on patient_notice for each row execute function close_once('-', 'seen');
create trigger patient_question_close_once before update on patient_question for each row execute function
  close_once('-', 'answer', 'answered', 'answered_by', 'answered_role');
create trigger emergency_follow_up_close_once before update on emergency_follow_up for each row execute function
  close_once('-', 'closed', 'closed_by', 'finding', 'note');
-- An open case takes up later look-ups.
create trigger misuse_case_close_once before update on misuse_case for each row when (old.closed is not null or new.closed is not null)
  execute function close_once('-', 'closed', 'closed_by', 'finding', 'note');

revoke update, delete on sharing_agreement, sharing_closure, representation, controller_role, vendor_delegation, patient_notice,
  emergency_follow_up, misuse_case, person, person_identifier, person_link, organization_group, organization_group_member,
  standard_agreement, patient_controller from helsevev_runtime;
grant update (superseded, ended, ended_by, ended_reason, controller_signed, signed_by_controller, receiver_signed, signed_by_receiver)
  on sharing_agreement to helsevev_runtime;
grant update (reopened, reopened_by) on sharing_closure to helsevev_runtime;
grant update (ended, ended_by) on representation to helsevev_runtime;
grant update (valid_until, ended_by, ended_reason) on controller_role to helsevev_runtime;
grant update (restored, restored_by) on vendor_delegation to helsevev_runtime;
grant update (seen) on patient_notice to helsevev_runtime;
grant update (closed, closed_by, finding, note) on emergency_follow_up to helsevev_runtime;
grant update (first_at, last_at, events, facts, closed, closed_by, finding, note) on misuse_case to helsevev_runtime;
grant update (birth_date, gender, given_name, family_name, municipality, address_confidentiality, residence, died)
  on person to helsevev_runtime;
grant update (valid_until) on organization_group_member to helsevev_runtime;
grant update (told, blocked_against_staff) on patient_controller to helsevev_runtime;
