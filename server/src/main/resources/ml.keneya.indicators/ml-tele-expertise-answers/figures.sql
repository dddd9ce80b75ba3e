-- Requests for a remote opinion of the period, by how long their answer took. What became of the patient is in
-- ml-telehealth-activity.
with recursive
{{line}},
{{questions}},
{{placed}}
select 'tele-expertise' as group_code, place, speciality, priority,
    count(*) as requests,
    count(*) filter (where answered) as answered,
    count(*) filter (where minutes <= 60) as within_one_hour,
    count(*) filter (where minutes <= 24 * 60) as within_one_day,
    count(*) filter (where minutes <= 72 * 60) as within_three_days,
    count(*) filter (where answered and minutes is null) as time_unknown,
    count(*) filter (where impossible) as answered_before_asked,
    count(*) filter (where undated) as undated
from wanted
group by 1, 2, 3, 4
order by 1, 2, 3, 4
