-- The look-ups, in one row for each patient, person who looked, and day.
select patient, who, day, max(person) as person, max(name) as name, max(hpr_number) as hpr_number,
  max(organization) as organization, max(organization_name) as organization_name,
  min(at) as first_at, max(at) as last_at, array_agg(event_id order by at, event_id) as events, bool_or(opened) as opened,
  jsonb_build_object('look-ups', count(distinct opening), 'requests', count(*),
    'services', jsonb_agg(distinct service), 'resources', sum(resources)) as shown
from look_up
group by patient, who, day
