-- How many people live in a place: its own figure, a certain one before others, of the year that is nearest before the end of
-- the period (for lack of one, after it), and of the same year that of the registry; else the sum of the places that have
-- figures, if every one of them does.
population_told as (
    select code, year, inhabitants, source, certain, 1 as rank from keneya.population where division = :division
    union all
    select case :division when '2015' then location.division_2015 when '2023' then location.division_2023 else location.code end,
        cast(left(catchment.year, 4) as integer), catchment.count, coalesce(catchment.source, 'registre'), false, 0
    from identified.catchment_population catchment
    join identified.location location on location.id = catchment.location_id
    where catchment.count > 0 and catchment.year ~ '^[0-9]{4}'
),
population_own as (
    select distinct on (code) code, year, inhabitants, source, certain
    from population_told where code is not null
    order by code, certain desc, year > extract(year from cast(:end as date)),
        abs(year - extract(year from cast(:end as date))), rank, inhabitants
),
population_of_parts as (
    select part.above as code, min(own.year) as year, sum(own.inhabitants) as inhabitants,
        string_agg(distinct own.source, ' + ' order by own.source) as source, bool_and(own.certain) as certain
    from line part
    left join population_own own on own.code = part.code
    where part.code <> part.above
        and exists (select from line self where self.code = part.code and self.above = part.code
            and self.level = case :division when '2015' then 'cercle' when '2023' then 'region' end)
    group by part.above
    having count(*) = count(own.code)
),
population as (
    select code, year, inhabitants, source, certain from population_own
    union all
    select code, year, inhabitants, source, certain from population_of_parts parts
    where not exists (select from population_own own where own.code = parts.code)
)
