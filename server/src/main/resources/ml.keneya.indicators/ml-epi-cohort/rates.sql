-- Of the known children whose first birthday is over: who has had the first and the third dose of pentavalent, who dropped out
-- between them, and who has had none.
with counted as (
{{figures}}
)
select place, sum(children) as children, sum(children) - sum(too_young) as old_enough,
    sum(penta1) as penta1, sum(penta3) as penta3, sum(dropped_out) as dropped_out, sum(zero_dose) as zero_dose,
    round(100.0 * sum(penta1) / nullif(sum(children) - sum(too_young), 0), 1) as penta1_percent,
    round(100.0 * sum(penta3) / nullif(sum(children) - sum(too_young), 0), 1) as penta3_percent,
    round(100.0 * sum(dropped_out) / nullif(sum(penta1), 0), 1) as drop_out_percent,
    round(100.0 * sum(zero_dose) / nullif(sum(children) - sum(too_young), 0), 1) as zero_dose_percent
from counted
group by place
order by place
