-- Which places of care owed a report for which week: those that were open on its last day. Since when and until when is said
-- by the validity of the record. Where it does not say since when: since the registry has it, or since the first report. Where
-- it does not say until when: until the registry called it inactive.
site_record as (
    select 'Organization' as record_type, id, code, coalesce(active, true) as active, valid_from, valid_until
    from identified.facility where code is not null
    union all
    select 'Location', id, code, coalesce(status, 'active') = 'active', valid_from, valid_until
    from identified.location where code is not null
),
site_known as (
    select record.record_type, record.id, record.code, kept.version, kept.active,
        case
            when kept.version is null then '-infinity'::date
            else (kept.came_at at time zone 'UTC')::date
        end as since,
        lead((kept.came_at at time zone 'UTC')::date) over (
            partition by record.record_type, record.id order by kept.version) as until
    from (select site_record.*, site_record.active as active_now from site_record) record
    cross join lateral (
        select version, came_at, active from keneya.site_version known
        where known.record_type = record.record_type and known.record_id = record.id
        union all
        -- Nothing was kept of it yet: as it is, it has been.
        select null, null, record.active_now
        where not exists (select from keneya.site_version known
            where known.record_type = record.record_type and known.record_id = record.id)) kept
),
-- The weeks on whose last day the registry called a site inactive.
site_closed as materialized (
    select distinct known.code, weeks.monday
    from site_known known
    join weeks on known.since <= weeks.sunday and (known.until is null or known.until > weeks.sunday)
    where not known.active
),
site_begun as materialized (
    select code,
        -- What was there before versions were kept has been there for ever.
        case when bool_and(first_version = 1) then min(since) else '-infinity'::date end as since
    from (
        select code, record_type, id, coalesce(min(version), 0) as first_version, min(since) as since
        from site_known group by 1, 2, 3) record
    group by 1
),
site_validity as materialized (
    select code, min(keneya.first_day(valid_from)) as opened_on,
        -- Of two records of a site the one that is in force and has no end says that it is open.
        case
            when not bool_or(active and keneya.last_day(valid_until) is null) then max(keneya.last_day(valid_until))
        end as closed_on
    from site_record group by 1
),
site_first_report as materialized (
    -- As the reports are now: a week that a site had mistaken and has corrected says nothing.
    select coalesce(reporter.code, report.owner_facility) as code, min(date_trunc('week', report.starts_on))::date as monday
    from identified.report report
    left join identified.facility reporter on reporter.id = report.reporter_id
    where report.status = 'complete' and report.measure ~ '/Measure/ml-idsr-weekly([|].*)?$'
    group by 1
),
expected as (
    select site.code as facility, weeks.monday
    from facility_known site
    cross join weeks
    left join site_validity on site_validity.code = site.code
    left join site_begun on site_begun.code = site.code
    left join site_first_report on site_first_report.code = site.code
    left join site_closed on site_closed.code = site.code and site_closed.monday = weeks.monday
    where site.type in ('cscom', 'csref', 'eph', 'chu', 'private-clinic', 'faith-based', 'military')
        and (coalesce(site_validity.opened_on, site_begun.since) <= weeks.sunday
            -- Asked only of who was not there yet.
            or (site_validity.opened_on is null and site_first_report.monday <= weeks.sunday))
        and case
            when site_validity.closed_on <= (now() at time zone 'UTC')::date then site_validity.closed_on >= weeks.sunday
            else site_closed.code is null
        end
)
