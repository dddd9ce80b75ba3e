-- Each place with itself and those above it, in the division that is asked for. The sanitary one is read from the
-- registry as it is today; "union" ends a registry that goes round in a circle.
facility_known as (
    select code, min(name) as name, min(type) as type, bool_and(active) as active, min(parent) as parent,
        -- The smallest place that either record names: the longest code.
        (array_agg(place_2015 order by length(place_2015) desc, place_2015) filter (where place_2015 is not null))[1] as place_2015,
        (array_agg(place_2023 order by length(place_2023) desc, place_2023) filter (where place_2023 is not null))[1] as place_2023
    from (
        select facility.code, facility.name, facility.type, coalesce(facility.active, true) as active,
            above.code as parent,
            coalesce(facility.commune_2015, facility.cercle_2015, facility.region_2015) as place_2015,
            coalesce(facility.cercle_2023, facility.region_2023) as place_2023
        from identified.facility facility
        left join identified.facility above on above.id = facility.parent_id
        where facility.code is not null
        union all
        select location.code, location.name, location.type, coalesce(location.status, 'active') = 'active',
            health.code, administrative.division_2015, administrative.division_2023
        from identified.location location
        left join identified.location health on health.id = location.health_parent_id
        left join identified.location administrative on administrative.id = location.parent_id
        where location.code is not null
    ) known
    group by code
),
health_line as (
    select code, code as above from facility_known
    union
    select lower.code, upper.parent
    from health_line lower
    join facility_known upper on upper.code = lower.above
    where upper.parent is not null
),
line as (
    select code, above,
        -- Bamako is a district, which has the rank of a region and no cercle but a filling one.
        case level when 'district' then 'region' when 'pseudo-cercle' then 'cercle' else level end as level
    from keneya.place_line where division = :division
    union all
    select lower.code, lower.above, upper.type
    from health_line lower
    join facility_known upper on upper.code = lower.above
    where :division = 'health'
)
