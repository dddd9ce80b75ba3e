-- Which sites have handed in their weekly report, and in time. Who owed one, and what had come by the deadline, is judged as
-- it was then; what came or was withdrawn since stands apart (decision 0080). A site that did not owe one and reports counts
-- as received, and as unexpected.
with recursive
{{line}},
{{weeks}},
{{reports}},
{{expected}},
judged as (
    select facility, monday,
        coalesce(bool_or(owed), false) as owed, coalesce(bool_or(received), false) as received,
        coalesce(bool_or(in_time), false) as in_time, min(dated_on) as dated_on
    from (
        select facility, monday, true as owed, null::boolean as received, null::boolean as in_time, null::date as dated_on
        from expected
        union all
        select facility, monday, null, true, null, dated_on from reports_now
        union all
        select facility, monday, null, null, true, null from reports_in_time) told
    group by 1, 2
),
counted as (
    select facility as site,
        count(*) filter (where owed) as expected,
        count(*) filter (where received) as received,
        count(*) filter (where in_time) as timely,
        count(*) filter (where received and not in_time) as late,
        count(*) filter (where received and not in_time and dated_on <= monday + 8) as late_dated_in_time,
        count(*) filter (where in_time and not received) as withdrawn,
        count(*) filter (where received and not owed) as unexpected,
        count(*) filter (where in_time and not owed) as unexpected_timely
    from judged
    group by 1
),
located as (
    select counted.*,
        case :division
            when '2015' then known.place_2015
            when '2023' then coalesce(known.place_2023, place_now.code_2023)
            else site
        end as code
    from counted
    left join facility_known known on known.code = site
    left join keneya.place_now place_now on place_now.code_2015 = known.place_2015
),
wanted as (
    select located.*,
        coalesce(
            case
                when cast(:level as text) is null then :subject
                when :level = 'facility' then site
                else larger.whole
            end, '') as place
    from located
    left join (select code as part, min(above) as whole from line where level = :level group by code) larger
        on larger.part = located.code
    where :subject = 'ML' or code = :subject
        or exists (select from line where line.code = located.code and line.above = :subject)
)
select 'ml-idsr-weekly' as group_code, place,
    sum(expected)::bigint as expected_reports,
    sum(received)::bigint as received_reports,
    sum(timely)::bigint as timely_reports,
    sum(late)::bigint as late_reports,
    sum(late_dated_in_time)::bigint as late_dated_in_time,
    sum(withdrawn)::bigint as withdrawn_reports,
    sum(unexpected)::bigint as unexpected_reports,
    sum(unexpected_timely)::bigint as unexpected_timely_reports
from wanted
group by 1, 2
order by 1, 2
