-- id: unusual-volume
-- nb: Uvanlig mange
-- nn: Uvanleg mange
-- en: Unusually many
-- asks: Did a member of staff look at far more patients in a day than they and others in the same role usually do? That is at
--   least 20 patients, and more than three times both medians of the 90 days before: the reader's own (of at least 5 days) and that of the
--   role. There is one case for the whole day.
-- source: Normen, control of access
-- why-nb: {name} slo opp {patients} pasienter på én dag. Egen median er {own-median} (av {own-days} dager), rollens er {role-median}.
-- why-nn: {name} slo opp {patients} pasientar på éin dag. Eigen median er {own-median} (av {own-days} dagar), medianen til rolla er
--   {role-median}.
-- why-en: {name} looked at {patients} patients in one day. Their own median is {own-median} (of {own-days} days), and that of the role
--   is {role-median}.
with busy as (
  select who, day, coalesce(max(role), '') as role, count(distinct patient) as patients
  from look_up
  where own and opened
  group by who, day
  having count(distinct patient) >= 20
),
per_day as (
  select who, role, day, count(distinct patient) as patients
  from earlier
  where exists (select 1 from busy)
  group by who, role, day
),
own as (
  select b.who, b.day, count(*) as days, percentile_cont(0.5) within group (order by h.patients) as median
  from busy b join per_day h on h.who = b.who and h.day between b.day - 90 and b.day - 1
  group by 1, 2
),
role as (
  select b.role, b.day, percentile_cont(0.5) within group (order by h.patients) as median
  from (select distinct role, day from busy) b join per_day h on h.role = b.role and h.day between b.day - 90 and b.day - 1
  group by 1, 2
)
select 0::bigint as patient, l.who, l.day, max(l.person) as person, max(l.name) as name, max(l.hpr_number) as hpr_number,
  min(l.at) as first_at, max(l.at) as last_at, array_agg(l.event_id order by l.at, l.event_id) as events,
  jsonb_build_object(
    'look-ups', count(distinct l.opening), 'requests', count(*), 'patients', max(b.patients),
    'own-median', max(own.median), 'own-days', max(own.days), 'role-median', max(role.median)
  ) as facts
from busy b
join own using (who, day)
join role using (role, day)
join look_up l on l.who = b.who and l.day = b.day and l.own and l.opened
where own.days >= 5 and b.patients > 3 * own.median and b.patients > 3 * role.median
group by l.who, l.day
