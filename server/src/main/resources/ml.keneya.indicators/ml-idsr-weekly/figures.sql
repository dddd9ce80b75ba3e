-- Cases and deaths by disease, place, age group, sex and residence status. A case counts where the person lives, or, in
-- the sanitary hierarchy, at the facility that declares it. Discarded cases do not count; a confirmed case counts among
-- the suspected ones too. A death counts in the week of its case. Population: catchment_population of the place.
with recursive
{{line}},
{{cases}},
located as (
    select cases.*, case :division when '2015' then place_2015 when '2023' then place_2023 else facility end as code
    from cases
    where {{period}} and classification <> 'discarded'
),
{{placed}}
select disease as group_code, place, age_group, sex, residence_status,
    count(*) as suspected_cases,
    count(*) filter (where classification = 'confirmed') as confirmed_cases,
    count(*) filter (where died) as deaths
from wanted
group by 1, 2, 3, 4, 5
order by 1, 2, 3, 4, 5
