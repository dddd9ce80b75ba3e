-- What one client or person did, which auditors ask most.

create index trace_by_client on keneya.trace (client, recorded_at);
