-- Exports (decision 8): an export is a moment, not a copy. What was committed at a moment is kept as PostgreSQL's own
-- snapshot, because the clock does not tell: a transaction may begin before an instant and commit after it.

create table keneya.export_moment (
    taken timestamptz not null primary key,
    snapshot pg_snapshot not null,
    epoch integer not null
);
comment on table keneya.export_moment is 'Which transactions were committed at an instant. Clients name the instant (transactionTime, _since).';
comment on column keneya.export_moment.taken is 'In whole milliseconds, as instants of FHIR have, and never before the snapshot.';

create table keneya.export_job (
    id uuid not null primary key,
    client text not null,
    facility text,
    request text not null,
    asked jsonb not null,
    moment timestamptz not null references keneya.export_moment,
    since timestamptz references keneya.export_moment,
    expires_at timestamptz not null,
    ready boolean not null default false,
    attempts integer not null default 0,
    claimed_until timestamptz
);
comment on column keneya.export_job.client is 'Who asked; nobody else sees the job or its files.';
comment on column keneya.export_job.claimed_until is 'Until then a server copy is planning it; afterwards any other may.';

create table keneya.export_planned (
    job uuid not null references keneya.export_job on delete cascade,
    resource_type text not null,
    primary key (job, resource_type)
);
comment on table keneya.export_planned is 'The types whose files are known, so that another server copy can go on.';

create table keneya.export_part (
    job uuid not null references keneya.export_job on delete cascade,
    number bigint generated always as identity,
    resource_type text not null,
    deletions boolean not null,
    after_key bigint,
    last_key bigint,
    keys bigint[],
    records bigint not null,
    primary key (job, number),
    check ((keys is null) = (after_key is not null and last_key is not null))
);
comment on table keneya.export_part is 'One file of an export: a range of records, or the records that were chosen. No content.';
