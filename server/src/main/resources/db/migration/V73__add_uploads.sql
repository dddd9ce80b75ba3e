-- Bundles that arrive in pieces (tus 1.0). What has arrived is durable piece by piece; once all of it is there, it becomes
-- a delivery that waits for its turn, in the same transaction.

create table keneya.upload (
    id uuid not null primary key default gen_random_uuid(),
    client text not null,
    facility text not null,
    role text not null,
    areas text[] not null default '{}',
    base text not null,
    headers jsonb not null,
    length bigint not null check (length > 0),
    received bigint not null default 0 check (received between 0 and length),
    zipped boolean not null,
    digest text,
    expires_at timestamptz not null,
    delivery uuid
);
comment on column keneya.upload.digest is 'SHA-256 of all bytes as they are sent, in hexadecimal digits, when the sender has announced it.';
comment on column keneya.upload.delivery is 'What has become of it, once all of it has arrived.';

create index upload_by_sender on keneya.upload (client, facility);
create index upload_by_expiry on keneya.upload (expires_at);

create table keneya.upload_piece (
    upload uuid not null references keneya.upload on delete cascade,
    starts_at bigint not null,
    bytes bytea not null,
    primary key (upload, starts_at)
);
