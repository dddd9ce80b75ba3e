-- A site that was closed before its versions were kept owes nothing (decision 0080). Without a row of then its next version, which is
-- inactive as well, would be taken for its closing. On an empty database there are no views yet, and nothing to know.
do $$
begin
    if to_regclass('identified.facility') is not null then
        insert into keneya.site_version (record_type, record_id, version, came_at, active)
        select distinct 'Organization', facility.id, 0, '-infinity'::timestamptz, false
        from identified.facility facility
        where facility.code is not null and not facility.active
            and not exists (select from keneya.site_version known
                where known.record_type = 'Organization' and known.record_id = facility.id);
    end if;
    if to_regclass('identified.location') is not null then
        insert into keneya.site_version (record_type, record_id, version, came_at, active)
        select distinct 'Location', location.id, 0, '-infinity'::timestamptz, false
        from identified.location location
        where location.code is not null and location.status <> 'active'
            and not exists (select from keneya.site_version known
                where known.record_type = 'Location' and known.record_id = location.id);
    end if;
end
$$;

comment on table keneya.site_version is
    'Whether the registry called a place of care active, version by version. Records that were there before this table begin with a version above 1, or with 0 when they were inactive.';
