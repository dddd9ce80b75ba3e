-- The change log (decision 17). One row for each stored version of each record, written by the transaction that stores it.
-- Readers take rows whose transaction_id lies below pg_snapshot_xmin(pg_current_snapshot()): sequence numbers are handed
-- out before commit, so a smaller one may still appear later.

create table keneya.change_epoch (
    epoch integer not null,
    single boolean not null primary key default true check (single)
);
comment on table keneya.change_epoch is 'Raised by a logical restore, after which cursors of readers are void.';

insert into keneya.change_epoch (epoch) values (1);

create table keneya.change (
    seq bigint generated always as identity primary key,
    transaction_id xid8 not null default pg_current_xact_id(),
    epoch integer not null,
    resource_type text not null,
    resource_id text not null,
    version bigint not null,
    operation text not null check (operation in ('CREATE', 'UPDATE', 'DELETE'))
);
comment on table keneya.change is 'Every stored version of every record, in the transaction that stored it.';

create index change_by_transaction on keneya.change (transaction_id, seq);
create index change_by_record on keneya.change (resource_type, resource_id);
