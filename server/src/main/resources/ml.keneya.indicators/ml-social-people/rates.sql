-- Shares in percent. Of disability only those of whom it is known are asked.
with counted as (
{{figures}}
)
select place, sum(people) as people, sum(women) as women, sum(children) as children, sum(displaced) as displaced,
    round(100.0 * sum(children_without_certificate) / nullif(sum(children), 0), 1) as children_without_certificate_percent,
    sum(people) filter (where disability <> 'unknown') as disability_known,
    round(100.0 * sum(with_disability) / nullif(sum(people) filter (where disability <> 'unknown'), 0), 1) as disability_percent
from counted
group by place
order by place
