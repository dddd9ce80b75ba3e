-- People who had contact with care in the period, each once, as they were at their last contact of it.
with recursive
{{line}},
contacts as (
    select distinct on (encounter.patient_id) encounter.patient_id, encounter.owner_facility as facility,
        coalesce(encounter.started_on, (encounter.updated_at at time zone 'UTC')::date) as day
    from identified.encounter encounter
    where encounter.status in ('arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'unknown')
        and encounter.patient_id is not null
        and coalesce(encounter.started_on, (encounter.updated_at at time zone 'UTC')::date) between :start and :end
        -- No more than the condition before, but in words that the index of the view knows.
        and (encounter.started_on between :start and :end or encounter.started_on is null)
    order by encounter.patient_id, 3 desc, encounter.id
),
-- The last answers to the six questions of the Washington Group that were given by the end of the period.
asked as (
    select distinct on (observation.patient_id) observation.id, observation.patient_id
    from identified.observation observation
    where observation.mali_code = 'functioning'
        and coalesce(observation.status, '') not in ('entered-in-error', 'cancelled', 'registered')
        and coalesce(observation.observed_on, (observation.updated_at at time zone 'UTC')::date) <= :end
        and observation.patient_id in (select patient_id from contacts)
    order by observation.patient_id, coalesce(observation.observed_on, (observation.updated_at at time zone 'UTC')::date) desc,
        observation.id
),
functioning as (
    select asked.patient_id, bool_or(component.result in ('a-lot', 'cannot-do')) as much,
        count(distinct component.code) as domains
    from asked
    -- An answer that is none says nothing, and the index of the view has the others.
    join identified.observation_component component on component.observation_id = asked.id and component.result is not null
    group by 1
),
located as (
    select counted.facility, coalesce(patient.sex, 'unknown') as sex,
        coalesce(patient.residence_status, 'unknown') as residence_status,
        case
            when functioning.much or coalesce(patient.disability, false) then 'yes'
            when functioning.domains >= 6 then 'no'
            else 'unknown'
        end as disability,
        case
            when born.months is null or born.months < 0 then 'unknown'
            when born.months < 12 then '0-11m'
            when born.months < 60 then '1-4y'
            when born.months < 216 then '5-17y'
            else '18y+'
        end as age_group,
        coalesce(patient.birth_certificate, false) as certified,
        exists (
            select from identified.task task
            where task.patient_id = patient.id and task.type = 'birth-registration'
                and task.status in ('requested', 'received', 'accepted', 'ready', 'in-progress', 'on-hold')) as to_register,
        {{home}} as code
    from contacts counted
    left join identified.patient patient on patient.id = counted.patient_id
    left join functioning on functioning.patient_id = counted.patient_id
    cross join lateral (select counted.day) happened
    {{lives}}
    {{ages}}
),
{{placed}}
select 'people' as group_code, place, sex, age_group, residence_status, disability,
    count(*) as people,
    count(*) filter (where sex = 'female' and age_group = '18y+') as women,
    count(*) filter (where age_group in ('0-11m', '1-4y', '5-17y')) as children,
    count(*) filter (where residence_status in ('internally-displaced', 'refugee', 'returnee')) as displaced,
    count(*) filter (where disability = 'yes') as with_disability,
    count(*) filter (where age_group in ('0-11m', '1-4y', '5-17y') and not certified) as children_without_certificate,
    count(*) filter (where age_group in ('0-11m', '1-4y', '5-17y') and not certified and to_register) as births_to_register
from wanted
group by 1, 2, 3, 4, 5, 6
order by 1, 2, 3, 4, 5, 6
