-- Who gives a power of attorney states the number and the family name of the receiver. Whether they belong to a person is shown to nobody,
-- so that a number cannot be tried out. The name is kept as it was stated. A negative key belongs to no person and opens nothing.

alter table representation add column receiver_name text check (length(receiver_name) between 1 and 200);

comment on column representation.receiver_name is
  'The family name of the receiver as the giver of a power of attorney stated it. Null where the relation was registered by others.';
