-- id: colleague
-- nb: Oppslag på kollega
-- nn: Oppslag på kollega
-- en: Colleague
-- asks: Is the patient a person the reader works with? Staff are patients too, and then the reason is easy to give.
-- source: pasientjournalloven § 16; Normen, control of access
-- why-nb: Pasienten er registrert som ansatt i {organization}, der {name} også arbeider.
-- why-nn: Pasienten er registrert som tilsett i {organization}, der {name} òg arbeider.
-- why-en: The patient is registered as staff of {organization}, where {name} works too.
-- Indexes: none; all the tables are small.
with staff as (
  select p.person, pr.organization, pr.valid_from, pr.valid_until
  from practitioner_role pr join practitioner p on p.hpr_number = pr.hpr_number
  where p.person is not null
  union all
  -- Persons who have acted as health personnel of the organisation, whether registered there or not.
  select a.person, a.organization, '-infinity', null from log_actor a where a.person is not null and a.hpr_number is not null
)
select distinct on (k.patient, k.who, k.day) k.*,
  k.shown || jsonb_build_object('organization', coalesce(k.organization_name, k.organization)) as facts
from looked_key k
join staff s on s.person = k.key and s.organization = k.organization
where s.valid_from <= k.last_at and (s.valid_until is null or s.valid_until > k.first_at)
  and not exists (select 1 from looked_key self join reader_key me using (who, key) where self.patient = k.patient and self.who = k.who)
