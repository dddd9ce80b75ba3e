-- How old "patient" was on "happened.day": years and months, negative when she was not born yet, and nothing when it is not
-- known. A birth date with only a year counts as 1 July; who was born "this year" and seen in March was born before March.
-- "offset 0" has each computed once a row: otherwise PostgreSQL puts the whole expression in wherever its name stands.
cross join lateral (
    select keneya.first_day(patient.birth_date) as earliest, keneya.approximate_day(patient.birth_date) as about
    offset 0) birth
cross join lateral (
    select case
        when birth.earliest > happened.day then -1
        when birth.about > happened.day then 0
        else extract(year from age(happened.day, birth.about)) * 12 + extract(month from age(happened.day, birth.about))
    end as months
    offset 0) born
