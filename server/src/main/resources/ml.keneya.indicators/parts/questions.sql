-- Requests for a remote opinion with the first answer that was sent, at the site whose record the request is: it is the one that
-- asks. A time is known where both hours are; an answer that comes before its request has none.
questions as (
    select referral.id, referral.owner_facility as facility, referral.requested_on is null as undated,
        coalesce(referral.speciality, 'unknown') as speciality, coalesce(referral.priority, 'unknown') as priority,
        coalesce(referral.requested_on, (referral.updated_at at time zone 'UTC')::date) as day,
        answer.id is not null as answered,
        case when answer.sent_at >= referral.requested_at
            then extract(epoch from answer.sent_at - referral.requested_at) / 60 end as minutes,
        answer.sent_at < referral.requested_at as impossible
    from identified.referral referral
    left join lateral (
        select communication.id, communication.sent_at
        from identified.communication communication
        where communication.request_id = referral.id
            and communication.category = 'tele-expertise-answer'
            and communication.status in ('completed', 'in-progress', 'unknown')
        order by communication.sent_at nulls last, communication.id
        limit 1) answer on true
    where referral.category = 'tele-expertise'
        and coalesce(referral.status, '') not in ('entered-in-error', 'draft')
        and coalesce(referral.requested_on, (referral.updated_at at time zone 'UTC')::date) between :start and :end
),
located as (
    select questions.*,
        case :division
            when '2015' then known.place_2015
            when '2023' then coalesce(known.place_2023, place_now.code_2023)
            else questions.facility
        end as code
    from questions
    left join facility_known known on known.code = questions.facility
    left join keneya.place_now place_now on place_now.code_2015 = known.place_2015
)
