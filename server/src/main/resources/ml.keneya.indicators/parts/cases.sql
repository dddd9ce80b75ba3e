-- Where a place of 2023 lay before: the former cercle or region, if all former communes that are known to lie in it agree.
place_before as (
    select present.above as code_2023,
        case
            when count(distinct cercle.above) = 1 then min(cercle.above)
            when count(distinct region.above) = 1 then min(region.above)
        end as code_2015
    from keneya.place_now mapped
    join keneya.place_line present on present.division = '2023' and present.code = mapped.code_2023
    join keneya.place_line cercle on cercle.division = '2015' and cercle.code = mapped.code_2015
        and cercle.level in ('cercle', 'pseudo-cercle')
    join keneya.place_line region on region.division = '2015' and region.code = mapped.code_2015
        and region.level in ('region', 'district')
    group by 1
),
-- Cases of notifiable diseases. The day of a case is that of onset; for lack of one it was recorded, notified, seen or,
-- last, received: a case without any date is counted in the week of its arrival and listed for completion.
cases as (
    select condition.id, condition.patient_id, condition.disease, condition.owner_facility as facility,
        condition.onset_on, condition.recorded_on, condition.notified_on, dated.case_on, dated.dated_by,
        coalesce(condition.onset_on, condition.recorded_on, condition.notified_on) as stated_on,
        case
            -- Who refutes a case often leaves the classification of before.
            when condition.verification_status = 'refuted' then 'discarded'
            else coalesce(condition.case_classification, 'suspected')
        end as classification,
        coalesce(patient.sex, 'unknown') as sex,
        coalesce(patient.residence_status, 'unknown') as residence_status,
        keneya.approximate_day(patient.birth_date) as born_on, patient.birth_date,
        -- In a statement of its own, so that a series, which asks for no age, does not compute any.
        (select case
                when born.months is null or born.months < 0 then 'unknown'
                when born.months < 12 then '0-11m'
                when born.months < 60 then '1-4y'
                when born.months < 180 then '5-14y'
                else '15y+'
            end
        from (select dated.case_on as day) happened
        {{ages}}) as age_group,
        coalesce(patient.deceased and patient.deceased_on is null, false)
            or coalesce(length(patient.deceased_on) < 10, false) as died_undated,
        coalesce(
            keneya.first_day(patient.deceased_on) <= dated.case_on + 30
                and keneya.last_day(patient.deceased_on) >= dated.case_on,
            patient.deceased,
            false) as died,
        coalesce(lives.commune_2015, lives.cercle_2015, lives.region_2015, place_before.code_2015) as place_2015,
        -- The cercle that the former commune gives is finer than a region, if it lies in it.
        coalesce(lives.cercle_2023,
            case when lives.region_2023 is null or exists (select from keneya.place_line present
                    where present.division = '2023' and present.code = place_now.code_2023
                        and present.above = lives.region_2023)
                then place_now.code_2023 end,
            lives.region_2023) as place_2023,
        patient.family_name, patient.given_names, patient.telephone
    from identified.condition condition
    cross join lateral (
        select
            coalesce(condition.onset_on, condition.recorded_on, condition.notified_on,
                (select encounter.started_on from identified.encounter encounter
                 where encounter.id = condition.encounter_id limit 1),
                (condition.updated_at at time zone 'UTC')::date) as case_on,
            case
                when condition.onset_on is not null then 'onset'
                when condition.recorded_on is not null then 'recorded'
                when condition.notified_on is not null then 'notified'
                when exists (select from identified.encounter encounter
                    where encounter.id = condition.encounter_id and encounter.started_on is not null) then 'contact'
                else 'arrival'
            end as dated_by) dated
    left join identified.patient patient on patient.id = condition.patient_id
    cross join lateral (select dated.case_on as day) happened
    {{lives}}
    left join keneya.place_now place_now
        on place_now.code_2015 = coalesce(lives.commune_2015, lives.cercle_2015, lives.region_2015)
    left join place_before on place_before.code_2023 = coalesce(lives.cercle_2023, lives.region_2023)
    where condition.disease is not null and coalesce(condition.verification_status, '') <> 'entered-in-error'
)
