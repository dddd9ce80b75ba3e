-- Cases and deaths for 100 000 inhabitants in the period, which is not made a year of. Without a population there is no rate.
with recursive
{{line}},
{{cases}},
{{population}},
located as (
    select cases.*, case :division when '2015' then place_2015 when '2023' then place_2023 else facility end as code
    from cases
    where {{period}} and classification <> 'discarded'
),
{{placed}},
counted as (
    select place, disease, count(*) as suspected_cases,
        count(*) filter (where classification = 'confirmed') as confirmed_cases,
        count(*) filter (where died) as deaths
    from wanted
    group by 1, 2
)
select counted.place, counted.disease, counted.suspected_cases, counted.confirmed_cases, counted.deaths,
    population.inhabitants, population.year as population_year, population.source as population_source,
    case when population.certain then 'yes' when not population.certain then 'no' end as population_certain,
    round(100000.0 * counted.suspected_cases / population.inhabitants, 2) as suspected_per_100000,
    round(100000.0 * counted.confirmed_cases / population.inhabitants, 2) as confirmed_per_100000,
    round(100000.0 * counted.deaths / population.inhabitants, 2) as deaths_per_100000
from counted
left join population on population.code = counted.place
order by counted.place, counted.disease
