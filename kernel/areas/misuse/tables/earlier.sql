-- How staff of the organisation usually work: look-ups from 90 days before the first day ($1) until the day $2, including emergency access.
-- `opening` as in look_up; what a screen asked by itself is not here.
-- Index: access_log_at (brin).
select r.who, coalesce(r.role, '') as role, (l.at at time zone 'Europe/Oslo')::date as day,
  extract(hour from l.at at time zone 'Europe/Oslo')::integer as hour, l.patient,
  coalesce(l.episode::text, l.event_id::text) as opening
from access_log l
join reader r on r.actor = l.actor
where l.at >= ($1::date - 90)::timestamp at time zone 'Europe/Oslo' and l.at < $2::date::timestamp at time zone 'Europe/Oslo'
  and r.own
  and l.patient > 0
  and l.outcome = 'ok'
  and not l.automatic
  and l.purpose in ('TREAT', 'ETREAT', 'COC', 'BTG')
  and l.service is distinct from 'worklist'
  and l.event not in ('create', 'update', 'delete', 'batch', 'transaction', 'bundle', '$has-data', '$validate')
