-- Children under two who lack a dose that was due four weeks ago or more: of each vaccine the first that is missing. A
-- child counts at the facility that follows it, else at that of its last dose.
with recursive
{{line}},
{{doses}},
children as (
    select patient.id, patient.family_name, array_to_string(patient.given_names, ' ') as given_names, patient.sex,
        patient.birth_date, patient.telephone, follows.code as follows,
        keneya.approximate_day(patient.birth_date) as born_on,
        coalesce(lives.commune_2015, lives.cercle_2015, lives.region_2015) as place_2015,
        coalesce(lives.cercle_2023, lives.region_2023, place_now.code_2023) as place_2023
    from identified.patient patient
    left join lateral (
        select min(facility.code) as code from identified.facility facility
        where facility.id = patient.managing_organization_id) follows on true
    cross join lateral (select cast(:end as date) as day) happened
    {{lives}}
    left join keneya.place_now place_now
        on place_now.code_2015 = coalesce(lives.commune_2015, lives.cercle_2015, lives.region_2015)
    where keneya.approximate_day(patient.birth_date) > (cast(:end as date) - interval '2 years')::date
        and keneya.approximate_day(patient.birth_date) <= :end
        and coalesce(patient.active, true)
        and not coalesce(patient.deceased, false)
        and patient.deceased_on is null
),
given as (
    select children.id, doses.vaccine, doses.facility, doses.known_on,
        case when doses.dose ~ '^[0-9]+$' then doses.dose::int end as number, doses.id as dose_id
    from children
    join doses on doses.patient_id = children.id
    where doses.status = 'completed' and coalesce(doses.known_on <= :end, true)
),
-- A third dose says that there were two before it. Doses without a number count as many as there are days.
received as (
    select id, vaccine, greatest(
        coalesce(max(number), 0),
        count(distinct coalesce(known_on::text, dose_id)) filter (where number is null)) as doses
    from given
    group by 1, 2
),
last as (
    select distinct on (id) id, facility, known_on from given order by id, known_on desc nulls last, dose_id
),
missing as (
    select distinct on (children.id, schedule.vaccine) children.*, schedule.vaccine, schedule.dose_number,
        (children.born_on + schedule.due_age)::date as due_on
    from children
    join keneya.vaccine_schedule schedule
        on (children.born_on + schedule.due_age)::date + 28 <= :end
    left join received on received.id = children.id and received.vaccine = schedule.vaccine
    where coalesce(received.doses, 0) < schedule.dose_number
    order by children.id, schedule.vaccine, schedule.dose_number
),
located as (
    select missing.*, last.known_on as last_dose_on, coalesce(missing.follows, last.facility) as facility,
        case :division
            when '2015' then place_2015 when '2023' then place_2023 else coalesce(missing.follows, last.facility)
        end as code
    from missing
    left join last on last.id = missing.id
)
select located.id as patient_id, family_name, given_names, sex, birth_date, telephone, facility, place_2015, vaccine,
    dose_number, due_on, cast(:end as date) - due_on as days_late, last_dose_on
from located
where :subject = 'ML' or code = :subject
    or exists (select from line where line.code = located.code and line.above = :subject)
order by facility, family_name, given_names, located.id, due_on, vaccine
