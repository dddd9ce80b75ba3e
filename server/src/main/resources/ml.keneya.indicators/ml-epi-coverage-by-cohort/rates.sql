-- Coverage in percent of the children whom the exchange knows, and how many of them were born in a year for 1 000 inhabitants: no
-- source says how many children there are, so this alone, beside the usual birth rate, tells whether the cohort is anywhere near
-- complete. A period of three months is made a year of.
with recursive
{{line}},
{{population}},
counted as (
{{figures}}
)
select counted.group_code as dose, counted.place, sum(children) as children, sum(old_enough) as old_enough,
    sum(vaccinated) as vaccinated, sum(unnumbered) as unnumbered,
    round(100.0 * sum(vaccinated) / nullif(sum(old_enough), 0), 1) as coverage_percent,
    population.inhabitants, population.year as population_year, population.source as population_source,
    case when population.certain then 'yes' when not population.certain then 'no' end as population_certain,
    round(1000.0 * sum(children) * 365.25 / (cast(:end as date) - cast(:start as date) + 1) / population.inhabitants, 2)
        as children_per_1000_a_year
from counted
left join population on population.code = counted.place
group by counted.group_code, counted.place, population.inhabitants, population.year, population.source, population.certain
order by 1, 2
