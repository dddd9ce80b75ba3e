-- What the report of each week has said, and since when (decision 0041).

create table keneya.report_version (
    monday date not null check (extract(isodow from monday) = 1),
    version integer not null,
    counted_at timestamptz not null default now(),
    primary key (monday, version)
);
comment on table keneya.report_version is
    'One row each time the figures of a week were found to differ from those of before. The first is what was found at first.';

create table keneya.report_cell (
    monday date not null,
    disease text not null,
    facility text not null,
    place_2015 text not null,
    place_2023 text not null,
    age_group text not null,
    sex text not null,
    residence_status text not null,
    suspected_cases bigint not null,
    confirmed_cases bigint not null,
    deaths bigint not null,
    since integer not null,
    until integer,
    primary key (monday, disease, facility, place_2015, place_2023, age_group, sex, residence_status, since),
    foreign key (monday, since) references keneya.report_version (monday, version),
    foreign key (monday, until) references keneya.report_version (monday, version)
);
comment on table keneya.report_cell is
    'The finest figures of a week, from the version "since" until before the version "until". An empty text is what is not known.';
