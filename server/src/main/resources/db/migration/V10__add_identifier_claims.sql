-- Which record holds an identifier that only one may hold (decision 14): national numbers of a person, record numbers of a
-- site. Written by the transaction that stores the record, so that no two records can take the same number at once.

create table keneya.identifier_claim (
    resource_type text not null,
    system text not null,
    value text not null,
    resource_id text not null,
    primary key (resource_type, system, value)
);
create index identifier_claim_by_record on keneya.identifier_claim (resource_type, resource_id);

-- A record that carries a number which another one holds: stored and linked, because its sender must get on with its
-- work, and listed here until a person has decided.
create table keneya.identifier_collision (
    resource_type text not null,
    system text not null,
    value text not null,
    resource_id text not null,
    holder_id text not null,
    noted_at timestamptz not null default now(),
    settled_at timestamptz,
    primary key (resource_type, resource_id, system, value)
);
create index identifier_collision_open on keneya.identifier_collision (noted_at) where settled_at is null;
