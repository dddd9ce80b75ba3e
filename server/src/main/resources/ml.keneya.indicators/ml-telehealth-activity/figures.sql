-- Remote contacts that took place or were to have, at the site that asks, which is where the patient is; for lack of it at the
-- facility whose record it is. The day is that of the contact; for lack of one that on which it arrived.
with recursive
{{line}},
contacts as (
    select encounter.started_on, coalesce(encounter.speciality, 'unknown') as speciality,
        coalesce(encounter.modality, 'unknown') as modality, coalesce(encounter.outcome, 'unknown') as outcome,
        encounter.answering_site_id is not null as answering_site_known,
        coalesce(organization.code, location.code, encounter.owner_facility) as facility
    from identified.encounter encounter
    left join identified.facility organization on organization.id = encounter.requesting_site_id
    left join identified.location location on location.id = encounter.requesting_site_id
    where encounter.class = 'VR'
        and encounter.status in ('arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'unknown')
        and coalesce(encounter.started_on, (encounter.updated_at at time zone 'UTC')::date) between :start and :end
        -- No more than the condition before, but in words that the index of the view knows.
        and (encounter.started_on between :start and :end or encounter.started_on is null)
),
located as (
    select contacts.*,
        case :division
            when '2015' then known.place_2015
            when '2023' then coalesce(known.place_2023, place_now.code_2023)
            else contacts.facility
        end as code
    from contacts
    left join facility_known known on known.code = contacts.facility
    left join keneya.place_now place_now on place_now.code_2015 = known.place_2015
),
{{placed}}
select 'telehealth' as group_code, place, speciality, modality, outcome,
    count(*) as contacts,
    count(*) filter (where answering_site_known) as answering_site_known,
    count(*) filter (where started_on is null) as undated
from wanted
group by 1, 2, 3, 4, 5
order by 1, 2, 3, 4, 5
