-- Contacts before and after birth, deliveries, births and weights at birth: each where the person of the record lives. The rank
-- of an antenatal contact is that within the follow-up of its pregnancy (episodeOfCare); without one it has none.
with recursive
{{line}},
-- Of all conditions on a day here the second says no more than the first, but in words that the index of the view knows.
contact as (
    select encounter.id, encounter.patient_id, encounter.owner_facility as facility, encounter.type, encounter.episode_id,
        encounter.started_on is null as undated,
        coalesce(encounter.started_on, (encounter.updated_at at time zone 'UTC')::date) as day
    from identified.encounter encounter
    where encounter.type in ('antenatal', 'postnatal')
        and encounter.status in ('arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'unknown')
        and coalesce(encounter.started_on, (encounter.updated_at at time zone 'UTC')::date) between :start and :end
        and (encounter.started_on between :start and :end or encounter.started_on is null)
),
-- All contacts of the pregnancies that the period touches.
ranked as (
    select encounter.id, row_number() over (
        partition by encounter.patient_id, encounter.episode_id
        order by coalesce(encounter.started_on, (encounter.updated_at at time zone 'UTC')::date), encounter.id) as rank
    from identified.encounter encounter
    where encounter.type = 'antenatal'
        and encounter.status in ('arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'unknown')
        and (encounter.patient_id, encounter.episode_id) in (
            select patient_id, episode_id from contact where type = 'antenatal')
),
-- A child that was weighed twice counts once, with the first weight that has a unit.
weighed as (
    select distinct on (patient_id) observation.*,
        case unit when 'g' then value when 'kg' then value * 1000 end as grams
    from (
        select id, patient_id, owner_facility as facility, observed_on is null as undated, value, unit,
            coalesce(observed_on, (updated_at at time zone 'UTC')::date) as day
        from identified.observation
        where loinc = '8339-4' and value is not null
            and coalesce(status, '') not in ('entered-in-error', 'cancelled', 'registered')
            -- Whoever was weighed in the period, with all that was weighed before and after; and weights of nobody. Both are asked
            -- for in words that an index of the view knows.
            and (patient_id is null or patient_id = any(array(
                select patient_id from identified.observation
                where loinc = '8339-4' and (observed_on between :start and :end or observed_on is null))))) observation
    order by patient_id, unit is distinct from 'g' and unit is distinct from 'kg', day, id
),
counted as (
    select contact.type as group_code, contact.id, contact.patient_id, contact.facility, contact.day, contact.undated,
        ranked.rank, null::text as said, null::boolean as attended, null::numeric as grams
    from contact
    left join ranked on ranked.id = contact.id
    union all
    select 'delivery', id, patient_id, owner_facility, day, coalesce(performed_on, started_on) is null, null,
        coalesce(delivery_mode, 'unknown'), coalesce(attended, false), null
    from identified.procedure procedure
    cross join lateral (
        select coalesce(performed_on, started_on, (updated_at at time zone 'UTC')::date) as day) dated
    where category = 'delivery' and status in ('completed', 'in-progress', 'unknown') and day between :start and :end
        and (coalesce(performed_on, started_on) between :start and :end or coalesce(performed_on, started_on) is null)
    union all
    select 'birth', id, patient_id, owner_facility, day, observed_on is null, null, coalesce(result, 'unknown'), null, null
    from identified.observation
    cross join lateral (select coalesce(observed_on, (updated_at at time zone 'UTC')::date) as day) dated
    where mali_code = 'birth-outcome' and coalesce(status, '') not in ('entered-in-error', 'cancelled', 'registered')
        and day between :start and :end and (observed_on between :start and :end or observed_on is null)
    union all
    select 'birth-weight', id, patient_id, facility, day, undated, null, null, null, coalesce(grams, -1)
    from weighed
    where day between :start and :end
),
located as (
    select counted.*, coalesce(patient.residence_status, 'unknown') as residence_status,
        case
            when born.months is null or born.months < 0 then 'unknown'
            when born.months < 12 then '0-11m'
            when born.months < 120 then '1-9y'
            when born.months < 180 then '10-14y'
            when born.months < 240 then '15-19y'
            when born.months < 420 then '20-34y'
            else '35y+'
        end as age_group,
        {{home}} as code
    from counted
    left join identified.patient patient on patient.id = counted.patient_id
    cross join lateral (select counted.day) happened
    {{lives}}
    {{ages}}
),
{{placed}}
select group_code, place, age_group, residence_status,
    count(*) as events,
    count(*) filter (where rank = 1) as first_contacts,
    count(*) filter (where rank = 4) as fourth_contacts,
    count(*) filter (where rank > 4) as later_contacts,
    count(*) filter (where group_code = 'antenatal' and rank is null) as unranked,
    count(*) filter (where said in ('elective-caesarean', 'emergency-caesarean')) as caesareans,
    count(*) filter (where group_code = 'delivery' and said = 'unknown') as mode_unknown,
    count(*) filter (where attended) as attended,
    count(*) filter (where said in ('live-birth', 'early-neonatal-death')) as live_births,
    count(*) filter (where said in ('fresh-stillbirth', 'macerated-stillbirth')) as stillbirths,
    count(*) filter (where said = 'early-neonatal-death') as early_deaths,
    count(*) filter (where grams >= 0 and grams < 2500) as low_weights,
    count(*) filter (where grams >= 0 and grams < 1500) as very_low_weights,
    count(*) filter (where grams < 0) as unit_unknown,
    count(*) filter (where undated) as undated
from wanted
group by 1, 2, 3, 4
order by 1, 2, 3, 4
