-- Whoever names a person whom the exchange knows already treats her from then on; how often a facility does so is limited.
alter table keneya.treatment add column claimed boolean not null default false;
comment on column keneya.treatment.claimed is 'The facility named somebody known by a national number; otherwise it brought her.';
create index treatment_claimed on keneya.treatment (facility, since) where claimed;
