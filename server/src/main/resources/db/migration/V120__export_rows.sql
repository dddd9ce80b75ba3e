-- Exports of rows of views ($sql-export of SQL on FHIR 3.0, ballot): an export of records, and what is made of them.

create table keneya.export_rows (
    job uuid not null primary key references keneya.export_job on delete cascade,
    asked jsonb not null
);
comment on table keneya.export_rows is 'Exports whose files hold rows of views; rows are made when a file is fetched, from the records of the moment.';
comment on column keneya.export_rows.asked is 'The views with their definitions as they were at kick-off, the format, and the name that the client gave.';
