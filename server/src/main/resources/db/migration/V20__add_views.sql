-- The schema that tables of views (SQL on FHIR) are made in, one for each version of a definition.

create schema keneya_view;
comment on schema keneya_view is 'Tables of views, one for each version of a definition. For the exchange alone.';
