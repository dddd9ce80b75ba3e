-- What hubs and social services read was sent to them by a reference (decision 0108). Searches of R4 know only some references, so that
-- each read looked through everything that was sent; here those of requests, tasks and documents are found by what they lead to.

create table keneya.sent_reference (
    target_type text not null,
    target_id text not null,
    source_type text not null,
    source_id text not null,
    primary key (target_type, target_id, source_type, source_id)
);
comment on table keneya.sent_reference is
    'References of what can be sent to a service, found by where they lead. It only says where to look: what is open is judged by the stored record.';
create index sent_reference_source on keneya.sent_reference (source_type, source_id);

-- What was stored before this table. On a new database there is nothing yet, not even the tables of records.
do $$
begin
    if to_regclass('hfj_res_ver') is not null then
        insert into keneya.sent_reference (target_type, target_id, source_type, source_id)
        select distinct found.parts[1], found.parts[2], record.res_type, record.fhir_id
        from hfj_resource record
        join hfj_res_ver history on history.res_id = record.res_id and history.res_ver = record.res_ver
        cross join lateral (
            select regexp_match(
                reference #>> '{}',
                '^([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?$') as parts
            from (select jsonb_path_query(history.res_text_vc::jsonb, '$.**.reference ? (@.type() == "string")')
                  union
                  select jsonb_path_query(history.res_text_vc::jsonb, '$.content[*].attachment.url')) as each (reference)
        ) as found
        where record.res_type in ('ServiceRequest', 'Task', 'DocumentReference') and record.res_deleted_at is null
          and found.parts is not null and (record.res_type <> 'DocumentReference' or found.parts[1] = 'Binary')
        on conflict do nothing;
    end if;
end
$$;
