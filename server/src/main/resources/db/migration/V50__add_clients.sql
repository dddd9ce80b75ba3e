-- The systems that may call, the keys that access tokens are signed with, and the assertions that were used up.

create table keneya.client (
    id text primary key check (id ~ '^[a-z0-9][a-z0-9._-]{2,63}$' and id not in ('local', 'keneya', 'anonymous')),
    name text not null,
    role text not null check (role in ('SITE', 'EXPERT_HUB', 'AREA', 'AGENCY', 'SOCIAL', 'AUDITOR', 'REGISTRAR')),
    facility text,
    areas text[] not null default '{}',
    scopes text not null,
    jwks text not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz,
    check (role <> 'SITE' or facility is not null),
    check (role <> 'AREA' or areas <> '{}')
);
comment on column keneya.client.scopes is 'What its tokens may hold at most; its role limits it further.';
comment on column keneya.client.jwks is 'Its public keys (RFC 7517).';

create table keneya.signing_key (
    id text primary key,
    key text not null,
    created_at timestamptz not null default now(),
    retired_at timestamptz
);
comment on column keneya.signing_key.key is 'The private key as JWK (RFC 7517).';
comment on column keneya.signing_key.retired_at is 'Since then it signs nothing; what it signed is good until it expires.';
create unique index signing_key_current on keneya.signing_key ((true)) where retired_at is null;

create table keneya.spent_assertion (
    client text not null,
    jti text not null,
    expires_at timestamptz not null,
    primary key (client, jti)
);
comment on table keneya.spent_assertion is 'Every copy of the server must see them: an assertion is good once.';
create index spent_assertion_by_expiry on keneya.spent_assertion (expires_at);
