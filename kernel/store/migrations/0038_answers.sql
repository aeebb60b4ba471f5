-- An answer that names no patient belongs to the person of the message that it answers. docs/decisions/0076-answers-that-name-no-patient.md

create index record_set_key on record_set (key);

-- The sets that the message may answer: it is attached when one of them comes.
alter table unattached_message add column answers uuid[];
