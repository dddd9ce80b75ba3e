-- Children born in the period by each dose of the schedule: who of those that are old enough has had it in time. In time is
-- before the first birthday, or before the second for doses that are due after the first. A later dose says that there were
-- the earlier ones; a dose without a number is the first.
with recursive
{{line}},
{{doses}},
{{cohort}},
due as materialized (
    select code as dose, vaccine, dose_number,
        case when due_age < interval '1 year' then interval '1 year' else interval '2 years' end as until_age
    from keneya.vaccine_schedule
),
given as materialized (
    select children.id, children.born_on, doses.vaccine, doses.dose, doses.known_on
    from children
    join doses on doses.patient_id = children.id
    where doses.status = 'completed'
),
received as (
    select given.id, due.dose,
        bool_or(case when given.dose ~ '^[0-9]+$' then given.dose::numeric >= due.dose_number else due.dose_number = 1 end) as vaccinated,
        bool_or(given.dose !~ '^[0-9]+$') as unnumbered
    from given
    join due on due.vaccine = given.vaccine
    where coalesce(given.known_on < (given.born_on + due.until_age)::date, true)
    group by 1, 2
),
located as (
    select children.*, case :division when '2015' then place_2015 when '2023' then place_2023 else facility end as code
    from children
),
{{placed}},
owed as (
    select wanted.place, wanted.sex, wanted.residence_status, due.dose,
        coalesce(received.vaccinated, false) as vaccinated, coalesce(received.unnumbered, false) as unnumbered,
        (wanted.born_on + due.until_age)::date <= (now() at time zone 'UTC')::date as old_enough
    from wanted
    cross join due
    left join received on received.id = wanted.id and received.dose = due.dose
    -- Who died before the age at which the dose is judged is not missing one.
    where wanted.died_by is null or wanted.died_by >= (wanted.born_on + due.until_age)::date
)
select dose as group_code, place, sex, residence_status,
    count(*) as children,
    count(*) filter (where old_enough) as old_enough,
    count(*) filter (where not old_enough) as too_young,
    count(*) filter (where old_enough and vaccinated) as vaccinated,
    count(*) filter (where old_enough and not vaccinated and unnumbered) as unnumbered
from owed
group by 1, 2, 3, 4
order by 1, 2, 3, 4
