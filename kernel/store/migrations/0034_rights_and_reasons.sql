-- What the server's role could still take away from evidence, and a reason in the log for what an agreement must open by name.

-- A health personnel number is tied to a person once: a block of the person holds for the number, and misuse control knows the reader.
create function keeps_person() returns trigger language plpgsql as $$
begin
  if new.person is distinct from old.person and not exists (
    select from person_link l where l.patient = old.person and l.same_as = new.person)
  then
    raise exception 'practitioner keeps what it holds: person is not changed' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
create trigger practitioner_keeps_person before update of person on practitioner for each row when (old.person is not null)
  execute function keeps_person();
revoke delete on practitioner from helsevev_runtime;

-- Who worked where and who delivered to whom decides what was open, and is what misuse control asks later.
revoke update, delete on practitioner_role, service_delivery from helsevev_runtime;
grant update (valid_until) on practitioner_role, service_delivery to helsevev_runtime;
create trigger practitioner_role_close_once before update on practitioner_role for each row execute function close_once('valid_until', '-');
create trigger service_delivery_close_once before update on service_delivery for each row execute function close_once('valid_until', '-');

-- An open case takes up later look-ups, and loses none. What it stated before stays, and the server's role cannot write there.
alter table misuse_case add column earlier_facts jsonb not null default '[]';
comment on column misuse_case.earlier_facts is 'The facts as they were before each time that look-ups were added, oldest first; written by a trigger.';
create function case_grows() returns trigger language plpgsql as $$
begin
  if not old.events <@ new.events or new.first_at > old.first_at or new.last_at < old.last_at
    or (new.events <@ old.events and (new.facts, new.first_at, new.last_at) is distinct from (old.facts, old.first_at, old.last_at))
  then
    raise exception 'misuse_case keeps what it holds: an open case takes up look-ups and loses none' using errcode = 'insufficient_privilege';
  end if;
  new.earlier_facts := old.earlier_facts || case when new.facts is distinct from old.facts then jsonb_build_array(old.facts) else '[]' end;
  return new;
end
$$;
create trigger misuse_case_grows before update on misuse_case for each row when (old.closed is null and new.closed is null)
  execute function case_grows();
revoke insert on misuse_case from helsevev_runtime;
grant insert (patient, id, rule, organization, actor_person, actor_name, hpr_number, first_at, last_at, events, facts, opened)
  on misuse_case to helsevev_runtime;

alter table access_log drop constraint access_log_unseen_check;
alter table access_log add constraint access_log_unseen_check
  check (unseen <@ array['hidden', 'blocked', 'opted-out', 'not-agreed', 'extra-sensitive', 'not-released', 'nothing']);
