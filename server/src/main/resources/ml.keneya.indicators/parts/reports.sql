-- Weekly reports that sites have handed in, one a site and week, however often it was sent.
reports as (
    select coalesce(reporter.code, report.owner_facility) as facility, date_trunc('week', report.starts_on)::date as starts_on,
        min(coalesce(report.reported_on, (report.updated_at at time zone 'UTC')::date)) as reported_on
    from identified.report report
    left join identified.facility reporter on reporter.id = report.reporter_id
    where report.status = 'complete'
        and report.measure ~ '/Measure/ml-idsr-weekly([|].*)?$'
        and date_trunc('week', report.starts_on)::date between :start and :end
    group by 1, 2
)
