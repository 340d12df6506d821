-- A shard set as codes of an SAE: its id is its job's. The codes and the top examples are files in the store.
create table encoding (
    id            text primary key references job (id),
    sae_id        text    not null references sae (id),
    shard_set     text    not null,
    top_examples  integer not null,
    codes         text,
    top           text,
    -- the EncodingView.Report as JSON
    report        text
);
create index encoding_sae on encoding (sae_id);
create index encoding_codes on encoding (codes);
