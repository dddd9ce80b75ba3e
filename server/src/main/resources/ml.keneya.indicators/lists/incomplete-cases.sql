-- Cases that lack what a report or a rule needs. They are counted all the same: here are those to complete.
with recursive
{{line}},
{{cases}},
located as (
    select cases.*, case :division when '2015' then place_2015 when '2023' then place_2023 else facility end as code,
        array_to_string(array[
            case when onset_on is null then 'onset' end,
            case when dated_by in ('contact', 'arrival') then 'date' end,
            case when place_2015 is null and place_2023 is null then 'place' end,
            case when facility is null then 'facility' end,
            case when sex = 'unknown' then 'sex' end,
            case when age_group = 'unknown' then 'birth-date' end,
            case when died_undated then 'death-date' end], ' ') as missing
    from cases
    where {{period}}
)
select located.id as case_id, disease, classification, missing, case_on, dated_by, facility, place_2015, place_2023, patient_id
from located
where missing <> ''
    and (:subject = 'ML' or code = :subject
        or exists (select from line where line.code = located.code and line.above = :subject))
order by disease, case_on, case_id
