-- Alerts that nobody acknowledges in time go to the next level (decision 0121).

alter table keneya.alert add column due_at timestamptz;
-- Those that were open before are given their time anew: nobody was to be told of them until now.
update keneya.alert set due_at = case
    when closed_at is null then now() + case level when 'epidemic' then interval '24 hours' else interval '48 hours' end
    else level_since + case level when 'epidemic' then interval '24 hours' else interval '48 hours' end
end;
alter table keneya.alert alter column due_at set not null;
-- For servers of the version before, which do not name it, until the last of them is replaced.
alter table keneya.alert alter column due_at set default now() + interval '48 hours';
alter table keneya.alert add column acknowledged_at timestamptz;
alter table keneya.alert add column responsible text not null default 'district'
    check (responsible in ('district', 'region', 'agency'));
comment on column keneya.alert.due_at is 'By when the verification is to be acknowledged, and done.';
comment on column keneya.alert.acknowledged_at is 'When somebody first wrote that the verification is received or goes on.';
comment on column keneya.alert.responsible is
    'Who is to see to it now. The district is whoever the place belongs to, be it a region or a facility.';
create index alert_waiting on keneya.alert (due_at)
    where closed_at is null and acknowledged_at is null and responsible <> 'agency';

create table keneya.alert_escalation (
    alert uuid not null references keneya.alert,
    responsible text not null check (responsible in ('region', 'agency')),
    division text not null,
    place text not null,
    was_due_at timestamptz not null,
    escalated_at timestamptz not null,
    primary key (alert, responsible)
);
comment on table keneya.alert_escalation is
    'One row for each level that an alert went up to, because nobody had acknowledged it by was_due_at.';

alter table keneya.alert_mail drop constraint alert_mail_level_check;
alter table keneya.alert_mail add constraint alert_mail_level_check
    check (level in ('alert', 'epidemic', 'region', 'agency', 'closed'));
comment on column keneya.alert_mail.level is
    'What is told: that the event reached the level, that nobody acknowledged it and whose it is now, or that it is closed.';
