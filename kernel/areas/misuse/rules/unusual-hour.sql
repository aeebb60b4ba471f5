-- id: unusual-hour
-- nb: Uvanlig tidspunkt
-- nn: Uvanleg tidspunkt
-- en: Unusual hour
-- asks: Did a member of staff look at an hour when they almost never look? The 90 days before must have at least 100 look-ups by the same
--   person, fewer than 1 of 100 of them within an hour of this one, by day or night. There is one case for the whole day, for all patients.
--   Look-ups are openings of patients, whatever number of requests a screen makes.
-- source: Normen, control of access
-- why-nb: {name} gjorde {unusual} oppslag i timene {hours}. Av {earlier} oppslag de 90 dagene før var {near} så nær i tid på døgnet.
-- why-nn: {name} gjorde {unusual} oppslag i timane {hours}. Av {earlier} oppslag dei 90 dagane før var {near} så nær i tid på døgnet.
-- why-en: {name} made {unusual} look-ups in the hours {hours}. In the 90 days before there were {earlier} look-ups, {near} of them near
--   that time of day.
with hours as (
  -- Days are numbers here: a window over a range of intervals is slower.
  select who, day - date '2000-01-01' as day, hour, count(distinct opening) as look_ups from earlier group by who, day, hour
),
-- A look-up counts for its hour, the hour before and the hour after.
around as (
  select who, day, (hour + shift + 24) % 24 as hour, sum(look_ups) as look_ups
  from hours, (values (-1), (0), (1)) s (shift)
  where (who, (hour + shift + 24) % 24) in (select who, hour from look_up where own and opened)
  group by 1, 2, 3
),
near as (
  select who, day, hour,
    coalesce(sum(look_ups) over (
      partition by who, hour order by day range between 90 preceding and 1 preceding
    ), 0) as near
  from around
),
total as (
  select who, day,
    coalesce(sum(look_ups) over (
      partition by who order by day range between 90 preceding and 1 preceding
    ), 0) as earlier
  from (select who, day, sum(look_ups) as look_ups from hours group by who, day) d
)
select 0::bigint as patient, o.who, o.day, max(o.person) as person, max(o.name) as name, max(o.hpr_number) as hpr_number,
  min(o.at) as first_at, max(o.at) as last_at, array_agg(o.event_id order by o.at, o.event_id) as events,
  jsonb_build_object(
    'unusual', count(distinct o.opening), 'requests', count(*), 'patients', count(distinct o.patient), 'hours', jsonb_agg(distinct o.hour),
    'earlier', max(t.earlier), 'near', max(n.near)
  ) as facts
from look_up o
join near n on n.who = o.who and n.day = o.day - date '2000-01-01' and n.hour = o.hour
join total t on t.who = o.who and t.day = n.day
where o.own and o.opened and t.earlier >= 100 and n.near * 100 < t.earlier
group by o.who, o.day
