-- The people who can have looked, from any organisation; `own` is true for this one ($1). Systems are not people. `who` is one person, in
-- whatever role, unit and program they acted, under whatever identity number and health personnel number: it is the least of the keys that
-- are linked, and the number alone for a person who is in no register.
-- Indexes: practitioner_pkey, person_link_pkey.
select a.id as actor, coalesce(k.first::text, 'hpr ' || a.hpr_number) collate "C" as who, k.first as person, a.name, a.hpr_number, a.role,
  a.organization, a.organization_name, coalesce(a.organization = $1::text, false) as own
from log_actor a
left join practitioner p on p.hpr_number = a.hpr_number
cross join lateral (
  select least(coalesce(a.person, p.person), (select min(l.same_as) from person_link l where l.patient = coalesce(a.person, p.person)))
) k (first)
where a.person is not null or a.hpr_number is not null
