-- Imports from addresses ($import with a list): which file and which line a server is at, so that another goes on.

create table keneya.import_job (
    id uuid not null primary key,
    client text not null,
    facility text,
    caller jsonb not null,
    base text not null,
    language text,
    sources text[] not null,
    status text not null default 'WAITING' check (status in ('WAITING', 'RUNNING', 'DONE', 'FAILED')),
    source integer not null default 0,
    line bigint not null default 0,
    validator text,
    accepted bigint not null default 0,
    refused bigint not null default 0,
    attempts integer not null default 0,
    failures integer not null default 0,
    lease_until timestamptz,
    asked_at timestamptz not null default now(),
    finished_at timestamptz,
    http_status integer,
    outcome text
);
create index import_job_unfinished on keneya.import_job (asked_at) where status in ('WAITING', 'RUNNING');
comment on table keneya.import_job is 'Imports from addresses of an allow-list; no content.';
comment on column keneya.import_job.source is 'From 0; the file that is read, or the number of files when all are.';
comment on column keneya.import_job.line is 'Up to this line of the file everything was delivered.';
comment on column keneya.import_job.validator is 'What tells whether the file is still the one that was begun.';
comment on column keneya.import_job.attempts is 'How often it was leased; only the last lease may write.';
comment on column keneya.import_job.failures is 'Tries since the last line that was delivered.';

create table keneya.import_reject (
    job uuid not null references keneya.import_job on delete cascade,
    source integer not null,
    line bigint not null,
    quarantine text,
    outcome text not null,
    primary key (job, source, line)
);
comment on table keneya.import_reject is 'The first refused lines of an import; their bytes are in the quarantine.';
