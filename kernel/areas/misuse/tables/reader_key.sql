-- All keys of each person who can have looked: a person who got a national identity number later may have two.
-- Index: person_link_pkey.
select distinct r.who, k.key
from reader r
cross join lateral (select r.person union select l.same_as from person_link l where l.patient = r.person) k (key)
where r.person is not null
