-- Compares the figures of a week with those of its last version, and keeps another version when they differ. Two that do so
-- at the same time make the same number, and one of them begins anew.
with
{{cases}},
counted as (
    select disease, coalesce(facility, '') as facility, coalesce(place_2015, '') as place_2015,
        coalesce(place_2023, '') as place_2023, age_group, sex, residence_status,
        count(*) as suspected_cases,
        count(*) filter (where classification = 'confirmed') as confirmed_cases,
        count(*) filter (where died) as deaths
    from cases
    where {{period}} and classification <> 'discarded'
    group by 1, 2, 3, 4, 5, 6, 7
),
kept as (
    select disease, facility, place_2015, place_2023, age_group, sex, residence_status,
        suspected_cases, confirmed_cases, deaths
    from keneya.report_cell
    where monday = :start and until is null
),
begun as (
    select * from counted except select * from kept
),
ended_cells as (
    select * from kept except select * from counted
),
versioned as (
    insert into keneya.report_version (monday, version)
    select cast(:start as date), coalesce((select max(version) from keneya.report_version where monday = :start), 0) + 1
    where exists (select from begun) or exists (select from ended_cells)
        or not exists (select from keneya.report_version where monday = :start)
    returning version
),
ended as (
    update keneya.report_cell cell set until = versioned.version
    from versioned, ended_cells
    where cell.monday = :start and cell.until is null
        and (cell.disease, cell.facility, cell.place_2015, cell.place_2023, cell.age_group, cell.sex, cell.residence_status)
            = (ended_cells.disease, ended_cells.facility, ended_cells.place_2015, ended_cells.place_2023, ended_cells.age_group, ended_cells.sex, ended_cells.residence_status)
)
insert into keneya.report_cell (monday, disease, facility, place_2015, place_2023, age_group, sex, residence_status,
    suspected_cases, confirmed_cases, deaths, since)
select cast(:start as date), begun.*, versioned.version from begun, versioned
