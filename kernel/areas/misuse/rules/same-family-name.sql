-- id: same-family-name
-- nb: Samme etternavn
-- nn: Same etternamn
-- en: Same family name
-- asks: Do the patient and the reader have the same family name? A name that more than 1000 persons in the register have
--   shows nothing, and is left out.
-- source: pasientjournalloven § 16; Normen, control of access
-- why-nb: Pasienten og {name} heter begge {family-name} til etternavn. {bearers} i personregisteret har det navnet.
-- why-nn: Pasienten og {name} heiter begge {family-name} til etternamn. {bearers} i personregisteret har det namnet.
-- why-en: The patient and {name} both have the family name {family-name}, which {bearers} in the person register have.
-- Index: person_pkey. The bearers of a name are counted in one pass over the register, and only when a name is shared.
with shared as (
  select distinct on (k.patient, k.who, k.day) k.*, lower(patient.family_name) as family_name, patient.family_name as written
  from looked_key k
  join person patient on patient.patient = k.key
  join reader_key r on r.who = k.who
  join person reader on reader.patient = r.key
  where lower(patient.family_name) = lower(reader.family_name)
    and not exists (select 1 from looked_key self join reader_key me using (who, key) where self.patient = k.patient and self.who = k.who)
),
bearers as (
  select lower(family_name) as family_name, count(*) as bearers
  from person
  where lower(family_name) in (select family_name from shared)
  group by 1
)
select s.*, s.shown || jsonb_build_object('family-name', s.written, 'bearers', b.bearers) as facts
from shared s
join bearers b using (family_name)
where b.bearers <= 1000
