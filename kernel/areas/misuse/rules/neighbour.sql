-- id: neighbour
-- nb: Samme adresse
-- nn: Same adresse
-- en: Same address
-- asks: Are the patient and the reader registered at the same address? The address itself is not stored, only a mark
--   that is equal for both.
-- source: pasientjournalloven § 16; Normen, control of access
-- why-nb: Pasienten og {name} er registrert på samme adresse.
-- why-nn: Pasienten og {name} er registrerte på same adresse.
-- why-en: The patient and {name} are registered at the same address.
-- Index: person_pkey.
select distinct on (k.patient, k.who, k.day) k.*, k.shown as facts
from looked_key k
join person patient on patient.patient = k.key
join reader_key r on r.who = k.who
join person reader on reader.patient = r.key
where patient.residence = reader.residence
  and not exists (select 1 from looked_key self join reader_key me using (who, key) where self.patient = k.patient and self.who = k.who)
