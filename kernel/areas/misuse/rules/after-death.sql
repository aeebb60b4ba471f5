-- id: after-death
-- nb: Oppslag etter dødsfall
-- nn: Oppslag etter dødsfall
-- en: After death
-- asks: Was the record opened more than 14 days after the patient died, when certificates and summaries are usually written?
-- source: pasientjournalloven § 16; helsepersonelloven § 24
-- why-nb: Pasienten døde {died}, {days} dager før oppslaget.
-- why-nn: Pasienten døydde {died}, {days} dagar før oppslaget.
-- why-en: The patient died on {died}, {days} days before the look-up.
-- Index: person_pkey.
select distinct on (k.patient, k.who, k.day) k.*, k.shown || jsonb_build_object('died', p.died, 'days', k.day - p.died) as facts
from looked_key k
join person p on p.patient = k.key
where k.day - p.died > 14
