-- One row a case, with names: for who may see them.
with recursive
{{line}},
{{cases}},
located as (
    select cases.*, case :division when '2015' then place_2015 when '2023' then place_2023 else facility end as code
    from cases
    where {{period}}
)
select located.id as case_id, disease, classification, case_on, dated_by, onset_on, notified_on, facility, place_2015,
    place_2023, family_name, array_to_string(given_names, ' ') as given_names, sex, birth_date, age_group,
    residence_status, telephone, died, patient_id
from located
where :subject = 'ML' or code = :subject
    or exists (select from line where line.code = located.code and line.above = :subject)
order by disease, case_on, case_id
