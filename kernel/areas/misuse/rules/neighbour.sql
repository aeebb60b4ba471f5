-- id: neighbour
-- nb: Samme adresse
-- en: Same address
-- asks: Are the patient and the reader registered at the same address? The address itself is not stored, only a mark
--   that is equal for both.
-- source: pasientjournalloven § 16; Normen, control of access
-- why-nb: Pasienten og {name} er registrert på samme adresse.
-- why-en: The patient and {name} are registered at the same address.
-- Index: person_pkey.
select k.*, k.shown as facts
from looked k
join person patient on patient.patient = k.patient
join person reader on reader.patient = k.person
where patient.residence = reader.residence
  and not exists (select 1 from looked_key self where self.patient = k.patient and self.who = k.who and self.key = k.person)
