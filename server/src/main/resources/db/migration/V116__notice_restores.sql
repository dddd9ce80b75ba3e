-- Numbers of transactions are those of one cluster: in another one, or on another timeline, an older cursor would pass
-- over what is written from then on.

alter table keneya.change_epoch add column origin text;
comment on column keneya.change_epoch.origin is 'Cluster, database and timeline in which the epoch began; empty until the first start.';
