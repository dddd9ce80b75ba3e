-- Exports organised by patient (Bulk Data Access 3.0, organizeOutputBy): whose block a record stands in, and in which
-- version. Keys only; the content stays where it is.

create table keneya.export_member (
    job uuid not null references keneya.export_job on delete cascade,
    block text collate "C" not null,
    place integer not null,
    key bigint not null,
    version bigint not null,
    primary key (job, block, place, key)
);
comment on table keneya.export_member is 'Records of an export that is organised by patient, in the order of the lines.';
comment on column keneya.export_member.block is 'The id of the patient. A record about several stands in several blocks.';
comment on column keneya.export_member.place is '0 for the patient, then the types in the order of the request.';

alter table keneya.export_part
    add column first_block text collate "C",
    add column last_block text collate "C",
    drop constraint export_part_check,
    add constraint export_part_check check (
        (keys is not null)::integer
            + (after_key is not null and last_key is not null)::integer
            + (first_block is not null and last_block is not null)::integer = 1);
comment on column keneya.export_part.first_block is 'Of a file with whole blocks: the first; blocks lie in the order of their bytes.';

alter table keneya.export_planned add column left_out bigint not null default 0;
comment on column keneya.export_planned.left_out is 'Records that belong to no block and are in no file.';
