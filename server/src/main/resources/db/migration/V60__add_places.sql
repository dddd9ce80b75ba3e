-- The administrative divisions as the terminology has them, so that reports can be counted at every level with SQL. Filled
-- at the start from the class path; the sanitary hierarchy is not here, because the registry of facilities changes daily.

create table keneya.place (
    division text not null check (division in ('2015', '2023')),
    code text not null,
    name text not null,
    level text not null,
    primary key (division, code)
);
comment on table keneya.place is 'Administrative divisions before (2015) and after (2023) the reform.';

create table keneya.place_line (
    division text not null,
    code text not null,
    above text not null,
    level text not null,
    primary key (division, code, above)
);
comment on table keneya.place_line is 'For each division itself and every one above it, with the level of the one above.';

create table keneya.place_now (
    code_2015 text primary key,
    code_2023 text not null
);
comment on table keneya.place_now is
    'The cercle of 2023 in which a former commune lies, or the region where the cercle is not known. None of it is certain.';

create table keneya.surveillance_content (
    name text primary key,
    digest text not null,
    installed_at timestamptz not null default now()
);

-- Partial dates are common: somebody born in 1980 is taken for born in the middle of it.
create function keneya.approximate_day(given text) returns date language sql immutable as $$
    select case
        when given ~ '^[1-9][0-9]{3}$' then (given || '-07-01')::date
        when given ~ '^[1-9][0-9]{3}-[0-9]{2}$' then (given || '-15')::date
        when given ~ '^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}' then left(given, 10)::date
    end
$$;
