-- An import from addresses may have a name of its sender's, so that asking again is not another import; and its lines are
-- put together alike whenever it goes on.

alter table keneya.import_job
    add column key text,
    add column together integer not null default 100;
alter table keneya.import_job alter column together drop default;
create unique index import_job_key on keneya.import_job (client, coalesce(facility, ''), key) where key is not null;
comment on column keneya.import_job.key is 'The name that its sender gave it (Idempotency-Key); null when it has none.';
comment on column keneya.import_job.together is 'How many lines are delivered together.';
