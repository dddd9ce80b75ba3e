-- Multiplies the rows of the views, so that reports can be measured on a million encounters without sending them for an
-- hour. The records themselves are not multiplied: `./keneya views rebuild` takes the copies away again. Never on an exchange
-- that is used.
--
--   psql -h 127.0.0.1 -p "$(cat data/postgresql.port)" -U postgres -d keneya -v copies=500 -f load-scripts/scale/multiply.sql
--
-- A copy has ids of its own (patients too, so that people and their records stay together), days that lie up to five years back,
-- and its people live in a commune of the division of 2015 drawn by their id.
\set ON_ERROR_STOP on
set work_mem = '256MB';
select set_config('scale.copies', :'copies', false);

create or replace function pg_temp.table_of(view text) returns text language sql as $$
    select distinct quote_ident(table_schema.nspname) || '.' || quote_ident(held.relname)
    from pg_class reader
    join pg_namespace reader_schema on reader_schema.oid = reader.relnamespace and reader_schema.nspname = 'identified'
    join pg_rewrite rule on rule.ev_class = reader.oid
    join pg_depend on pg_depend.objid = rule.oid and pg_depend.classid = 'pg_rewrite'::regclass
    join pg_class held on held.oid = pg_depend.refobjid and held.relkind = 'r'
    join pg_namespace table_schema on table_schema.oid = held.relnamespace and table_schema.nspname = 'keneya_view'
    where reader.relname = view
$$;

do $$
declare
    view text;
    target text;
    columns text;
    cells text;
    made bigint;
begin
    foreach view in array array['patient', 'encounter', 'condition', 'immunization', 'observation',
        'observation_component', 'procedure', 'coverage', 'address'] loop
        target := pg_temp.table_of(view);
        continue when target is null;
        select string_agg(quote_ident(attname), ', ' order by attnum),
            string_agg(
                case
                    when attname in ('_id', '_patient', 'id')
                        or attname like '%\_id' and attname not like '%site\_id' and attname not like '%organization\_id'
                        and attname not like '%facility\_id' and attname not like '%location\_id'
                        then format('%1$I || ''~'' || copy', attname)
                    -- All days of a copy move together, by whole weeks and days within five years.
                    when atttypid = 'date'::regtype then format('%1$I - (copy * 37 %% 1826)', attname)
                    else quote_ident(attname)
                end, ', ' order by attnum)
        into columns, cells
        from pg_attribute
        where attrelid = target::regclass and attnum > 0 and not attisdropped;
        execute format(
            'insert into %1$s (%2$s) select %3$s from %1$s, generate_series(1, current_setting(''scale.copies'')::int) copy',
            target, columns, cells);
        get diagnostics made = row_count;
        raise notice '%: % rows made', view, made;
    end loop;

    -- Who is born in the week and other cohorts are not moved: birth dates are texts. Where people live is.
    target := pg_temp.table_of('patient');
    -- Otherwise the copies are unknown to the planner, which compares each person with every commune.
    execute format('analyze %s', target);
    execute format($move$
        with commune as (
            select code, row_number() over (order by code) - 1 as number
            from keneya.place where division = '2015' and level = 'commune')
        update %1$s patient set commune_2015 = commune.code, cercle_2015 = left(commune.code, 6),
            region_2015 = left(commune.code, 4)
        from commune
        where commune.number = abs(hashtext(patient.id)) %% %2$s and patient.id like '%%~%%'
    $move$, target, (select count(*) from keneya.place where division = '2015' and level = 'commune'));
end
$$;

do $$
declare
    held record;
begin
    for held in select oid::regclass as name from pg_class
        where relnamespace = 'keneya_view'::regnamespace and relkind = 'r' loop
        execute format('analyze %s', held.name);
    end loop;
end
$$;

select 'encounter' as view, count(*) from identified.encounter
union all select 'condition', count(*) from identified.condition
union all select 'notifiable cases', count(*) from identified.condition where disease is not null
union all select 'patient', count(*) from identified.patient
union all select 'immunization', count(*) from identified.immunization
union all select 'observation', count(*) from identified.observation;
