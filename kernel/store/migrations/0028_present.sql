-- Until when critical information is present, for what was written before it was kept with each record (kernel/store/present.ts): a date
-- lasts the whole day in Norway, and a month or a year likewise. What is refuted, entered in error or ended by its status never is.

update record set tokens = tokens || '_present-until=|0000-01-01T00:00:00.000Z'::text
where superseded is null and not deleted and service = 'critical-information' and tokens && array[
  'standing=|refuted', 'standing=|entered-in-error', 'clinical-status=|inactive', 'clinical-status=|resolved',
  'clinical-status=|remission', 'status=|inactive', 'status=|completed'];

with named as (
  select patient, id, version, coalesce(
    jsonb_path_query_first(content::jsonb,
      '$.extension[*] ? (@.url == "http://nhn.no/kj/fhir/StructureDefinition/KjValidUntil").valueDateTime') #>> '{}',
    jsonb_path_query_first(content::jsonb,
      '$.extension[*] ? (@.url == "http://nhn.no/kj/fhir/StructureDefinition/KjValidUntil").valueDate') #>> '{}',
    case when type = 'Flag' then content::jsonb #>> '{period,end}' end) as until,
    case when type = 'Flag' then content::jsonb #>> '{period,start}' end as since
  from record
  where superseded is null and not deleted and service = 'critical-information'
), timed as (
  select patient, id, version,
    case
      when until like '%T%' and until ~ '(Z|[+-][0-9]{2}:[0-9]{2})$' then until::timestamptz
      when until like '%T%' then until::timestamp at time zone 'Europe/Oslo'
      when length(until) = 10 then (until::date + 1)::timestamp at time zone 'Europe/Oslo'
      when length(until) = 7 then ((until || '-01')::date + interval '1 month') at time zone 'Europe/Oslo'
      when length(until) = 4 then ((until || '-01-01')::date + interval '1 year') at time zone 'Europe/Oslo'
    end as until,
    case
      when since like '%T%' and since ~ '(Z|[+-][0-9]{2}:[0-9]{2})$' then since::timestamptz
      when since like '%T%' then since::timestamp at time zone 'Europe/Oslo'
      when length(since) in (4, 7, 10) then (left(since || '-01-01', 10)::date)::timestamp at time zone 'Europe/Oslo'
    end as since
  from named
)
update record set tokens = tokens
  || case when timed.until is null then '{}'::text[]
     else array['_present-until=|' || to_char(timed.until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')] end
  || case when timed.since is null then '{}'::text[]
     else array['_present-from=|' || to_char(timed.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')] end
from timed
where record.patient = timed.patient and record.id = timed.id and record.version = timed.version
  and (timed.until is not null or timed.since is not null);
