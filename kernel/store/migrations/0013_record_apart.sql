-- Measured records that stand apart from the sums by day, and tags of what was written before they were searched.

create index record_apart on record (patient, service, type, effective)
  where superseded is null and not deleted and (sensitive_codes is not null or release_codes is not null or release_at is not null);

update record set tokens = tokens || array(
  select distinct '_tag=' || coalesce(tag ->> 'system', '') || '|' || (tag ->> 'code')
  from jsonb_array_elements(content::jsonb -> 'meta' -> 'tag') as tag
  where tag ->> 'code' is not null)
where superseded is null and not deleted and jsonb_typeof(content::jsonb -> 'meta' -> 'tag') = 'array';
