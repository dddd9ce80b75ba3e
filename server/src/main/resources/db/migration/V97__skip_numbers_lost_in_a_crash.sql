-- After a crash of PostgreSQL its sequences may go back to numbers that a server already has in its memory (decision 0075).

create table keneya.crash_recovery (
    sole boolean primary key default true check (sole),
    statistics_since timestamptz not null,
    noticed_at timestamptz not null default now()
);
comment on table keneya.crash_recovery is
    'Up to which crash of PostgreSQL its sequences were moved on: a crash begins its statistics anew, a stop in order does not.';
insert into keneya.crash_recovery (statistics_since)
select coalesce(stats_reset, '-infinity') from pg_catalog.pg_stat_wal;

-- Called by every new connection before it is used. Runs with the rights of who owns the tables: it may move sequences, its
-- caller need not.
create function keneya.skip_lost_numbers() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    since timestamptz := (select stats_reset from pg_catalog.pg_stat_wal);
    numbers record;
begin
    -- A standby has nothing to hand out, and a server that keeps no statistics cannot tell.
    if since is null or pg_is_in_recovery()
        or exists (select from keneya.crash_recovery where statistics_since = since) then
        return;
    end if;
    -- Of several connections one moves the sequences on, and the others wait until that is on the disk.
    perform from keneya.crash_recovery for update;
    if exists (select from keneya.crash_recovery where statistics_since = since) then
        return;
    end if;
    -- Those that hand out many numbers at once. What was handed out within a second and never reached the disk is less
    -- than a thousand times that.
    for numbers in
        select format('%I.%I', schemaname, sequencename)::regclass as sequence, increment_by
        from pg_catalog.pg_sequences
        where schemaname = 'public' and increment_by > 1 and sequenceowner = current_user
    loop
        perform setval(numbers.sequence, nextval(numbers.sequence) + 1000 * numbers.increment_by);
    end loop;
    update keneya.crash_recovery set statistics_since = since, noticed_at = now();
exception when others then
    -- Without connections nothing works at all; with them, at worst some deliveries must be sent again.
    raise warning 'Numbers lost in a crash could not be skipped: %', sqlerrm;
end
$$;
comment on function keneya.skip_lost_numbers() is
    'Moves the sequences of HAPI on when PostgreSQL has crashed since the last call; otherwise does nothing.';
