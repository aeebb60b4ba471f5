-- The parameters of a run: $1 organisation, $2 first day, $3 the day after the last, $4 now. Days are whole and Norwegian.
select $1::text as organization, $4::timestamptz as now, $2::date as first_day, $3::date as day_after
