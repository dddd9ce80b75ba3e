-- Children born in the period. In the sanitary division a child counts at the facility that follows it, which not every
-- record says.
-- Each child once, however often it is looked at.
children as materialized (
    select patient.id, coalesce(patient.sex, 'unknown') as sex,
        coalesce(patient.residence_status, 'unknown') as residence_status, follows.code as facility,
        keneya.approximate_day(patient.birth_date) as born_on, keneya.last_day(patient.deceased_on) as died_by,
        (keneya.approximate_day(patient.birth_date) + interval '1 year')::date as first_birthday,
        coalesce(lives.commune_2015, lives.cercle_2015, lives.region_2015) as place_2015,
        coalesce(lives.cercle_2023, lives.region_2023, place_now.code_2023) as place_2023
    from identified.patient patient
    left join identified.facility follows on follows.id = patient.managing_organization_id
    -- Where the child lived on the first birthday, or lives today if that is still to come.
    cross join lateral (select least(
        (keneya.approximate_day(patient.birth_date) + interval '1 year')::date, (now() at time zone 'UTC')::date) as day) happened
    {{lives}}
    left join keneya.place_now place_now
        on place_now.code_2015 = coalesce(lives.commune_2015, lives.cercle_2015, lives.region_2015)
    where keneya.approximate_day(patient.birth_date) between :start and :end
        -- No more than the condition before, but in words that the index of the view knows: each text that stands for one of the days.
        and patient.birth_date = any(array(
            select unnest(array[to_char(day, 'YYYY-MM-DD'),
                case when extract(day from day) = 15 then to_char(day, 'YYYY-MM') end,
                case when to_char(day, 'MM-DD') = '07-01' then to_char(day, 'YYYY') end])
            from generate_series(cast(:start as date), cast(:end as date), interval '1 day') as day))
        and coalesce(patient.active, true)
        -- Who died at an unknown time cannot be told from who died as an infant.
        and not coalesce(patient.deceased, false)
        and (patient.deceased_on is null or keneya.last_day(patient.deceased_on)
            >= (keneya.approximate_day(patient.birth_date) + interval '1 year')::date)
)
