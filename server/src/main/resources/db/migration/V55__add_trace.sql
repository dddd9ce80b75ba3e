-- The trace of accesses: one row for each request that touches person data, hashed over the row before it. Each process
-- that writes has a chain of its own. Rows are added and never changed: triggers refuse it to every role, and whoever
-- only works on the tables may not even try.

create table keneya.trace_chain (
    chain integer generated always as identity primary key,
    started_at timestamptz not null,
    seed bytea not null
);
comment on column keneya.trace_chain.seed is 'Stands for the hash before the first row.';

create table keneya.trace (
    chain integer not null,
    position bigint not null,
    recorded_at timestamptz not null,
    status smallint not null,
    matches integer,
    request text,
    client text not null,
    facility text,
    role text not null,
    purpose text,
    address text,
    interaction text not null,
    resource_type text,
    resource_id text,
    reason text,
    hash bytea not null,
    patients text[] not null,
    query text,
    primary key (chain, position)
);
comment on table keneya.trace is 'Who read or wrote whose records, when, why, and what came of it.';
comment on column keneya.trace.hash is 'SHA-256 over the hash of the row before and everything in this row.';
comment on column keneya.trace.query is 'Person data: names and numbers that somebody searched for.';

create index trace_by_time on keneya.trace (recorded_at);
create index trace_by_patient on keneya.trace using gin (patients);
create index trace_by_record on keneya.trace (resource_type, resource_id) where resource_id is not null;

create table keneya.trace_anchor (
    chain integer not null,
    position bigint not null,
    hash bytea not null,
    anchored_at timestamptz not null,
    closing boolean not null,
    primary key (chain, position, closing)
);
comment on table keneya.trace_anchor is 'Where chains ended at some moment; the log holds the same.';

create function keneya.refuse_change_of_trace() returns trigger language plpgsql as $$
begin
    raise exception 'The trace is added to and never changed.' using errcode = 'insufficient_privilege';
end
$$;

create trigger only_added before update or delete or truncate on keneya.trace_chain
    for each statement execute function keneya.refuse_change_of_trace();
create trigger only_added before update or delete or truncate on keneya.trace
    for each statement execute function keneya.refuse_change_of_trace();
create trigger only_added before update or delete or truncate on keneya.trace_anchor
    for each statement execute function keneya.refuse_change_of_trace();

-- Default privileges have given the role that the server works as more than it needs here.
do $$
declare
    given record;
begin
    for given in
        select relation.oid::regclass as table_name, held.grantee::regrole as role_name
        from pg_class relation, aclexplode(relation.relacl) held
        where relation.oid in ('keneya.trace'::regclass, 'keneya.trace_chain'::regclass, 'keneya.trace_anchor'::regclass)
          and held.grantee <> 0 and held.grantee <> relation.relowner
        group by relation.oid, held.grantee
    loop
        execute format('revoke update, delete, truncate on %s from %s', given.table_name, given.role_name);
    end loop;
end
$$;
