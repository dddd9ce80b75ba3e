-- A date without month or day stands for all its days: a death in "2026-08" may have been on any of them.

create function keneya.first_day(given text) returns date language sql immutable as $$
    select case
        when given ~ '^[1-9][0-9]{3}$' then (given || '-01-01')::date
        when given ~ '^[1-9][0-9]{3}-[0-9]{2}$' then (given || '-01')::date
        when given ~ '^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}' then left(given, 10)::date
    end
$$;

create function keneya.last_day(given text) returns date language sql immutable as $$
    select case
        when given ~ '^[1-9][0-9]{3}$' then (given || '-12-31')::date
        when given ~ '^[1-9][0-9]{3}-[0-9]{2}$' then ((given || '-01')::date + interval '1 month')::date - 1
        when given ~ '^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}' then left(given, 10)::date
    end
$$;
