-- Who read of a person in an emergency whom it does not treat, or who objects: counted, and kept to be looked into.

create table keneya.emergency_access (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    facility text not null,
    client text not null,
    patient_id text
);
comment on table keneya.emergency_access is 'Each time somebody broke the glass (HL7 v3 PurposeOfUse BTG).';
comment on column keneya.emergency_access.patient_id is 'Empty where nobody has the number that was given.';

create index emergency_access_by_facility on keneya.emergency_access (facility, at);

-- What auditors look into: few rows among many.
create index trace_of_emergencies on keneya.trace (recorded_at) where purpose = 'BTG';
