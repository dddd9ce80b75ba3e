-- Share of the children with a usable finding. They are those who were screened, not a survey of the population.
with counted as (
{{figures}}
)
select place, sum(screened) as screened, sum(severe) as severe, sum(moderate) as moderate,
    round(100.0 * sum(severe) / nullif(sum(screened) - sum(unusable), 0), 1) as severe_percent,
    round(100.0 * sum(moderate) / nullif(sum(screened) - sum(unusable), 0), 1) as moderate_percent
from counted
group by place
order by place
