-- Median and 90th percentile of the minutes from request to first answer, of those that are answered and timed: what still waits
-- is not among them, so its share stands beside.
with recursive
{{line}},
{{questions}},
{{placed}}
select place, speciality, count(*) as requests, count(*) filter (where answered) as answered, count(minutes) as timed,
    round(100.0 * count(*) filter (where answered) / count(*), 1) as answered_percent,
    round(percentile_cont(0.5) within group (order by minutes)::numeric, 1) as median_minutes,
    round(percentile_cont(0.9) within group (order by minutes)::numeric, 1) as ninetieth_percentile_minutes
from wanted
group by grouping sets ((place, speciality), (place))
order by place, speciality nulls first
