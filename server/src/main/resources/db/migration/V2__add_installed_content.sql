-- Which content of the class path (terminology, profiles) the browsable copy in the database shows (decision 23).

create table keneya.installed_content (
    name text primary key,
    digest text not null,
    installed_at timestamptz not null default now()
);
