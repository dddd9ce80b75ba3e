-- Who owed a weekly report, and what had come in time, is judged by what was so at that time (decision 0080): views hold the
-- last version of a record alone, and the change log no hours.

create table keneya.weekly_report_version (
    report_id text not null,
    version bigint not null,
    came_at timestamptz not null default now(),
    reporter_id text,
    owner_facility text,
    monday date check (extract(isodow from monday) = 1),
    handed_in boolean not null,
    primary key (report_id, version)
);
create index weekly_report_version_by_week on keneya.weekly_report_version (monday);
comment on table keneya.weekly_report_version is
    'Each version of each weekly report of a site (MeasureReport of ml-idsr-weekly), with the moment in which it came.';
comment on column keneya.weekly_report_version.handed_in is
    'Whether this version is a complete report of that week; false when it is pending, withdrawn or deleted.';

create table keneya.site_version (
    record_type text not null check (record_type in ('Organization', 'Location')),
    record_id text not null,
    version bigint not null,
    came_at timestamptz not null default now(),
    active boolean not null,
    primary key (record_type, record_id, version)
);
comment on table keneya.site_version is
    'Whether the registry called a place of care active, version by version. Records that were there before this table begin with a version above 1.';
