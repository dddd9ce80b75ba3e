-- Which tables of views there are (decision 0021), and the schemas that people read. A table is made for each version of a
-- definition and filled before readers are switched to it.

create schema pseudonymised;
comment on schema pseudonymised is
    'Vues pour l’analyse : sans noms ni numéros, identifiants remplacés, enregistrements sensibles laissés de côté.';

create schema identified;
comment on schema identified is 'Vues complètes, avec les noms : pour les personnes nommément autorisées.';

create sequence keneya.view_table_number;

create table keneya.view_table (
    table_name text primary key,
    view_name text not null,
    resource_type text not null,
    digest text not null,
    definition text not null,
    state text not null check (state in ('BUILDING', 'ACTIVE', 'RETIRED')),
    epoch integer not null,
    caught_up_to bigint not null,
    copied_to bigint not null default 0,
    copied boolean not null default false,
    records_done bigint not null default 0,
    records_expected bigint not null default 0,
    started_at timestamptz not null default now(),
    activated_at timestamptz
);
comment on column keneya.view_table.digest is 'Of the definition and of the compiler: another one asks for another table.';
comment on column keneya.view_table.caught_up_to is
    'Every change of a smaller transaction is in the table, once copied is true.';
comment on column keneya.view_table.copied_to is 'Where copying goes on after an interruption.';

create unique index view_table_active on keneya.view_table (view_name) where state = 'ACTIVE';
create unique index view_table_building on keneya.view_table (view_name) where state = 'BUILDING';

create table keneya.view_failure (
    table_name text not null references keneya.view_table on delete cascade,
    resource_id text not null,
    code text not null,
    place text not null,
    primary key (table_name, resource_id)
);
comment on table keneya.view_failure is
    'Records that have no rows because they do not fit the definition. They are kept all the same; the view is at fault.';

create table keneya.pseudonym_key (
    key bytea not null,
    single boolean not null primary key default true check (single)
);
comment on table keneya.pseudonym_key is 'With this and an identifier one finds the pseudonym. Readers may not see it.';

insert into keneya.pseudonym_key (key)
select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));
