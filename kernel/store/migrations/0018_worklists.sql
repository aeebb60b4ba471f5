-- The list of patients that a unit has now, as its own system sends it, whole each time.

create table worklist (
  unit text primary key,
  organization text not null,
  drawn_up timestamptz not null,
  received timestamptz not null,
  left_out smallint not null check (left_out between 0 and 100)
);
create index worklist_drawn_up on worklist (drawn_up);
comment on table worklist is 'distribution: reference. When each unit’s list of patients was drawn up, and how many on it the person register does not know; who stands on it is in worklist_patient.';

create table worklist_patient (
  patient bigint not null,
  unit text not null,
  position smallint not null,
  place text check (char_length(place) between 1 and 20),
  since timestamptz,
  primary key (patient, unit)
);
create index worklist_patient_unit on worklist_patient (unit, position);
comment on table worklist_patient is 'distribution: patient. Whom a unit has on its list of patients now, with the room where its system tells it. Replaced with each list, and gone seven days after it was drawn up.';

grant select, insert, update, delete on worklist, worklist_patient to helsevev_runtime;
