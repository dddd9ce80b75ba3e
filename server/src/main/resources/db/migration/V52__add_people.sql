-- The people who may call, the applications that they may use for it, and what they have allowed these.

create table keneya.account (
    id text primary key check (id ~ '^person-[0-9a-f]{16}$'),
    login text not null unique check (login ~ '^[a-z0-9][a-z0-9._@-]{2,63}$'),
    name text not null,
    role text not null check (role in ('SITE', 'EXPERT_HUB', 'AREA', 'AGENCY', 'SOCIAL', 'AUDITOR', 'REGISTRAR')),
    facility text,
    areas text[] not null default '{}',
    language text not null default 'fr' check (language in ('fr', 'en')),
    practitioner text,
    password text,
    activation bytea,
    activation_expires_at timestamptz,
    tokens_since timestamptz not null default now(),
    created_at timestamptz not null default now(),
    revoked_at timestamptz,
    check (role <> 'SITE' or facility is not null),
    check (role <> 'AREA' or areas <> '{}')
);
comment on column keneya.account.tokens_since is 'Tokens of logins before it are good no longer.';
comment on column keneya.account.id is 'What logs and the trace say: a login tells a name.';
comment on column keneya.account.practitioner is 'Their own record: Practitioner/ and an id.';
comment on column keneya.account.password is 'Hashed; absent until its owner has chosen one.';
comment on column keneya.account.activation is 'SHA-256 of the code that lets its owner choose a password, once.';

create table keneya.app (
    id text primary key check (id ~ '^[a-z0-9][a-z0-9._-]{2,63}$'),
    name text not null,
    redirect_uris text[] not null check (redirect_uris <> '{}'),
    scopes text not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);
comment on table keneya.app is 'Applications that people use: they run in browsers and telephones and can keep no secret.';

create table keneya.permission (
    id uuid primary key,
    account text not null references keneya.account,
    app text not null references keneya.app,
    scopes text not null,
    redirect_uri text not null,
    challenge text not null,
    nonce text,
    begun_at timestamptz not null default now(),
    code bytea not null unique,
    code_expires_at timestamptz not null,
    code_used_at timestamptz,
    refresh bytea,
    refresh_expires_at timestamptz,
    revoked_at timestamptz
);
comment on table keneya.permission is 'One login of one person in one application, and the tokens that come of it.';
comment on column keneya.permission.code is 'SHA-256 of the authorization code.';
comment on column keneya.permission.refresh is 'SHA-256 of the only refresh token that is good; any other one was stolen or used before.';
create index permission_by_account on keneya.permission (account);
create index permission_by_age on keneya.permission (begun_at);

create table keneya.login_try (
    login bytea primary key,
    failures integer not null,
    last_at timestamptz not null,
    waits_until timestamptz
);
comment on table keneya.login_try is 'Counts by SHA-256 of what was typed, so that a name that does not exist behaves like one that does.';

-- ID tokens are signed with RS256, as SMART App Launch and OpenID Connect require; access tokens stay with ES384.
alter table keneya.signing_key add column algorithm text not null default 'ES384' check (algorithm in ('ES384', 'RS256'));
drop index keneya.signing_key_current;
create unique index signing_key_current on keneya.signing_key (algorithm) where retired_at is null;
