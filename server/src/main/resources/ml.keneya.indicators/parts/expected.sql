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
site_closed as (
    select code, since, until from site_known where not active
),
site_begun as (
    select code,
        -- What was there before versions were kept has been there for ever.
        case when bool_and(first_version = 1) then min(since) else '-infinity'::date end as since
    from (
        select code, record_type, id, coalesce(min(version), 0) as first_version, min(since) as since
        from site_known group by 1, 2, 3) record
    group by 1
),
site_validity as (
    select code, min(keneya.first_day(valid_from)) as opened_on,
        -- Of two records of a site the one that is in force and has no end says that it is open.
        case
            when not bool_or(active and keneya.last_day(valid_until) is null) then max(keneya.last_day(valid_until))
        end as closed_on
    from site_record group by 1
),
site_first_report as (
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
    where site.type in ('cscom', 'csref', 'eph', 'chu', 'private-clinic', 'faith-based', 'military')
        and (coalesce(site_validity.opened_on, site_begun.since) <= weeks.sunday
            -- Asked only of who was not there yet.
            or (site_validity.opened_on is null and exists (
                select from site_first_report first
                where first.code = site.code and first.monday <= weeks.sunday)))
        and case
            when site_validity.closed_on <= (now() at time zone 'UTC')::date then site_validity.closed_on >= weeks.sunday
            else not exists (
                select from site_closed closed
                where closed.code = site.code and closed.since <= weeks.sunday
                    and (closed.until is null or closed.until > weeks.sunday))
        end
)
