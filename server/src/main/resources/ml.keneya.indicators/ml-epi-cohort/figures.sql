-- Children born in the period, by their doses of pentavalent before the first birthday. In the sanitary division a child
-- counts at the facility that follows it, which not every record says.
with recursive
{{line}},
{{doses}},
{{cohort}},
received as (
    select children.id, count(*) as doses,
        coalesce(bool_or(doses.dose ~ '^([3-9]|[1-9][0-9]+)$'), false) as third,
        bool_or(doses.dose !~ '^[0-9]+$') as unnumbered
    from children
    join doses on doses.patient_id = children.id
    where doses.vaccine = 'PENTA' and doses.status = 'completed'
        and coalesce(doses.known_on < children.first_birthday, true)
    group by 1
),
-- A vaccine that has no code of the programme may have been pentavalent.
unread as (
    select children.id
    from children
    join doses on doses.patient_id = children.id
    where doses.vaccine = 'unknown' and doses.status = 'completed'
        and coalesce(doses.known_on < children.first_birthday, true)
    group by 1
),
located as (
    select children.*, unread.id is not null as unread, received.doses is not null as first, coalesce(received.third, false) as third,
        coalesce(received.unnumbered, false) as without_number,
        children.first_birthday <= (now() at time zone 'UTC')::date as old_enough,
        case :division when '2015' then place_2015 when '2023' then place_2023 else facility end as code
    from children
    left join received on received.id = children.id
    left join unread on unread.id = children.id
),
{{placed}}
select 'PENTA' as group_code, place, sex, residence_status,
    count(*) as children,
    count(*) filter (where not old_enough) as too_young,
    count(*) filter (where old_enough and first) as penta1,
    count(*) filter (where old_enough and third) as penta3,
    count(*) filter (where old_enough and first and not third) as dropped_out,
    count(*) filter (where old_enough and first and not third and without_number) as unnumbered,
    count(*) filter (where old_enough and not first and not unread) as zero_dose,
    count(*) filter (where old_enough and not first and unread) as vaccine_unknown
from wanted
group by 1, 2, 3, 4
order by 1, 2, 3, 4
