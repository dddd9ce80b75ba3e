-- The weeks of the period. A week belongs to the period in which its Monday lies, as its report does; its report is due by the
-- second day after it, a Tuesday.
weeks as (
    select day::date as monday, day::date + 6 as sunday, (day::date + 9)::timestamp at time zone 'UTC' as deadline
    from generate_series(cast(:start as date), cast(:end as date), interval '1 day') as day
    where extract(isodow from day) = 1
)
