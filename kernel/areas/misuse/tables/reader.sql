-- The people who can have looked, from any organisation; `own` is true for this one ($1). Systems are not people. `who` is one person, in
-- whatever role, unit and program they acted.
select id as actor, coalesce(person::text, 'hpr ' || hpr_number) collate "C" as who, person, name, hpr_number, role,
  organization, organization_name, coalesce(organization = $1::text, false) as own
from log_actor
where person is not null or hpr_number is not null
