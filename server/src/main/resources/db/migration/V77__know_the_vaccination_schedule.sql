-- The doses that every child should have, as the terminology has them: filled at the start.

create table keneya.vaccine_schedule (
    code text primary key,
    vaccine text not null,
    dose_number integer not null,
    due_age interval not null
);
comment on table keneya.vaccine_schedule is
    'National doses of the first two years whose age a Malian source states (code system ml-vaccine-dose), by the recommended age.';
