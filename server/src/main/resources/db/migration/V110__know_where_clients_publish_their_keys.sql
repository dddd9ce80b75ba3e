-- A client's keys stand here, or at an address that an operator registered.

alter table keneya.client
    add column jwks_url text check (jwks_url ~ '^https?://'),
    alter column jwks drop not null,
    add check (num_nonnulls(jwks, jwks_url) = 1);
comment on column keneya.client.jwks_url is 'Where its public keys are fetched (RFC 7517), when they are not here.';
