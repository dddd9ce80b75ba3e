-- One row for each delivery that was accepted, written by the transaction that stored its records. A refused delivery
-- leaves no row, so its key stays free for the corrected one.

create table keneya.receipt (
    client text not null,
    facility text not null,
    key text not null,
    entry integer not null,
    digest text not null,
    received_at timestamptz not null default now(),
    records integer not null,
    answer text not null,
    primary key (client, facility, key, entry)
);
comment on column keneya.receipt.entry is '0 for a transaction; the number of the entry, from 1, for a batch.';
comment on column keneya.receipt.answer is 'The response as it was sent, so that the same delivery gets the same answer.';
