-- An indicator that is nothing but this folder: contacts with care at the facility whose record they are.
with recursive
{{line}},
counted as (
    select encounter.owner_facility as facility, encounter.patient_id,
        coalesce(encounter.started_on, (encounter.updated_at at time zone 'UTC')::date) as day
    from identified.encounter encounter
    where coalesce(encounter.started_on, (encounter.updated_at at time zone 'UTC')::date) between :start and :end
),
located as (
    select counted.facility, coalesce(patient.sex, 'unknown') as sex, {{home}} as code
    from counted
    left join identified.patient patient on patient.id = counted.patient_id
    cross join lateral (select counted.day) happened
    {{lives}}
),
{{placed}}
select 'contacts' as group_code, place, sex, count(*) as contacts
from wanted
group by 1, 2, 3
order by 1, 2, 3
