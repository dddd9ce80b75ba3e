-- The same days as before, in immutable functions only, so that PostgreSQL puts the expression into the statement instead of
-- calling it, and with the whole date, which most are, first.

create or replace function keneya.approximate_day(given text) returns date language sql immutable parallel safe as $$
    select case
        when given ~ '^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}'
            then make_date(left(given, 4)::int, substr(given, 6, 2)::int, substr(given, 9, 2)::int)
        when given ~ '^[1-9][0-9]{3}-[0-9]{2}$' then make_date(left(given, 4)::int, substr(given, 6, 2)::int, 15)
        when given ~ '^[1-9][0-9]{3}$' then make_date(given::int, 7, 1)
    end
$$;

create or replace function keneya.first_day(given text) returns date language sql immutable parallel safe as $$
    select case
        when given ~ '^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}'
            then make_date(left(given, 4)::int, substr(given, 6, 2)::int, substr(given, 9, 2)::int)
        when given ~ '^[1-9][0-9]{3}-[0-9]{2}$' then make_date(left(given, 4)::int, substr(given, 6, 2)::int, 1)
        when given ~ '^[1-9][0-9]{3}$' then make_date(given::int, 1, 1)
    end
$$;

create or replace function keneya.last_day(given text) returns date language sql immutable parallel safe as $$
    select case
        when given ~ '^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}'
            then make_date(left(given, 4)::int, substr(given, 6, 2)::int, substr(given, 9, 2)::int)
        when given ~ '^[1-9][0-9]{3}-[0-9]{2}$'
            then (make_date(left(given, 4)::int, substr(given, 6, 2)::int, 1) + interval '1 month')::date - 1
        when given ~ '^[1-9][0-9]{3}$' then make_date(given::int, 12, 31)
    end
$$;
