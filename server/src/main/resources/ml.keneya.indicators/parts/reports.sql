-- Every version of every weekly report that is or was of the period. Of those that came before versions were kept one knows when
-- the first came from its receipt; what it said is taken to be what the record says now.
report_versions as (
    select kept.report_id, kept.version, kept.came_at, coalesce(reporter.code, kept.owner_facility) as facility,
        kept.monday, kept.handed_in
    from keneya.weekly_report_version kept
    left join identified.facility reporter on reporter.id = kept.reporter_id
    where kept.report_id in (
        select report_id from keneya.weekly_report_version where monday between :start and :end)
    union all
    select report.id, 0,
        coalesce(
            (select min(receipt.received_at)
             from keneya.change change
             join keneya.receipt receipt
                on receipt.transaction_id = change.transaction_id and receipt.epoch = change.epoch
             where change.resource_type = 'MeasureReport' and change.resource_id = report.id),
            report.updated_at),
        coalesce(reporter.code, report.owner_facility), date_trunc('week', report.starts_on)::date,
        report.status = 'complete' or later.found
    from identified.report report
    left join identified.facility reporter on reporter.id = report.reporter_id
    cross join lateral (select exists (
        select from keneya.weekly_report_version kept where kept.report_id = report.id) as found) later
    where report.measure ~ '/Measure/ml-idsr-weekly([|].*)?$'
        and date_trunc('week', report.starts_on)::date between :start and :end
        and not exists (
            select from keneya.weekly_report_version kept where kept.report_id = report.id and kept.version = 1)
),
-- What there is now, one a site and week, however often it was sent.
reports_now as (
    select coalesce(reporter.code, report.owner_facility) as facility, date_trunc('week', report.starts_on)::date as monday,
        min(coalesce(report.reported_on, (report.updated_at at time zone 'UTC')::date)) as dated_on
    from identified.report report
    left join identified.facility reporter on reporter.id = report.reporter_id
    where report.status = 'complete'
        and report.measure ~ '/Measure/ml-idsr-weekly([|].*)?$'
        and date_trunc('week', report.starts_on)::date between :start and :end
    group by 1, 2
),
-- What had come by the deadline, as it was then: of each report the last version of before it.
reports_in_time as (
    select distinct said.facility, said.monday
    from report_versions said
    join weeks on weeks.monday = said.monday
    where said.handed_in and said.facility is not null and said.came_at < weeks.deadline
        and not exists (
            select from report_versions later
            where later.report_id = said.report_id and later.version > said.version and later.came_at < weeks.deadline)
)
