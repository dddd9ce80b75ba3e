-- Code systems that an operator loads from their publishers' files: licensed ones, which may not be distributed with the
-- exchange, and large ones, which do not belong in the memory of every process (decision 0037).

create table keneya.loaded_system (
    id bigint generated always as identity primary key,
    url text not null,
    version text not null,
    record_id text not null unique,
    title text not null,
    language text not null,
    copyright text,
    digest text not null,
    pieces integer not null default 0,
    concepts bigint,
    begun_at timestamptz not null default now(),
    loaded_at timestamptz,
    unique (url, version)
);
comment on table keneya.loaded_system is
    'A version of a code system. It answers once loaded_at is set; of several versions the one that was loaded last answers
who names none.';
comment on column keneya.loaded_system.pieces is 'How many pieces of the files with this digest are in. The next one is this plus one.';
comment on column keneya.loaded_system.record_id is 'Id of the CodeSystem record that describes it.';

-- Codes are ordered byte by byte, so that a page never depends on the language of the database.
create table keneya.loaded_concept (
    system_id bigint not null references keneya.loaded_system,
    code text collate "C" not null,
    inactive boolean not null default false,
    definition text,
    primary key (system_id, code)
);

create table keneya.loaded_name (
    system_id bigint not null references keneya.loaded_system,
    key text collate "C" not null,
    code text collate "C" not null,
    language text not null,
    name text not null,
    plain text not null,
    rank smallint not null,
    primary key (system_id, key)
);
comment on table keneya.loaded_name is
    'Names of concepts. Of the names in one language the one with the lowest rank is shown; plain is what is searched.';
create index loaded_name_of_code on keneya.loaded_name (system_id, code);

create table keneya.loaded_parent (
    system_id bigint not null references keneya.loaded_system,
    code text collate "C" not null,
    parent text collate "C" not null,
    primary key (system_id, code, parent)
);
create index loaded_parent_downwards on keneya.loaded_parent (system_id, parent, code);

create table keneya.loaded_property (
    system_id bigint not null references keneya.loaded_system,
    code text collate "C" not null,
    property text not null,
    value text not null check (length(value) <= 500),
    primary key (system_id, code, property, value)
);
create index loaded_property_value on keneya.loaded_property (system_id, property, value, code);

create table keneya.loaded_map (
    system_id bigint not null references keneya.loaded_system,
    code text collate "C" not null,
    map text not null,
    target_system text not null,
    target text not null,
    position integer not null,
    primary key (system_id, code, map, target_system, target)
);
comment on table keneya.loaded_map is 'What a code is in another code system, as the publisher of its own system says.';
create index loaded_map_backwards on keneya.loaded_map (target_system, target, system_id);

-- Finds words inside names without reading all of them. The answers are the same without it, only slower: the extension comes
-- with PostgreSQL but not with every installation of it, and not every role may create it.
do $$
begin
    create extension if not exists pg_trgm;
    create index loaded_name_words on keneya.loaded_name using gin (plain gin_trgm_ops);
exception when others then
    raise notice 'Words in loaded code systems are searched without an index: %', sqlerrm;
end
$$;
