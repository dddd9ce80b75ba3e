-- People who may try a sandbox out for some hours. Their rows stay, because the trace names them; nobody comes in by one
-- on a server that is no sandbox, or later.
alter table keneya.account add column sandbox_until timestamptz;
comment on column keneya.account.sandbox_until is
    'A guest of a sandbox: nobody on other servers, and nobody from then on. Absent for real people.';
