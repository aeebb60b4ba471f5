-- The lowest and the highest number of a day are shown as they were measured: 37.0 is not 37 (http://hl7.org/fhir/R4/datatypes.html#decimal),
-- and numeric keeps the digits. Days that stand already keep their numbers, and get the digits when a record of the day is changed.
-- The table is rewritten: plan a pause.

alter table measured_day alter column min type numeric, alter column max type numeric;
