-- Deliveries that wait are carried out in the order in which they reached the exchange for a site, not for each of its clients.

drop index keneya.delivery_queue;
create index delivery_queue on keneya.delivery (facility, seq) where status in ('WAITING', 'RUNNING');
