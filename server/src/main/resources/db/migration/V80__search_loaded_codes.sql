-- One row a code with all that somebody may type to find it: a list is narrowed by reading one table, where it took the
-- names of every hit twice (docs/benchmarks.md, "Questions to a loaded code system").

create table keneya.loaded_term (
    system_id bigint not null references keneya.loaded_system,
    code text collate "C" not null,
    inactive boolean not null,
    shortest integer not null,
    words text not null,
    primary key (system_id, code)
);
comment on table keneya.loaded_term is
    'What loaded_concept and loaded_name say of a code, as it is searched. It is filled when a version is whole.';
comment on column keneya.loaded_term.shortest is 'Characters of its shortest name: short names come first.';
comment on column keneya.loaded_term.words is 'The code in small letters; then each of its names, plain, on a line of its own.';

insert into keneya.loaded_term (system_id, code, inactive, shortest, words)
select c.system_id, c.code, c.inactive, coalesce(min(length(n.name)), 0),
    concat_ws(E'\n', lower(c.code), string_agg(n.plain, E'\n' order by n.rank, n.key))
from keneya.loaded_system s
join keneya.loaded_concept c on c.system_id = s.id
left join keneya.loaded_name n on n.system_id = c.system_id and n.code = c.code
where s.loaded_at is not null
group by c.system_id, c.code;

drop index if exists keneya.loaded_name_words;

-- As in V30: the answers are the same without it, only slower.
do $$
begin
    create index loaded_term_words on keneya.loaded_term using gin (words gin_trgm_ops);
exception when others then
    raise notice 'Words in loaded code systems are searched without an index: %', sqlerrm;
end
$$;

-- Which maps came with a system, whatever code is asked about.
create index loaded_map_of_system on keneya.loaded_map (system_id, map, target_system);
