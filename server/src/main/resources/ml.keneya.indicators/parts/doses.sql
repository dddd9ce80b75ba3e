-- Vaccine doses, given or not. The day is that of the dose, else that of the contact; for lack of both the dose is counted on
-- the day of its arrival. Note that the view's from_card is FHIR's primarySource: true is a dose that the sender gave itself.
doses as not materialized (
    select immunization.id, immunization.patient_id, immunization.owner_facility as facility, immunization.status,
        coalesce(immunization.vaccine, 'unknown') as vaccine,
        coalesce(immunization.dose_number::text, immunization.dose, 'unknown') as dose,
        coalesce(immunization.strategy, 'unknown') as strategy,
        immunization.from_card as own, immunization.given_on, known.day as known_on,
        coalesce(known.day, (immunization.updated_at at time zone 'UTC')::date) as counted_on
    from identified.immunization immunization
    cross join lateral (
        select coalesce(immunization.given_on,
            (select encounter.started_on from identified.encounter encounter
             where encounter.id = immunization.encounter_id limit 1)) as day) known
    where immunization.status in ('completed', 'not-done')
)
