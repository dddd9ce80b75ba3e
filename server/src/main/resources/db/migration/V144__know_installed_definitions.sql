-- Which file of a package a stored definition is the copy of, and in which version: what an upgrade has to write.

create table keneya.installed_definition (
    package text not null,
    file text not null,
    digest text not null,
    resource_type text not null,
    resource_id text not null,
    version bigint not null,
    primary key (package, file)
);
