-- Model and dataset may be deleted once the extraction is finished; their ids stay for the record.
create table extraction (
    id               text primary key references job (id),
    model_id         text    not null,
    dataset_id       text    not null,
    batch_size       integer not null,
    images_per_shard integer not null
);
create index extraction_model on extraction (model_id);
create index extraction_dataset on extraction (dataset_id);

create table extraction_target (
    extraction_id text    not null references extraction (id) on delete cascade,
    position      integer not null,
    tap           text    not null,
    depth         integer not null,
    token         text    not null,
    width         integer not null,
    ref           text,
    n_examples    integer,
    bytes         bigint,
    primary key (extraction_id, position)
);
create index extraction_target_ref on extraction_target (ref);
