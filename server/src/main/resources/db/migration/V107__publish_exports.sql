-- Exports that nobody asked for: the exchange publishes them for all who may export ($bulk-publish).

create table keneya.export_publication (
    job uuid not null primary key references keneya.export_job on delete cascade,
    begun timestamptz not null default now()
);
comment on table keneya.export_publication is 'The newest whose files are known is the one that is published; the files of older ones can be fetched until they expire.';
