-- Doses by vaccine and dose, so that every dose on record is in exactly one of given, copied, unsaid and not given.
with recursive
{{line}},
{{doses}},
located as (
    select doses.*, coalesce(patient.sex, 'unknown') as sex,
        case
            when born.months is null or born.months < 0 then 'unknown'
            when born.months < 12 then '0-11m'
            when born.months < 24 then '12-23m'
            when born.months < 60 then '24-59m'
            else '5y+'
        end as age_group,
        case :division
            when '2015' then coalesce(lives.commune_2015, lives.cercle_2015, lives.region_2015)
            when '2023' then coalesce(lives.cercle_2023, lives.region_2023, place_now.code_2023)
            else doses.facility
        end as code
    from doses
    left join identified.patient patient on patient.id = doses.patient_id
    cross join lateral (select doses.counted_on as day) happened
    {{lives}}
    left join keneya.place_now place_now
        on place_now.code_2015 = coalesce(lives.commune_2015, lives.cercle_2015, lives.region_2015)
    {{ages}}
    where doses.counted_on between :start and :end
        -- No more than the condition before, but in words that the index of the view knows.
        and (doses.given_on between :start and :end or doses.given_on is null)
),
{{placed}}
select vaccine as group_code, place, dose, age_group, sex, strategy,
    count(*) filter (where status = 'completed' and own) as doses_given,
    count(*) filter (where status = 'completed' and not own) as doses_copied,
    count(*) filter (where status = 'completed' and own is null) as doses_unsaid,
    count(*) filter (where status = 'completed' and known_on is null) as doses_undated,
    count(*) filter (where status = 'not-done') as doses_not_given
from wanted
group by 1, 2, 3, 4, 5, 6
order by 1, 2, 3, 4, 5, 6
