-- A receipt is also where a record came from (Provenance): its transaction leads to the versions in keneya.change.

alter table keneya.receipt
    alter column answer drop not null,
    add column id uuid not null default gen_random_uuid(),
    add column transaction_id xid8,
    add column epoch integer not null default 1,
    add column sources text[] not null default '{}';
-- Receipts of before have none: this migration's own transaction wrote nothing of theirs.
alter table keneya.receipt alter column transaction_id set default pg_current_xact_id();
create unique index receipt_by_id on keneya.receipt (id);
create index receipt_by_transaction on keneya.receipt (transaction_id);
create index receipt_by_facility on keneya.receipt (facility, received_at);
create index receipt_with_answer on keneya.receipt (received_at) where answer is not null;

comment on column keneya.receipt.answer is
    'The response as it was sent, so that the same delivery gets the same answer; emptied after its time.';
comment on column keneya.receipt.sources is 'What the sender wrote as meta.source of its records, which the server replaces.';

-- Each entry that expected a version: its sender may put it into another bundle before it sends it again, and must then not
-- hear that the version has moved, because it was its own first try that moved it.
create table keneya.remembered_entry (
    client text not null,
    facility text not null,
    digest text not null,
    accepted_at timestamptz not null default now(),
    answer text not null,
    primary key (client, facility, digest)
);
comment on column keneya.remembered_entry.digest is 'SHA-256 of method, address, expected version and content.';
create index remembered_entry_by_age on keneya.remembered_entry (accepted_at);
