-- Where a person ("patient") lived on a day ("happened.day"): one address, never the region of one and the commune of another
-- (decision 0081). Who has one address lives there, whatever is said of it; nothing is looked up for her.
left join lateral (
    select patient.region_2015, patient.cercle_2015, patient.commune_2015, patient.region_2023, patient.cercle_2023
    where not coalesce(patient.several_addresses, false)
    union all
    (select address.region_2015, address.cercle_2015, address.commune_2015, address.region_2023, address.cercle_2023
    from (
        select told.*, keneya.first_day(told.starts_on) as since, keneya.last_day(told.ends_on) as until,
            -- A sender that has moved somebody on says "old" without an end, or leaves the end open.
            coalesce(told.use, 'home') as used,
            coalesce(keneya.first_day(told.starts_on) <= happened.day, true)
                and coalesce(keneya.last_day(told.ends_on) >= happened.day, true) as holds
        from identified.address told
        where told.patient_id = patient.id
            and coalesce(told.region_2015, told.cercle_2015, told.commune_2015, told.region_2023, told.cercle_2023)
                is not null) address
    where patient.several_addresses
    order by
        case
            when address.type = 'postal' or address.used in ('billing', 'work') then 10
            when not address.holds then 8
            -- The days say that she stayed there then.
            when address.used = 'temp' and (address.since is not null or address.until is not null) then 1
            when address.until is not null then 2
            -- Nobody says since when: it is where she lives now, unless she is said to be at home.
            when address.used = 'temp' and coalesce(patient.residence_status, '') not in ('resident', 'returnee') then 3
            when address.used = 'home' and address.since is not null then 4
            when address.used = 'home' then 5
            when address.used = 'temp' then 6
            -- A former one whose end nobody says: better than one whose days say that she was not there.
            else 7
        end,
        -- Of those that do not hold the one that is nearest to the day.
        case when not address.holds then least(
            abs(address.since - happened.day), abs(address.until - happened.day)) end,
        address.since desc nulls last, address.position
    limit 1)
) lives on true
