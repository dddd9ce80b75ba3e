-- Shares of what was recorded, in percent; nothing where there is nothing to take a share of.
with counted as (
{{figures}}
)
select place,
    sum(events) filter (where group_code = 'antenatal') as antenatal_contacts,
    sum(first_contacts) as first_contacts, sum(fourth_contacts) as fourth_contacts,
    round(100.0 * sum(fourth_contacts) / nullif(sum(first_contacts), 0), 1) as fourth_to_first_percent,
    sum(events) filter (where group_code = 'delivery') as deliveries,
    round(100.0 * sum(caesareans) / nullif(
        sum(events) filter (where group_code = 'delivery') - sum(mode_unknown), 0), 1) as caesarean_percent,
    round(100.0 * sum(attended) / nullif(sum(events) filter (where group_code = 'delivery'), 0), 1) as attended_percent,
    round(1000.0 * sum(stillbirths) / nullif(sum(live_births) + sum(stillbirths), 0), 1) as stillbirths_per_1000,
    sum(events) filter (where group_code = 'birth-weight') as births_weighed,
    round(100.0 * sum(low_weights) / nullif(
        sum(events) filter (where group_code = 'birth-weight') - sum(unit_unknown), 0), 1) as low_weight_percent
from counted
group by place
order by place
