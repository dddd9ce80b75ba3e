-- Deliveries kept as they were received: those that wait for their turn (respond-async) and those that were refused, until
-- they are corrected, dismissed or out of time. A row outlives its bytes, as a trace without content.

create table keneya.delivery (
    seq bigint generated always as identity primary key,
    id uuid not null unique default gen_random_uuid(),
    client text not null,
    facility text not null,
    role text not null,
    areas text[] not null default '{}',
    base text not null,
    key text not null,
    digest text not null,
    headers jsonb not null,
    body bytea,
    received_at timestamptz not null default now(),
    status text not null check (status in ('WAITING', 'RUNNING', 'ACCEPTED', 'REFUSED', 'CORRECTED', 'DISMISSED', 'FORGOTTEN')),
    http_status integer,
    refusal_code text,
    outcome text,
    attempts integer not null default 0,
    lease_until timestamptz,
    finished_at timestamptz,
    decided_by text,
    reason text
);
comment on column keneya.delivery.body is 'The bytes as they were sent, inflated; empty once erased or out of time.';
comment on column keneya.delivery.lease_until is 'Until then a worker has it, or it waits for its next try.';

create index delivery_queue on keneya.delivery (client, facility, seq) where status in ('WAITING', 'RUNNING');
create index delivery_by_facility on keneya.delivery (facility, seq desc);
create index delivery_refused on keneya.delivery (client, facility, key) where status = 'REFUSED';
create index delivery_with_content on keneya.delivery (received_at) where body is not null or outcome is not null;
