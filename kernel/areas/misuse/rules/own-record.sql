-- id: own-record
-- nb: Oppslag i egen journal
-- nn: Oppslag i eigen journal
-- en: Own record
-- asks: Did a member of staff look at their own record? Every person may read their own record, but does so as a citizen.
-- source: pasientjournalloven § 16; Normen, control of access
-- why-nb: {name} har slått opp seg selv i rollen som ansatt.
-- why-nn: {name} har slått opp seg sjølv i rolla som tilsett.
-- why-en: {name} looked at their own record as a member of staff.
select distinct on (patient, who, day) looked_key.*, shown as facts
from looked_key
join reader_key using (who, key)
