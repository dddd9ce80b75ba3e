-- Who has come with a token of another issuer: an id of ours for each, by which logs and the trace name it and an
-- operator shuts it out. Who it is there stands here and nowhere else.

create table keneya.outsider (
    id text primary key check (id ~ '^outside-[0-9a-f]{32}$'),
    issuer text not null,
    subject text not null,
    role text check (role in ('SITE', 'EXPERT_HUB', 'AREA', 'AGENCY', 'SOCIAL', 'AUDITOR', 'REGISTRAR')),
    facility text,
    areas text[] not null default '{}',
    first_seen_at timestamptz not null default now(),
    revoked_at timestamptz,
    unique (issuer, subject)
);
comment on column keneya.outsider.role is 'That of its last good token; none before the first.';
