-- The same cases by onset and by notification, which differ by how late sites notify, and by the classification that they
-- have today: a case that is reclassified moves from one column to another.
with recursive
{{line}},
{{cases}},
located as (
    select cases.*, case :division when '2015' then place_2015 when '2023' then place_2023 else facility end as code
    from cases
    where (onset_on between :start and :end or notified_on between :start and :end or case_on between :start and :end)
        -- No more than the condition before, but in words that the indexes of the view know: an onset is the first day of "stated_on".
        and (stated_on between :start and :end or stated_on is null or notified_on between :start and :end)
),
{{placed}}
select disease as group_code, place,
    count(*) filter (where onset_on between :start and :end and classification <> 'discarded') as by_onset,
    count(*) filter (where notified_on between :start and :end and classification <> 'discarded') as by_notification,
    count(*) filter (where notified_on between :start and :end and classification <> 'discarded'
        and notified_on > onset_on + 2) as notified_late,
    count(*) filter (where case_on between :start and :end and classification = 'suspected') as suspected,
    count(*) filter (where case_on between :start and :end and classification = 'probable') as probable,
    count(*) filter (where case_on between :start and :end and classification = 'confirmed') as confirmed,
    count(*) filter (where case_on between :start and :end and classification = 'discarded') as discarded
from wanted
group by 1, 2
order by 1, 2
