-- Look-ups that were answered: by staff of the organisation ($1), and by others who saw its records, from the day $2 until the day $3.
-- A line in a list of patients (opened is false) opens no record: it shows nothing about how many records a person opens, or when.
-- A patient's place on the list of a unit is not here: the system of the unit put the patient there, and not the person who reads the list.
-- Emergency access is not here, because it has a follow-up list of its own. Citizens are not here: they look at their own records, and at
-- those of persons they act for.
-- What a screen asks by itself (automatic) is not here: it is part of the act that opened the same service of the patient in the same
-- episode. Where there is no such act, it counts as one. `opening` is the episode, or the request itself where it belongs to none: what a
-- screen asks in one opening of a patient is one look-up.
-- Indexes: access_log_at (brin), access_log_patient.
select l.patient, l.at, (l.at at time zone 'Europe/Oslo')::date as day,
  extract(hour from l.at at time zone 'Europe/Oslo')::integer as hour,
  l.event_id, coalesce(l.episode::text, l.event_id::text) as opening, l.attestation, l.decision_ref,
  l.service, l.purpose, l.basis, l.withheld, coalesce(octet_length(l.disclosed), 0) / 8 as resources,
  l.event <> '$has-data' as opened,
  r.who, r.person, r.name, r.hpr_number, r.role, r.organization, r.organization_name, r.own
from access_log l
join reader r on r.actor = l.actor
where l.at >= $2::date::timestamp at time zone 'Europe/Oslo' and l.at < $3::date::timestamp at time zone 'Europe/Oslo'
  and l.patient > 0
  and l.outcome = 'ok'
  and not (l.automatic and exists (
    select from access_log act
    where act.patient = l.patient and act.episode = l.episode and act.service = l.service and act.outcome = 'ok' and not act.automatic
  ))
  and l.purpose in ('TREAT', 'ETREAT', 'COC')
  and l.service is distinct from 'worklist'
  and l.event not in ('create', 'update', 'delete', 'batch', 'transaction', 'bundle', '$validate')
  and (
    r.own
    or $1::text = any (string_to_array(l.controllers, ' '))
  )
