-- id: celebrity
-- nb: Person som vekker nysgjerrighet
-- nn: Person som mange er nyfikne på
-- en: Person who draws curiosity
-- asks: Is the patient on the list of people who draw curiosity, where every look-up is controlled? Look-ups from before the
--   patient was added to the list count too.
-- source: pasientjournalloven § 16; Normen, control of access
-- why-nb: Pasienten står på listen over personer som mange er nysgjerrige på: {reason}.
-- why-nn: Pasienten står på lista over personar som mange er nyfikne på: {reason}.
-- why-en: The patient is on the list of people who draw curiosity: {reason}.
-- Index: watched_person_pkey.
select distinct on (k.patient, k.who, k.day) k.*, k.shown || jsonb_build_object('reason', w.reason) as facts
from looked_key k
join watched_person w on w.patient = k.key
