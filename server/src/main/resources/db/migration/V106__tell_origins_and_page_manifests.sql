-- Whom exported records came from (includeAssociatedData), and manifests in pages (allowPartialManifests).

create table keneya.export_origin (
    job uuid not null references keneya.export_job on delete cascade,
    receipt text collate "C" not null,
    target text collate "C" not null,
    primary key (job, receipt, target)
);
comment on table keneya.export_origin is 'Receipts of exported records, for exports with includeAssociatedData; their Provenance is made when the file is fetched.';
comment on column keneya.export_origin.target is 'The exported record with the version that the delivery wrote.';

alter table keneya.export_part add column page integer;
comment on column keneya.export_part.page is 'The manifest that lists the file, once one was shown; it lists the same files from then on.';
