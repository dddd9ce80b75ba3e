-- Contacts with care by the coverage that the person had on the day, so that each contact is in exactly one row: several
-- schemes stand together. No known coverage is not the same as none (NONE), which somebody has to have said.
with recursive
{{line}},
contacts as (
    select encounter.id, encounter.patient_id, encounter.owner_facility as facility, encounter.started_on,
        coalesce(encounter.started_on, (encounter.updated_at at time zone 'UTC')::date) as counted_on
    from identified.encounter encounter
    where encounter.status in ('arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'unknown')
        and coalesce(encounter.started_on, (encounter.updated_at at time zone 'UTC')::date) between :start and :end
        -- No more than the condition before, but in words that the index of the view knows.
        and (encounter.started_on between :start and :end or encounter.started_on is null)
),
located as (
    select contacts.*, coalesce(patient.sex, 'unknown') as sex,
        coalesce(patient.residence_status, 'unknown') as residence_status,
        coalesce(schemes.types, 'unknown') as coverage, schemes.types is not null as is_covered,
        case
            when born.months is null or born.months < 0 then 'unknown'
            when born.months < 12 then '0-11m'
            when born.months < 60 then '1-4y'
            when born.months < 180 then '5-14y'
            else '15y+'
        end as age_group,
        case :division
            when '2015' then coalesce(lives.commune_2015, lives.cercle_2015, lives.region_2015)
            when '2023' then coalesce(lives.cercle_2023, lives.region_2023, place_now.code_2023)
            else contacts.facility
        end as code
    from contacts
    left join identified.patient patient on patient.id = contacts.patient_id
    cross join lateral (select contacts.counted_on as day) happened
    {{lives}}
    left join keneya.place_now place_now
        on place_now.code_2015 = coalesce(lives.commune_2015, lives.cercle_2015, lives.region_2015)
    cross join lateral (
        select string_agg(distinct coverage.type, '+' order by coverage.type) as types
        from identified.coverage coverage
        where coverage.patient_id = contacts.patient_id and coverage.status = 'active'
            and coalesce(coverage.starts_on <= contacts.counted_on, true)
            and coalesce(coverage.ends_on >= contacts.counted_on, true)) schemes
    {{ages}}
),
{{placed}}
select 'consultations' as group_code, place, coverage, sex, age_group, residence_status,
    count(*) as contacts,
    count(*) filter (where is_covered) as covered,
    count(*) filter (where started_on is null) as undated
from wanted
group by 1, 2, 3, 4, 5, 6
order by 1, 2, 3, 4, 5, 6
