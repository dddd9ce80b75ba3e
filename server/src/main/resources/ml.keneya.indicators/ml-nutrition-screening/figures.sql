-- Children of 6 to 59 months whose arm was measured or whose feet were pressed in the period, each once, by the worst that was
-- found: severe below 115 mm or with oedema, moderate from 115 to below 125 mm (WHO and UNICEF 2009). Weight for height is
-- not classed: the WHO tables are not here. What lies outside 60 to 500 mm (ml-ant-1) is an arm in the wrong unit and says nothing.
with recursive
{{line}},
measured as (
    select id, patient_id, owner_facility as facility, observed_on is null as undated,
        coalesce(observed_on, (updated_at at time zone 'UTC')::date) as day, arm.millimetres,
        mali_code = 'nutritional-oedema' and value_boolean as oedema,
        coalesce(mali_code = 'nutritional-oedema' and value_boolean is not null
            or arm.millimetres between 60 and 500, false) as usable
    from identified.observation
    cross join lateral (
        select case
            when mali_code = 'nutritional-oedema' then null
            when unit = 'mm' then value when unit = 'cm' then value * 10
        end as millimetres) arm
    where (loinc = '56072-2' or mali_code in ('muac', 'nutritional-oedema'))
        and coalesce(status, '') not in ('entered-in-error', 'cancelled', 'registered')
        and coalesce(observed_on, (updated_at at time zone 'UTC')::date) between :start and :end
        -- No more than the condition before, but in words that the index of the view knows.
        and (observed_on between :start and :end or observed_on is null)
),
counted as (
    select measured.*, patient.sex, patient.residence_status, born.months,
        case
            when not measured.usable then 3
            when coalesce(measured.oedema, false) or measured.millimetres < 115 then 0
            when measured.millimetres < 125 then 1
            else 2
        end as class
    from measured
    join identified.patient patient on patient.id = measured.patient_id
    cross join lateral (select measured.day) happened
    {{ages}}
    where born.months between 6 and 59
),
-- Each child once, on the day and at the place of the worst finding.
worst as (
    select distinct on (patient_id) counted.*,
        bool_or(coalesce(oedema, false)) over (partition by patient_id) as with_oedema
    from counted
    order by patient_id, class, day, id
),
located as (
    select counted.patient_id, counted.facility, counted.class, counted.undated, counted.with_oedema,
        coalesce(counted.sex, 'unknown') as sex, coalesce(counted.residence_status, 'unknown') as residence_status,
        case when counted.months < 24 then '6-23m' else '24-59m' end as age_group,
        {{home}} as code
    from worst counted
    join identified.patient patient on patient.id = counted.patient_id
    cross join lateral (select counted.day) happened
    {{lives}}
),
{{placed}}
select 'screening' as group_code, place, age_group, sex, residence_status,
    count(*) as screened,
    count(*) filter (where class = 0) as severe,
    count(*) filter (where class = 1) as moderate,
    count(*) filter (where class = 2) as neither,
    count(*) filter (where class = 3) as unusable,
    count(*) filter (where with_oedema) as oedema,
    count(*) filter (where undated) as undated
from wanted
group by 1, 2, 3, 4, 5
order by 1, 2, 3, 4, 5
