-- Tries to log in are counted for a login and the network they come from, and for the login from everywhere, so that
-- nobody keeps a person waiting from elsewhere.

alter table keneya.login_try
    add column whose bytea,
    add column began_at timestamptz not null default now();
comment on column keneya.login_try.login is 'SHA-256 of what was typed, together with the network it came from or alone.';
comment on column keneya.login_try.whose is 'SHA-256 of what was typed, alone; a reset forgets the tries by it.';
create index login_try_by_age on keneya.login_try (last_at);
create index login_try_by_whose on keneya.login_try (whose);
