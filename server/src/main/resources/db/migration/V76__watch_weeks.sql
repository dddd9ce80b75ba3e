-- Alerts on weekly counts (decision 0053).

create table keneya.alert_watch (
    name text primary key,
    due_at timestamptz not null,
    watched_at timestamptz
);
comment on table keneya.alert_watch is
    'When the weeks are to be looked at next. Whoever looks holds the row locked until it is done: a server that dies lets go of it.';

create table keneya.alert_signal (
    id bigint generated always as identity primary key,
    disease text not null,
    division text not null,
    place text not null,
    monday date not null check (extract(isodow from monday) = 1),
    level text not null check (level in ('alert', 'epidemic')),
    rule text not null,
    confirmed_only boolean not null,
    cases integer not null,
    case_limit double precision not null,
    inhabitants integer,
    digest text not null,
    holds boolean not null default true,
    event_division text not null,
    event_place text not null,
    alert uuid references keneya.alert,
    found_at timestamptz not null,
    changed_at timestamptz not null,
    unique (disease, division, place, monday)
);
comment on table keneya.alert_signal is
    'A week with too many cases of a disease in a place: found once, kept when later counts take it back (holds).';
comment on column keneya.alert_signal.digest is 'Changes when other cases make the same number.';
comment on column keneya.alert_signal.event_place is 'The place of the alert: the cercle of an area.';
create index alert_signal_alert on keneya.alert_signal (alert);

create table keneya.alert_unwatched (
    disease text not null,
    division text not null,
    place text not null,
    monday date not null,
    cases integer not null,
    primary key (disease, division, place, monday)
);
comment on table keneya.alert_unwatched is
    'Weeks with cases of which no rule could tell anything: nobody has said how many live there, or the past is too short.';

alter table keneya.alert_work drop constraint alert_work_record_type_check;
alter table keneya.alert_work add constraint alert_work_record_type_check check (record_type in ('Condition', 'Task', 'Signal'));
