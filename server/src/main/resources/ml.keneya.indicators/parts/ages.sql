-- How old "patient" was on "happened.day": years and months, negative when she was not born yet, and nothing when it is not
-- known. A birth date with only a year counts as 1 July; who was born "this year" and seen in March was born before March.
cross join lateral (
    select case
        when keneya.first_day(patient.birth_date) > happened.day then -1
        when keneya.approximate_day(patient.birth_date) > happened.day then 0
        else extract(year from age(happened.day, keneya.approximate_day(patient.birth_date))) * 12
            + extract(month from age(happened.day, keneya.approximate_day(patient.birth_date)))
    end as months) born
