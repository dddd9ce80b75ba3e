-- Records that an export's filters chose. A search knows only the present, so it is made in the very snapshot that
-- becomes the export's moment; what it found is kept.

create table keneya.export_choice (
    job uuid not null references keneya.export_job on delete cascade,
    resource_type text not null,
    keys bigint[] not null,
    primary key (job, resource_type)
);
comment on table keneya.export_choice is 'Records of a type for which _typeFilter was given; a type without a row is not filtered.';
