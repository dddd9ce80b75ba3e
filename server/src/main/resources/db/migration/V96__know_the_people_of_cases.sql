-- Who follows an alert up reads its cases (decision 0074): which record is of whom must be found by either id, and quickly.

alter table keneya.alert_evidence add column patient_id text;
alter table keneya.alert_evidence add column encounter_id text;
comment on column keneya.alert_evidence.patient_id is
    'The person of the case. Absent where the case names nobody, and on rows from before this column until the case is written again.';
comment on column keneya.alert_evidence.encounter_id is 'The contact in which it was found, where the case names one.';
create index alert_evidence_patient on keneya.alert_evidence (patient_id);
create index alert_evidence_encounter on keneya.alert_evidence (encounter_id);
