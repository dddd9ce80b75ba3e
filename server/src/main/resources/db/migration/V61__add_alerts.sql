-- Alerts on cases of notifiable diseases (decision 0028).

create table keneya.alert_work (
    id bigint generated always as identity primary key,
    record_type text not null check (record_type in ('Condition', 'Task')),
    record_id text not null,
    attempts int not null default 0,
    not_before timestamptz not null default now(),
    noted_at timestamptz not null default now()
);
comment on table keneya.alert_work is
    'Records that may raise, extend or close an alert: noted in the transaction that wrote them, removed in the one that dealt with them.';

create table keneya.alert (
    id uuid primary key default gen_random_uuid(),
    disease text not null,
    division text not null,
    place text not null,
    level text not null check (level in ('alert', 'epidemic')),
    rule text not null,
    began_on date not null,
    raised_at timestamptz not null default now(),
    level_since timestamptz not null default now(),
    closed_at timestamptz,
    outcome text
);
comment on table keneya.alert is 'One row for each event: a disease in a place, until its verification is completed. The Flag and the Task have its id.';
create unique index alert_open on keneya.alert (disease, division, place) where closed_at is null;

create table keneya.alert_evidence (
    alert uuid not null references keneya.alert,
    condition_id text not null,
    state text not null,
    noted_at timestamptz not null default now(),
    primary key (alert, condition_id)
);
comment on table keneya.alert_evidence is
    'The cases of an alert with their classification; one that was withdrawn or discarded stays, marked.';
create index alert_evidence_condition on keneya.alert_evidence (condition_id);
