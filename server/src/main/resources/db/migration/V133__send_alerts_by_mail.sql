-- Alerts by e-mail (decision 0110).

create table keneya.alert_mail (
    id bigint generated always as identity primary key,
    alert uuid not null references keneya.alert,
    level text not null check (level in ('alert', 'epidemic')),
    list text not null,
    noted_at timestamptz not null default now(),
    attempts int not null default 0,
    not_before timestamptz not null default now(),
    sent_at timestamptz,
    refused int,
    given_up_at timestamptz,
    unique (alert, level, list)
);
comment on table keneya.alert_mail is
    'One row for each level of an event and list of recipients (the code of a place): noted in the transaction that raises the alert. Addresses are in the settings only.';
create index alert_mail_waiting on keneya.alert_mail (not_before) where sent_at is null and given_up_at is null;
