-- Which sites have handed in their weekly report, and in time: by the second day after the week, a Tuesday. Expected are
-- the active places of care of the registry, once a week; a site outside the registry that reports counts as received only.
with recursive
{{line}},
{{reports}},
weeks as (
    -- A week belongs to the period in which its Monday lies, as its report does.
    select count(*) as number
    from generate_series(cast(:start as date), cast(:end as date), interval '1 day') as day
    where extract(isodow from day) = 1
),
sites as (
    select code, place_2015, place_2023
    from facility_known
    where active
        and type in ('cscom', 'csref', 'eph', 'chu', 'private-clinic', 'faith-based', 'military')
),
received as (
    select facility, count(*) as received, count(*) filter (where reported_on <= starts_on + 8) as timely
    from reports group by facility
),
counted as (
    select coalesce(sites.code, received.facility) as site,
        case when sites.code is null then 0 else (select number from weeks) end as expected,
        coalesce(received.received, 0) as received, coalesce(received.timely, 0) as timely,
        case :division
            when '2015' then known.place_2015
            when '2023' then coalesce(known.place_2023, place_now.code_2023)
            else coalesce(sites.code, received.facility)
        end as code
    from sites
    full join received on received.facility = sites.code
    left join facility_known known on known.code = coalesce(sites.code, received.facility)
    left join keneya.place_now place_now on place_now.code_2015 = known.place_2015
),
wanted as (
    select counted.*,
        coalesce(
            case
                when cast(:level as text) is null then :subject
                when :level = 'facility' then site
                else (select line.above from line where line.code = counted.code and line.level = :level limit 1)
            end, '') as place
    from counted
    where :subject = 'ML' or code = :subject
        or exists (select from line where line.code = counted.code and line.above = :subject)
)
select 'ml-idsr-weekly' as group_code, place,
    sum(expected)::bigint as expected_reports,
    sum(received)::bigint as received_reports,
    sum(timely)::bigint as timely_reports
from wanted
group by 1, 2
order by 1, 2
