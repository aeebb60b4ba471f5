-- id: no-contact-afterwards
-- nb: Ingen kontakt etterpå
-- nn: Ingen kontakt etterpå
-- en: No contact afterwards
-- asks: Did anything follow the look-up? The reader's organisation has no record about the patient from the day before until 14 days after,
--   and delivered no service. The rule asks when the 14 days are over, and only about organisations that send records: about others nobody
--   can know.
-- source: helsepersonelloven § 25; pasientjournalloven § 16
-- why-nb: {organization} har ikke registrert noe om pasienten fra dagen før oppslaget til 14 dager etter, og leverte ingen tjeneste.
-- why-nn: {organization} har ikkje registrert noko om pasienten frå dagen før oppslaget til 14 dagar etter, og leverte inga teneste.
-- why-en: {organization} recorded nothing about the patient from the day before the look-up until 14 days after, and delivered no service.
-- Indexes: record_pkey, service_delivery_pkey, service_participation_pkey.
select k.*, k.shown || jsonb_build_object('organization', coalesce(k.organization_name, k.organization), 'waited-days', 14) as facts
from looked k, asked
where k.opened and k.last_at + interval '14 days' <= asked.now
  and exists (select 1 from service_participation s where s.organization = k.organization and s.produces)
  and not exists (
    select 1 from looked_key one join record r on r.patient = one.key
    where one.patient = k.patient and one.who = k.who and one.day = k.day
      and r.controller = k.organization
      and (
        r.recorded between k.first_at - interval '1 day' and k.last_at + interval '14 days'
        or r.effective between k.first_at - interval '1 day' and k.last_at + interval '14 days'
      )
  )
  and not exists (
    select 1 from looked_key one join service_delivery d on d.patient = one.key
    where one.patient = k.patient and one.who = k.who and one.day = k.day
      and k.organization in (d.provider, d.controller)
      and d.valid_from <= k.last_at + interval '14 days'
      and (d.valid_until is null or d.valid_until > greatest(k.first_at - interval '1 day', d.valid_from))
  )
