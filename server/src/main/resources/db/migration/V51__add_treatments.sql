-- Which site treats whom. A person is a national record (decision 14), so the label of a record cannot say it.

create table keneya.treatment (
    facility text not null,
    patient_id text not null,
    since timestamptz not null default now(),
    primary key (facility, patient_id)
);

-- What was delivered before this table: the receipt says for whom, the change log says which people.
insert into keneya.treatment (facility, patient_id, since)
select receipt.facility, change.resource_id, min(receipt.received_at)
from keneya.receipt receipt
join keneya.change change on change.transaction_id = receipt.transaction_id and change.epoch = receipt.epoch
where change.resource_type = 'Patient' and receipt.facility <> ''
group by receipt.facility, change.resource_id
on conflict do nothing;
