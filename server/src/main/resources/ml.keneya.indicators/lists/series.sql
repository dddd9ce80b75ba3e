-- Cases and deaths by week, place and disease, for as many weeks as are asked for: a curve is one statement.
with recursive
{{line}},
{{cases}},
located as (
    select cases.*, case :division when '2015' then place_2015 when '2023' then place_2023 else facility end as code
    from cases
    where {{period}} and classification <> 'discarded'
),
{{placed}},
-- By the first day of the week, which is sorted faster than its name.
weekly as (
    select case_on - extract(isodow from case_on)::int + 1 as monday, place, disease,
        count(*) as suspected_cases,
        count(*) filter (where classification = 'confirmed') as confirmed_cases,
        count(*) filter (where died) as deaths
    from wanted
    group by 1, 2, 3
)
select to_char(monday, 'IYYY-"W"IW') as week, place, disease, suspected_cases, confirmed_cases, deaths
from weekly
order by monday, place, disease
