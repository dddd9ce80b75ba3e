-- Why an access was allowed or refused. Rows from before have none and keep the hash they were written with.

alter table keneya.trace add column decision text;
comment on column keneya.trace.decision is 'Why the access was allowed or not; the hash of a row that has one covers it.';
