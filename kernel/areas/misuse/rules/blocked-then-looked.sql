-- id: blocked-then-looked
-- nb: Sperret, og så likevel sett
-- nn: Sperra, og så likevel sett
-- en: Blocked, and seen after all
-- asks: Was the reader refused, or was something withheld, and did the reader within the hour see records of
--   the same service on other grounds: under another attestation, decision or purpose, or by declaring consent? What a screen shows in
--   several requests on the same grounds, such as a comparison, is one look-up, and what it asked by itself stopped nobody.
-- source: pasientjournalloven §§ 16 and 17; pasient- og brukerrettighetsloven § 5-3
-- why-nb: {name} ble stanset ({stopped}) klokken {stopped-at} og fikk se opplysninger {minutes} minutter senere ({grounds}).
-- why-nn: {name} blei stansa ({stopped}) klokka {stopped-at} og fekk sjå opplysningar {minutes} minutt seinare ({grounds}).
-- why-en: {name} was stopped ({stopped}) at {stopped-at} and was shown records {minutes} minutes later ({grounds}).
-- Index: access_log_pkey.
with opened as (
  select distinct on (u.patient, u.who, u.day) u.*, before.at as stopped_at, coalesce(before.problem, 'something was withheld') as stopped
  from look_up u
  join lateral (select u.patient as key union select l.same_as from person_link l where l.patient = u.patient) stopped on true
  join access_log before on before.patient = stopped.key and before.service = u.service
    and before.at < u.at and before.at >= u.at - interval '1 hour'
  join reader r on r.actor = before.actor and r.who = u.who
  where u.resources > 0 and not u.withheld and not before.automatic
    and (
      u.attestation is null
      or (before.attestation, before.purpose, before.decision_ref) is distinct from (u.attestation, u.purpose, u.decision_ref)
      or (u.basis = 'consent' and before.basis is distinct from 'consent')
    )
    and (
      before.outcome = 'ok' and before.withheld
      -- A refusal because of a faulty attestation or token, which was then mended, is not counted.
      or before.problem in ('no-agreement', 'role-not-open', 'access-denied')
    )
  order by u.patient, u.who, u.day, u.at, before.at desc
)
select k.*,
  k.shown || jsonb_build_object(
    'stopped', o.stopped,
    'stopped-at', to_char(o.stopped_at at time zone 'Europe/Oslo', 'HH24:MI'),
    'minutes', ceil(extract(epoch from o.at - o.stopped_at) / 60)::integer,
    'grounds', concat_ws(', ', o.purpose, o.basis)
  ) as facts
from looked k
join opened o using (patient, who, day)
