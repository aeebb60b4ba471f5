-- How much of a code list is here, as CodeSystem.content of FHIR says it.
alter table code_system add column content text check (content in ('complete', 'fragment', 'not-present'));

-- An organisation that is made up, or whose number was read in no public source.
alter table organization add column made_up boolean not null default false;
