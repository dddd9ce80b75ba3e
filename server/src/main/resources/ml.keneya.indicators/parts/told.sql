-- What the versions of a week have held.
told as (
    select cell.*, nullif(cell.facility, '') as facility_or_none,
        case :division when '2015' then cell.place_2015 when '2023' then cell.place_2023 else cell.facility end as place_of_cell
    from keneya.report_cell cell
    where monday = :start
),
located as (
    select disease, since, until, suspected_cases, confirmed_cases, deaths, facility_or_none as facility,
        nullif(place_of_cell, '') as code
    from told
)
