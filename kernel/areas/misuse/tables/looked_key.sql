-- The same, with one row for each key of the patient: a person who got a national identity number later may have two keys.
-- Index: person_link_pkey.
select looked.*, patient as key from looked
union all
select looked.*, link.same_as from looked join person_link link using (patient)
