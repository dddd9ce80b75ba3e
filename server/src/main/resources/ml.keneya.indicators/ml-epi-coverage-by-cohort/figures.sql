-- Children born in the period by each dose of the schedule: who of those that are old enough has had it in time. In time is
-- before the first birthday, or before the second for doses that are due after the first. A later dose says that there were
-- the earlier ones; a dose without a number is the first.
with recursive
{{line}},
{{doses}},
{{cohort}},
due as (
    select code as dose, vaccine, dose_number,
        case when due_age < interval '1 year' then interval '1 year' else interval '2 years' end as until_age
    from keneya.vaccine_schedule
),
owed as (
    select children.*, due.dose, due.vaccine, due.dose_number, (children.born_on + due.until_age)::date as until
    from children
    cross join due
    -- Who died before the age at which the dose is judged is not missing one.
    where children.died_by is null or children.died_by >= (children.born_on + due.until_age)::date
),
received as (
    select owed.id, owed.dose,
        bool_or(case when doses.dose ~ '^[0-9]+$' then doses.dose::numeric >= owed.dose_number else owed.dose_number = 1 end) as vaccinated,
        bool_or(doses.dose !~ '^[0-9]+$') as unnumbered
    from owed
    join doses on doses.patient_id = owed.id and doses.vaccine = owed.vaccine
    where doses.status = 'completed' and coalesce(doses.known_on < owed.until, true)
    group by 1, 2
),
located as (
    select owed.*, coalesce(received.vaccinated, false) as vaccinated, coalesce(received.unnumbered, false) as unnumbered,
        owed.until <= (now() at time zone 'UTC')::date as old_enough,
        case :division when '2015' then place_2015 when '2023' then place_2023 else facility end as code
    from owed
    left join received on received.id = owed.id and received.dose = owed.dose
),
{{placed}}
select dose as group_code, place, sex, residence_status,
    count(*) as children,
    count(*) filter (where old_enough) as old_enough,
    count(*) filter (where old_enough and vaccinated) as vaccinated,
    count(*) filter (where old_enough and not vaccinated and unnumbered) as unnumbered
from wanted
group by 1, 2, 3, 4
order by 1, 2, 3, 4
