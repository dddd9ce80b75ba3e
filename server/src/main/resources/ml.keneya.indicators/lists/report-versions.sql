-- Each version of a week's figures, when it was counted, and what differs from the one before.
with recursive
{{line}},
{{told}},
{{placed}},
versions as (
    select version, counted_at from keneya.report_version where monday = :start
),
totals as (
    select versions.version, wanted.place, wanted.disease, figure.name,
        coalesce(sum(figure.value) filter (
            where wanted.since <= versions.version
                and (wanted.until is null or wanted.until > versions.version)), 0) as value
    from versions
    cross join wanted
    cross join lateral (values
        ('suspected_cases', wanted.suspected_cases),
        ('confirmed_cases', wanted.confirmed_cases),
        ('deaths', wanted.deaths)) as figure (name, value)
    group by 1, 2, 3, 4
),
changes as (
    select totals.*, lag(value) over (partition by place, disease, name order by version) as before
    from totals
)
select versions.version,
    to_char(versions.counted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as counted_at,
    changes.place, changes.disease, changes.name as figure, changes.before, changes.value as after
from versions
left join changes on changes.version = versions.version and changes.before <> changes.value
order by versions.version, changes.place, changes.disease, changes.name
